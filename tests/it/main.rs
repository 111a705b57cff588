mod layout;
mod pdf;
