//! Rebuilds the program when something it embeds changes (the compiler does not watch embedded folders),
//! turns the packs of law into a form that is read several times faster than TOML, and gathers the tests that
//! hold them, the cases that they are tried on, and the scenes that templates are tried on besides.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error, fs, io};

/// Files of the folder that are no packs.
const OTHERS: [&str; 2] = ["holidays.toml", "entities.toml"];
/// Tables that are read of every pack at the start.
const FRONT: [&str; 6] = ["pack", "code", "authority", "contact", "refused", "words"];

/// Where the expected rulings are.
const TESTS: &str = "fixtures/rulings";
/// Where the golden cases are.
const CASES: &str = "fixtures/cases";
/// Where the scenes are.
const SCENES: &str = "fixtures/coverage";

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
    fs::write(out.join("scenes.json"), scenes()?)?;
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

/// The scenes: each the record of a case with some of its facts changed.
fn scenes() -> Result<String, Box<dyn error::Error>> {
    println!("cargo::rerun-if-changed={SCENES}");
    let mut scenes = Vec::new();
    for path in sorted(SCENES)?.into_iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
        let file = table(&path)?;
        for entry in file.get("scene").and_then(|s| s.as_array()).into_iter().flatten() {
            scenes.push(scene(entry, &path).map_err(|e| format!("{}: {e}", path.display()))?);
        }
    }
    Ok(serde_json::to_string(&scenes)?)
}

fn scene(entry: &toml::Value, file: &Path) -> Result<serde_json::Value, Box<dyn error::Error>> {
    let text = |key: &str| entry.get(key).and_then(|v| v.as_str()).unwrap_or_default();
    let (name, base) = (text("name"), PathBuf::from(CASES).join(text("base")));
    let known = ["name", "base", "as_of", "unset", "set"];
    let mut keys = entry.as_table().into_iter().flatten().map(|(key, _)| key);
    if let Some(key) = keys.find(|key| !known.contains(&key.as_str())) {
        return Err(format!("{name}: `{key}` is no key of a scene").into());
    }
    let mut record = table(&base.join("record.toml"))?;
    for key in entry.get("unset").and_then(|u| u.as_array()).into_iter().flatten() {
        let key = key.as_str().unwrap_or_default();
        take_out(&mut record, key).ok_or_else(|| format!("{name}: the base has no `{key}`"))?;
    }
    if let Some(set) = entry.get("set").and_then(|s| s.as_table()) {
        lay_over(&mut record, set);
    }
    let expected = table(&base.join("expected.toml"))?;
    let as_of = entry.get("as_of").or_else(|| expected.get("as_of"));
    Ok(serde_json::json!({
        "name": name, "file": file, "as_of": as_of.map(json),
        "record": toml::to_string(&record)?,
    }))
}

/// Lays the tables of one record over those of another. A table laid over a list goes over its first entry;
/// anything else takes the place of what was there.
fn lay_over(record: &mut toml::Table, set: &toml::Table) {
    for (key, value) in set {
        match (record.get_mut(key).and_then(first), value) {
            (Some(below), toml::Value::Table(above)) => lay_over(below, above),
            _ => {
                record.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Takes a key out by its path, as `denial.notice_date`; in a list, of its first entry.
fn take_out(record: &mut toml::Table, path: &str) -> Option<toml::Value> {
    match path.split_once('.') {
        None => record.remove(path),
        Some((table, rest)) => take_out(record.get_mut(table).and_then(first)?, rest),
    }
}

/// The table, or the first one of a list.
fn first(value: &mut toml::Value) -> Option<&mut toml::Table> {
    if value.is_array() {
        return value.as_array_mut()?.first_mut()?.as_table_mut();
    }
    value.as_table_mut()
}

fn table(path: &Path) -> Result<toml::Table, Box<dyn error::Error>> {
    Ok(fs::read_to_string(path)?.parse().map_err(|e| format!("{}: {e}", path.display()))?)
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
