//! Rebuilds the program when something it embeds changes (the compiler does not watch embedded folders),
//! and turns the packs of law into a form that is read several times faster than TOML.

use std::path::Path;
use std::{env, error, fs};

/// Files of the folder that are no packs.
const OTHERS: [&str; 2] = ["holidays.toml", "entities.toml"];

#[expect(clippy::disallowed_methods, reason = "where to write is told to a build script this way")]
fn main() -> Result<(), Box<dyn error::Error>> {
    for embedded in ["law", "templates", "fonts"] {
        println!("cargo::rerun-if-changed={embedded}");
    }
    let mut packs = serde_json::Map::new();
    for entry in fs::read_dir("law")? {
        let path = entry?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        if name.ends_with(".toml") && !OTHERS.contains(&name.as_str()) {
            let text = fs::read_to_string(&path)?;
            let mut pack: toml::Table = text.parse().map_err(|e| format!("law/{name}: {e}"))?;
            // Notes are for whoever reads the file.
            let authorities = pack.get_mut("authority").and_then(|a| a.as_table_mut());
            for (_, authority) in authorities.into_iter().flatten() {
                if let Some(authority) = authority.as_table_mut() {
                    authority.remove("note");
                }
            }
            packs.insert(name, serde_json::to_value(pack)?);
        }
    }
    let out = Path::new(&env::var("OUT_DIR")?).join("packs.json");
    fs::write(out, serde_json::to_string(&packs)?)?;
    Ok(())
}
