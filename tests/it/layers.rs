//! Who may look where in `src`: modules look down, and no forum is known by name above the facts.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::Visit;

/// Lower layers first. A module may use only modules that stand before it.
///
/// `lint` stands above `cite`, whose finder of citations and periods it looks for typed law with.
const LAYERS: &[&str] = &[
    "diag", "calendar", "facts", "law", "record", "ruling", "letter", "layout", "pdf", "packet",
    "samples", "coverage", "audit", "cite", "lint", "docket", "import", "batch", "gallery",
    "report", "preview", "cli",
];

/// Lower layers that a module must not use all the same.
const APART: &[(&str, &str, &str)] =
    &[("record", "law", "rules are stated in facts, not in keys of the record")];

/// Crates with one home, so that each can be replaced in one place.
const HOMES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diag"]),
    ("anyhow", &["cli"]),
    ("calamine", &["import"]),
    ("clap", &["cli"]),
    ("csv_core", &["import"]),
    ("encoding_rs", &["import"]),
    ("genpdf", &["pdf"]),
    ("hayro", &["preview"]),
    ("indicatif", &["cli"]),
    ("jiff", &["cli"]),
    ("krilla", &["pdf"]),
    ("lopdf", &["pdf"]),
    ("notify", &["preview"]),
    ("parley", &["layout"]),
    ("printpdf", &["pdf"]),
    ("pulldown_cmark", &["letter", "layout", "preview"]),
    ("rustix", &["batch"]),
    ("sha2", &["batch"]),
    ("subsetter", &["pdf"]),
    ("tera", &["letter"]),
    ("zip", &["import"]),
];

/// What only the command line may name: the terminal, the environment, the clock, the network.
const WORLD: &[&[&str]] = &[
    &["std", "env"],
    &["std", "net"],
    &["std", "process"],
    &["std", "io", "stdin"],
    &["std", "io", "stdout"],
    &["std", "io", "stderr"],
    &["io", "stdin"],
    &["io", "stdout"],
    &["io", "stderr"],
    &["chrono", "Local"],
    &["chrono", "Utc"],
    &["Local", "now"],
    &["Utc", "now"],
    &["std", "time", "SystemTime"],
    &["SystemTime", "now"],
    &["std", "time", "Instant"],
    &["Instant", "now"],
    &["println!"],
    &["print!"],
    &["eprintln!"],
    &["eprint!"],
    &["dbg!"],
];

/// Of those, what one room below it needs all the same.
const DOORS: &[(&str, &[&[&str]], &str)] = &[(
    "preview",
    &[&["std", "net"], &["std", "time", "Instant"], &["Instant", "now"]],
    "it serves a page to this machine, and gives up on a request that takes too long to come in",
)];

/// A path that a file names, from the root of the crate or from an outside crate.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    /// As `["crate", "law", "Law"]` or `["krilla", "Document"]`.
    path: Vec<String>,
    line: usize,
}

/// Every path that a file names: in `use` trees, inline, within macros, and in attributes.
fn paths(module: &[String], text: &str) -> Vec<Seen> {
    let file = syn::parse_file(text).expect("the compiler reads it, so syn does");
    let mut trees = Trees { module: module.to_vec(), seen: Vec::new() };
    trees.visit_file(&file);
    let tokens: TokenStream = text.parse().expect("the compiler reads it");
    inline(module, tokens, &mut trees.seen);
    trees.seen
}

/// Gathers `use` trees.
struct Trees {
    module: Vec<String>,
    seen: Vec<Seen>,
}

impl Trees {
    fn flatten(&mut self, tree: &syn::UseTree, before: &[String]) {
        let mut path = before.to_vec();
        let mut end = |ident: &syn::Ident| {
            path.push(ident.to_string());
            let line = ident.span().start().line;
            self.seen.push(Seen { path: resolve(&self.module, &path), line });
        };
        match tree {
            syn::UseTree::Path(next) => {
                path.push(next.ident.to_string());
                self.flatten(&next.tree, &path);
            }
            syn::UseTree::Name(name) => end(&name.ident),
            syn::UseTree::Rename(name) => end(&name.ident),
            syn::UseTree::Glob(star) => {
                path.push("*".to_owned());
                let line = star.star_token.spans[0].start().line;
                self.seen.push(Seen { path: resolve(&self.module, &path), line });
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|t| self.flatten(t, before));
            }
        }
    }
}

impl<'ast> Visit<'ast> for Trees {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        syn::visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.flatten(&item.tree, &[]);
    }
}

