//! Rebuilds the program when something it embeds changes (the compiler does not watch embedded folders),
//! and turns the packs of law into a form that is read several times faster than TOML.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error, fs, io};

/// Files of the folder that are no packs.
const OTHERS: [&str; 2] = ["holidays.toml", "entities.toml"];
/// Tables that are read of every pack at the start.
const FRONT: [&str; 6] = ["pack", "code", "authority", "contact", "refused", "words"];

#[expect(clippy::disallowed_methods, reason = "where to write is told to a build script this way")]
fn main() -> Result<(), Box<dyn error::Error>> {
    for embedded in ["law", "templates", "fonts"] {
        println!("cargo::rerun-if-changed={embedded}");
    }
    let mut paths = fs::read_dir("law")?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<PathBuf>, io::Error>>()?;
    paths.sort();
    let mut packs = String::new();
    for path in paths {
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
            let whole = serde_json::to_string(&pack)?;
            pack.retain(|table, _| FRONT.contains(&table));
            let front = serde_json::to_string(&pack)?;
            writeln!(packs, "Shipped {{ file: {name:?}, front: {front:?}, whole: {whole:?} }},")?;
        }
    }
    let out = Path::new(&env::var("OUT_DIR")?).join("packs.rs");
    fs::write(out, format!("pub(super) static PACKS: &[Shipped] = &[\n{packs}];\n"))?;
    Ok(())
}
