//! Rebuilds the program when something it embeds changes: the compiler does not watch embedded folders.

fn main() {
    for embedded in ["law", "templates", "fonts"] {
        println!("cargo::rerun-if-changed={embedded}");
    }
}