/// Gathers chains of names with `::` between them, and the names of macros.
fn inline(module: &[String], tokens: TokenStream, seen: &mut Vec<Seen>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let punct =
        |n: usize, c: char| matches!(tokens.get(n), Some(TokenTree::Punct(p)) if p.as_char() == c);
    let mut n = 0;
    while n < tokens.len() {
        match &tokens[n] {
            TokenTree::Ident(first) => {
                let line = first.span().start().line;
                let mut path = vec![first.to_string()];
                while punct(n + 1, ':') && punct(n + 2, ':') {
                    let Some(TokenTree::Ident(next)) = tokens.get(n + 3) else { break };
                    path.push(next.to_string());
                    n += 3;
                }
                if punct(n + 1, '!') && !punct(n + 2, '=') {
                    seen.push(Seen { path: vec![format!("{}!", path[path.len() - 1])], line });
                }
                if path.len() > 1 {
                    seen.push(Seen { path: resolve(module, &path), line });
                }
            }
            TokenTree::Group(group) => {
                let named = |n: usize| match tokens.get(n) {
                    Some(TokenTree::Ident(i)) => i.to_string(),
                    _ => String::new(),
                };
                let mut inner = module.to_vec();
                let body = group.delimiter() == Delimiter::Brace;
                if body && n >= 2 && named(n - 2) == "mod" {
                    inner.push(named(n - 1));
                }
                inline(&inner, group.stream(), seen);
            }
            TokenTree::Literal(literal) => {
                // As in `deserialize_with = "super::day::day"`.
                let text = literal.to_string();
                let path: Vec<String> =
                    text.trim_matches('"').split("::").map(str::to_owned).collect();
                let starts = ["crate", "super", "self"].contains(&path[0].as_str());
                if path.len() > 1 && starts {
                    let line = literal.span().start().line;
                    seen.push(Seen { path: resolve(module, &path), line });
                }
            }
            TokenTree::Punct(_) => {}
        }
        n += 1;
    }
}

/// Counts `self` and `super` from where they stand.
fn resolve(module: &[String], path: &[String]) -> Vec<String> {
    let mut at = module.to_vec();
    let mut rest = path;
    match path[0].as_str() {
        "crate" => {
            at.clear();
            rest = &path[1..];
        }
        "self" | "super" => {
            while let [first, more @ ..] = rest {
                match first.as_str() {
                    "super" => drop(at.pop()),
                    "self" => {}
                    _ => break,
                }
                rest = more;
            }
        }
        _ => return path.to_vec(),
    }
    ["crate".to_owned()].into_iter().chain(at).chain(rest.iter().cloned()).collect()
}

/// Says what a file names that its layer may not.
fn violations(module: &[String], text: &str) -> Vec<String> {
    let layer = module[0].as_str();
    let height = |name: &str| LAYERS.iter().position(|l| *l == name);
    let own = height(layer).unwrap_or_else(|| panic!("`{layer}` is in no layer"));
    let mut wrong = Vec::new();
    for Seen { path, line } in paths(module, text) {
        let shown = path.join("::");
        let mut tell = |why: String| wrong.push(format!("{line}: `{shown}`: {why}"));
        if path[0] == "crate" {
            let Some(used) = path.get(1) else { continue };
            if used == "*" {
                tell("names every layer at once".to_owned());
            }
            if height(used).is_some_and(|h| h > own) {
                tell(format!("{used} stands above {layer}"));
            }
            for (_, _, why) in APART.iter().filter(|(who, whom, _)| *who == layer && whom == used) {
                tell((*why).to_owned());
            }
            continue;
        }
        if layer == "cli" {
            continue;
        }
        if let Some((_, homes)) = HOMES.iter().find(|(name, _)| *name == path[0])
            && !homes.contains(&layer)
        {
            tell(format!("{layer} does not name {}", path[0]));
        }
        let is = |w: &[&str]| path.len() >= w.len() && path.iter().zip(w).all(|(a, b)| a == b);
        let open = |(room, doors, _): &(&str, &[&[&str]], &str)| {
            *room == layer && doors.iter().any(|d| is(d))
        };
        if WORLD.iter().any(|w| is(w)) && !DOORS.iter().any(open) {
            tell("only the command line prints, reads the environment and knows today".to_owned());
        }
    }
    wrong.sort();
    wrong.dedup();
    wrong
}

/// Every file below `src`, with the modules that lead to it. The crate's two roots are left out.
fn files() -> Vec<(PathBuf, Vec<String>)> {
    fn below(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push(path);
            }
        }
    }
    let mut found = Vec::new();
    below(Path::new("src"), &mut found);
    found.sort();
    let files: Vec<_> = found
        .into_iter()
        .filter_map(|path| {
            let inner = path.strip_prefix("src").unwrap().with_extension("");
            let mut module: Vec<String> =
                inner.iter().map(|p| p.to_str().unwrap().to_owned()).collect();
            if module.last().is_some_and(|m| m == "mod") {
                module.pop();
            }
            (!["lib", "main"].contains(&module[0].as_str())).then_some((path, module))
        })
        .collect();
    assert!(files.len() > 50, "only {} files below src", files.len());
    files
}

