mod letter;
