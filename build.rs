//! Rebuilds the program when something it embeds changes (the compiler does not watch embedded folders),
//! turns the packs of law into a form that is read several times faster than TOML, and gathers the tests that
//! hold them and the cases that they are tried on.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, error, fs, io};

/// Files of the folder that are no packs.
const OTHERS: [&str; 2] = ["holidays.toml", "entities.toml"];
/// Tables that are read of every pack at the start.
const FRONT: [&str; 6] = ["pack", "code", "authority", "contact", "refused", "words"];

/// Where the expected rulings are.
const TESTS: &str = "fixtures/rulings";
/// Where the golden cases are.
const CASES: &str = "fixtures/cases";

#[expect(clippy::disallowed_methods, reason = "where to write is told to a build script this way")]
fn main() -> Result<(), Box<dyn error::Error>> {
    for embedded in ["law", "templates", "fonts"] {
        println!("cargo::rerun-if-changed={embedded}");
    }
    let mut packs = String::new();
    for path in sorted("law")? {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        if name.ends_with(".toml") && !OTHERS.contains(&name.as_str()) {
            let text = fs::read_to_string(&path)?;
            let mut pack: toml::Table = text.parse().map_err(|e| format!("law/{name}: {e}"))?;
            let whole = serde_json::to_string(&pack)?;
            // What is doubtful about an authority is for whoever checks the law, and no ruling asks.
            let authorities = pack.get_mut("authority").and_then(|a| a.as_table_mut());
            for (_, authority) in authorities.into_iter().flatten() {
                if let Some(authority) = authority.as_table_mut() {
                    authority.remove("note");
                }
            }
            pack.retain(|table, _| FRONT.contains(&table));
            let front = serde_json::to_string(&pack)?;
            writeln!(packs, "Shipped {{ file: {name:?}, front: {front:?}, whole: {whole:?} }},")?;
        }
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(
        out.join("packs.rs"),
        format!("pub(super) static PACKS: &[Shipped] = &[\n{packs}];\n"),
    )?;
    fs::write(out.join("tests.json"), tests()?)?;
    fs::write(out.join("cases.json"), cases()?)?;
    Ok(())
}

/// Names of the expected rulings and the rules that each holds, for whoever asks what holds a rule.
fn tests() -> Result<String, Box<dyn error::Error>> {
    println!("cargo::rerun-if-changed={TESTS}");
    let mut tests = Vec::new();
    for path in sorted(TESTS)? {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if !name.ends_with(".toml") {
            continue;
        }
        let file: toml::Table =
            fs::read_to_string(&path)?.parse().map_err(|e| format!("{name}: {e}"))?;
        let rulings = file.get("ruling").and_then(|r| r.as_array()).into_iter().flatten();
        for ruling in rulings {
            let text = |v: &toml::Value| v.as_str().map(str::to_owned);
            let list = |key: &str| ruling.get(key).and_then(|r| r.as_array()).into_iter().flatten();
            let mut rules: Vec<String> = list("rules").filter_map(text).collect();
            rules.extend(list("deadlines").filter_map(|d| d.get("rule").and_then(text)));
            let of = ruling.get("name").and_then(text).unwrap_or_default();
            let (facts, dates) = (ruling.get("facts"), ruling.get("dates"));
            let as_of = ruling.get("as_of").map(json);
            tests.push(serde_json::json!({
                "name": of, "file": path, "rules": rules, "as_of": as_of,
                "facts": facts.map(json), "dates": dates.map(json),
            }));
        }
    }
    Ok(serde_json::to_string(&tests)?)
}

/// The golden cases, each with its record, its day and the rules that it holds.
fn cases() -> Result<String, Box<dyn error::Error>> {
    println!("cargo::rerun-if-changed={CASES}");
    let mut cases = Vec::new();
    for folder in sorted(CASES)?.into_iter().filter(|p| p.join("record.toml").is_file()) {
        let record = fs::read_to_string(folder.join("record.toml"))?;
        let file = folder.join("expected.toml");
        let expected: toml::Table =
            fs::read_to_string(&file)?.parse().map_err(|e| format!("{}: {e}", file.display()))?;
        let rulings = expected.get("ruling").and_then(|r| r.as_array()).into_iter().flatten();
        let (mut why, mut rules) = (Vec::new(), Vec::new());
        for ruling in rulings {
            why.extend(ruling.get("why").and_then(|w| w.as_str()));
            let deadlines = ruling.get("deadlines").and_then(|d| d.as_array());
            let named = deadlines.into_iter().flatten().filter_map(|d| d.get("rule")?.as_str());
            rules.extend(named.map(str::to_owned));
        }
        let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        cases.push(serde_json::json!({
            "name": name, "file": folder.join("record.toml"), "why": why.join("; "),
            "rules": rules, "as_of": expected.get("as_of").map(json), "record": record,
        }));
    }
    Ok(serde_json::to_string(&cases)?)
}

/// A value of TOML in JSON, dates as text.
fn json(value: &toml::Value) -> serde_json::Value {
    match value {
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(list) => list.iter().map(json).collect(),
        toml::Value::Table(table) => table.iter().map(|(k, v)| (k.clone(), json(v))).collect(),
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(n) => (*n).into(),
        toml::Value::Float(n) => (*n).into(),
        toml::Value::Boolean(b) => (*b).into(),
    }
}

fn sorted(folder: &str) -> Result<Vec<PathBuf>, io::Error> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<PathBuf>, io::Error>>()?;
    paths.sort();
    Ok(paths)
}