#[test]
fn modules_only_look_down() {
    let mut wrong = String::new();
    for (path, module) in files() {
        for fault in violations(&module, &fs::read_to_string(&path).unwrap()) {
            let _ = writeln!(wrong, "{}:{fault}", path.display());
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_library_lists_its_rooms_in_the_order_of_the_layers() {
    let file = syn::parse_file(&fs::read_to_string("src/lib.rs").unwrap()).unwrap();
    let rooms: Vec<String> = file
        .items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Mod(room) => Some(room.ident.to_string()),
            _ => None,
        })
        .collect();
    let known: Vec<&str> =
        LAYERS.iter().copied().filter(|l| rooms.iter().any(|r| r == l)).collect();
    assert_eq!(rooms, known);
}

#[test]
fn a_planted_violation_is_found() {
    let wrong = |module: &[&str], text: &str| {
        let module: Vec<String> = module.iter().map(|m| (*m).to_owned()).collect();
        violations(&module, text)
    };
    for (module, text) in [
        (&["law"][..], "use crate::record::Record;"),
        (&["law"], "use crate::{diag, record::{self, Record}};"),
        (&["law", "pack"], "use super::super::record;"),
        (&["law", "pack"], "fn f() -> crate::letter::Letter { todo!() }"),
        (&["law"], "fn f() { assert!(crate::ruling::decide(1)); }"),
        (&["law"], "struct S { #[serde(deserialize_with = \"crate::record::day\")] a: u8 }"),
        (&["law"], "mod inner { use super::super::record; }"),
        (&["law"], "fn f() { mod inner { fn g() { super::super::record::load() } } }"),
        (&["law"], "use crate::*;"),
        (&["record", "load"], "use crate::law::Law;"),
        (&["ruling"], "use crate::letter as words;"),
        (&["layout"], "use krilla::Document;"),
        (&["pdf", "krilla"], "fn f(e: pulldown_cmark::Event) {}"),
        (&["packet"], "fn f() { println!(\"x\") }"),
        (&["letter"], "fn f() { let t = std::env::var(\"HOME\"); }"),
        (&["ruling"], "use chrono::{NaiveDate, Utc};"),
        (&["ruling"], "fn f() { chrono::Local::now() }"),
        (&["batch"], "use std::net::TcpListener;"),
        (&["preview"], "fn f() { std::env::var(\"HOME\"); }"),
        (&["preview"], "fn f() { println!(\"x\") }"),
    ] {
        assert!(!wrong(module, text).is_empty(), "{module:?} may say {text}");
    }
    for (module, text) in [
        (&["letter"][..], "use crate::{record::Record, ruling::Ruling};"),
        (&["law", "pack"], "use super::record;"),
        (&["law"], "mod tests { use super::letter; }"),
        (&["law"], "//! Nothing like crate::record::Record is here."),
        (&["pdf"], "mod krilla; use krilla::Canvas;"),
        (&["preview"], "use std::{net::TcpListener, time::Instant};"),
        (&["cli", "out"], "use std::io; fn f() { io::stdout(); println!(\"x\") }"),
    ] {
        assert_eq!(wrong(module, text), [] as [String; 0], "{module:?}: {text}");
    }
}

/// Words by which a forum, an agency, a program or a company is known.
///
/// Packs of law name them; the program learns them from there and from the facts, so that a forum is
/// added without a change in `src`.
const NAMES: &[&str] = &[
    "aetna",
    "anthem",
    "blue-cross",
    "blue-shield",
    "bluecross",
    "blueshield",
    "calpers",
    "cdi",
    "cdss",
    "cigna",
    "cms",
    "covered-california",
    "department-of-insurance",
    "department-of-labor",
    "department-of-managed-health-care",
    "dhcs",
    "dmhc",
    "dol",
    "dwc",
    "erisa",
    "fehb",
    "health-net",
    "healthnet",
    "hhs",
    "hicap",
    "kaiser",
    "knox",
    "medi-cal",
    "medicare",
    "molina",
    "opm",
    "part-d",
    "qio",
    "sharing-ministry",
    "tricare",
    "unitedhealthcare",
    "veterans",
    "wcab",
];

/// Where a name stands for a reason: folder or file, the names, why.
const ALLOWED: &[(&str, &[&str], &str)] = &[
    (
        "src/facts/",
        NAMES,
        "the vocabulary of records and rules, and which company is licensed by whom",
    ),
    (
        "src/record/keys/",
        &[
            "cdi",
            "department-of-insurance",
            "department-of-managed-health-care",
            "dmhc",
            "erisa",
            "knox",
            "medi-cal",
            "medicare",
        ],
        "the help of a key is said to a person, in the words on the papers before them; and words \
         that people type instead of the facts' own",
    ),
    ("src/record/mod.rs", &["knox"], "a key of the record"),
    ("src/record/tables.rs", &["knox"], "a key of the record"),
    ("src/record/facts.rs", &["knox"], "the fact that this key states"),
    (
        "src/record/contradictions.rs",
        &["cdi", "dmhc", "fehb", "medi-cal", "medicare", "part-d", "tricare"],
        "which words of one record cannot both be true, in the words of the facts",
    ),
    ("src/law/gate.rs", &["knox"], "a column of the printing gate"),
    ("src/law/registry.rs", &["knox"], "a column of the printing gate"),
    (
        "src/letter/check.rs",
        &["dmhc", "erisa"],
        "what looks like a citation, so that none slips in",
    ),
];

/// The names that a file says in identifiers and texts, each with its line.
///
/// Comments do not count, but doc comments of the command line do: they are its help.
fn names(path: &str, text: &str) -> Vec<(usize, String)> {
    let tokens: TokenStream = text.parse().expect("the compiler reads it");
    let mut said = Vec::new();
    words(tokens, path.starts_with("src/cli/"), &mut said);
    let mut found = Vec::new();
    for (line, text) in said {
        let text = format!("-{}-", parts(&text).join("-"));
        for name in NAMES.iter().filter(|n| text.contains(&format!("-{n}-"))) {
            found.push((line, (*name).to_owned()));
        }
    }
    found
}

/// Gathers identifiers and literals.
fn words(tokens: TokenStream, docs: bool, out: &mut Vec<(usize, String)>) {
    for token in tokens {
        let line = token.span().start().line;
        match token {
            TokenTree::Ident(ident) => out.push((line, ident.to_string())),
            TokenTree::Literal(literal) => out.push((line, literal.to_string())),
            TokenTree::Group(group) => {
                let mut inner = group.stream().into_iter();
                let doc = matches!(inner.next(), Some(TokenTree::Ident(i)) if i == "doc");
                if docs || !doc || group.delimiter() != Delimiter::Bracket {
                    words(group.stream(), docs, out);
                }
            }
            TokenTree::Punct(_) => {}
        }
    }
}

/// Splits `KnoxKeene`, `knox_keene` and "Knox-Keene" into the same words.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before = ' ';
    for c in text.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase()) {
            parts.push(String::new());
        }
        if c.is_alphanumeric() {
            parts.last_mut().unwrap().extend(c.to_lowercase());
        }
        before = c;
    }
    parts.retain(|p| !p.is_empty());
    parts
}

#[test]
fn no_forum_is_known_by_name_outside_the_facts() {
    let mut wrong = String::new();
    let mut used = vec![Vec::new(); ALLOWED.len()];
    for (path, _) in files() {
        let shown = path.to_str().unwrap();
        for (line, name) in names(shown, &fs::read_to_string(&path).unwrap()) {
            let reason = ALLOWED.iter().position(|(place, names, _)| {
                shown.starts_with(place) && names.contains(&name.as_str())
            });
            match reason {
                Some(n) => used[n].push(name),
                None => drop(writeln!(wrong, "{shown}:{line}: {name}")),
            }
        }
    }
    assert!(wrong.is_empty(), "forums known by name:\n{wrong}");
    for ((place, names, _), used) in
        ALLOWED.iter().zip(used).filter(|((p, ..), _)| *p != "src/facts/")
    {
        let idle: Vec<_> = names.iter().filter(|n| !used.iter().any(|u| u == *n)).collect();
        assert!(idle.is_empty(), "{place} no longer says {idle:?}");
    }
}

#[test]
fn a_planted_forum_is_found() {
    let found = |path: &str, text: &str| {
        names(path, text).into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    for text in [
        "fn to_dmhc() {}",
        "enum E { MediCalRx }",
        "enum E { KnoxKeene }",
        "const A: &str = \"Write to Kaiser.\";",
        "const A: &str = \"us-part-d\";",
        "fn f() { format!(\"{}\", \"the Department of Managed Health Care\") }",
    ] {
        assert_eq!(found("src/letter/mod.rs", text).len(), 1, "{text}");
    }
    for text in ["/// As `us-ca-dmhc`.\nfn medical() {}", "// OPM\nfn f() {}"] {
        assert_eq!(found("src/letter/mod.rs", text).len(), 0, "{text}");
    }
    assert_eq!(found("src/cli/mod.rs", "/// For OPM\nstruct S;").len(), 1);
}
