//! What a clinic would otherwise script: typst started once a letter, one long-lived typst process, and
//! pandoc with weasyprint; on the very letters that we wrote, with the same fonts, as tagged PDFs where the
//! peer can.

pub mod watch;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use watch::{Watched, watch};

/// One way to set letters, and how many it is given to measure by.
pub struct Peer {
    /// What it is, in the table.
    pub name: &'static str,
    /// Letters it sets; slow peers get fewer.
    pub letters: usize,
    run: fn(&[PathBuf], usize) -> Option<Watched>,
}

/// Every peer.
pub const PEERS: [Peer; 3] = [
    Peer { name: "typst, started for each letter", letters: 100, run: typst_once },
    Peer { name: "typst, long-lived", letters: 300, run: typst_long },
    Peer { name: "pandoc with weasyprint", letters: 20, run: weasyprint },
];

/// What a peer took.
pub struct Took {
    /// Letters a second.
    pub rate: f64,
    /// Most memory that one of its processes took, in MiB.
    pub memory: f64,
    /// Mean bytes of a PDF.
    pub bytes: f64,
}

impl Peer {
    /// Sets some letters in Markdown, some processes at a time; none where the peer is not there.
    pub fn set(&self, letters: &[String], jobs: usize) -> Option<Took> {
        let folder = tempfile::tempdir().unwrap();
        let letters = &letters[..self.letters.min(letters.len())];
        let mut paths = Vec::new();
        for (n, letter) in letters.iter().enumerate() {
            let path = folder.path().join(format!("{n:05}.md"));
            fs::write(&path, letter).unwrap();
            fs::write(path.with_extension("typ"), typst(letter)).unwrap();
            paths.push(path);
        }
        let watched = (self.run)(&paths, jobs)?;
        let size = |path: &PathBuf| {
            let made = fs::metadata(path.with_extension("pdf"));
            made.unwrap_or_else(|_| panic!("{}: letters are missing", self.name)).len()
        };
        let bytes: u64 = paths.iter().map(size).sum();
        Some(Took {
            rate: letters.len() as f64 / watched.time.as_secs_f64(),
            memory: watched.memory,
            bytes: bytes as f64 / letters.len() as f64,
        })
    }
}

fn there(program: &str, arguments: &[&str]) -> bool {
    let status =
        Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|s| s.success())
}

fn script(name: &str) -> String {
    format!("{}/benches/peers/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn fonts() -> String {
    format!("{}/fonts", env!("CARGO_MANIFEST_DIR"))
}

/// Gives `xargs` one path a line, for so many processes at a time.
fn side_by_side(
    paths: impl Iterator<Item = PathBuf>,
    jobs: usize,
    command: &[&str],
) -> Option<Watched> {
    let list: String = paths.map(|p| format!("{}\n", p.display())).collect();
    let at_a_time = format!("-P{jobs}");
    let all = [&["xargs", &at_a_time, "-I{}"], command].concat();
    watch(&mut watch::on_cores(jobs, &all), &list)
}

fn typst_once(letters: &[PathBuf], jobs: usize) -> Option<Watched> {
    there("python3", &["-c", "import typst"]).then_some(())?;
    let sources = letters.iter().map(|p| p.with_extension("typ"));
    side_by_side(sources, jobs, &["python3", &script("typst_once.py"), "{}", &fonts()])
}

/// As many processes as jobs, each with its share of the letters.
fn typst_long(letters: &[PathBuf], jobs: usize) -> Option<Watched> {
    there("python3", &["-c", "import typst"]).then_some(())?;
    let home = letters.first()?.parent()?;
    let shares: Vec<PathBuf> = (0..jobs).map(|n| home.join(format!("share-{n}"))).collect();
    for (n, letter) in letters.iter().enumerate() {
        let source = letter.with_extension("typ");
        fs::create_dir_all(&shares[n % jobs]).ok()?;
        fs::rename(&source, shares[n % jobs].join(source.file_name()?)).ok()?;
    }
    let (program, fonts) = (script("typst_long.py"), fonts());
    let command = ["python3", &program, "{}", &fonts];
    let watched = side_by_side(shares.iter().cloned(), jobs, &command)?;
    for (n, letter) in letters.iter().enumerate() {
        let made = letter.with_extension("pdf");
        fs::rename(shares[n % jobs].join(made.file_name()?), made).ok()?;
    }
    Some(watched)
}

fn weasyprint(letters: &[PathBuf], jobs: usize) -> Option<Watched> {
    (there("pandoc", &["--version"]) && there("weasyprint", &["--version"])).then_some(())?;
    let pandoc = [
        "pandoc",
        "-s",
        "--metadata",
        "title=letter",
        "--pdf-engine=weasyprint",
        "{}",
        "-o",
        "{}.pdf",
    ];
    let watched = side_by_side(letters.iter().cloned(), jobs, &pandoc)?;
    for letter in letters {
        let made = format!("{}.pdf", letter.display());
        fs::rename(made, letter.with_extension("pdf")).ok()?;
    }
    Some(watched)
}

/// The same letter in typst's own language.
fn typst(markdown: &str) -> String {
    let mut out = String::from(
        "#set document(title: \"Letter\")\n#set page(\"us-letter\", margin: 1in)\n\
         #set text(font: \"Noto Serif\", size: 11pt, lang: \"en\")\n",
    );
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(tag) => match tag {
                Tag::Heading { level, .. } => {
                    out.push_str(&format!("#heading(level: {})[", level as u8))
                }
                Tag::Paragraph => {}
                Tag::Strong => out.push_str("#strong["),
                Tag::Emphasis => out.push_str("#emph["),
                Tag::BlockQuote(_) => out.push_str("#quote(block: true)["),
                Tag::List(Some(first)) => out.push_str(&format!("#enum(start: {first}, ")),
                Tag::List(None) => out.push_str("#list("),
                Tag::Item | Tag::TableCell => out.push('['),
                Tag::Link { dest_url, .. } => out.push_str(&format!("#link({dest_url:?})[")),
                Tag::Table(columns) => {
                    out.push_str(&format!("#table(columns: {}, ", columns.len()))
                }
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::Paragraph => out.push_str("\n\n"),
                TagEnd::Heading(_) | TagEnd::BlockQuote(_) => out.push_str("]\n\n"),
                TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link => out.push(']'),
                TagEnd::Item | TagEnd::TableCell => out.push_str("], "),
                TagEnd::List(_) | TagEnd::Table => out.push_str(")\n\n"),
                _ => {}
            },
            Event::Text(text) | Event::Code(text) => {
                let text = text.replace('\\', "\\\\").replace('"', "\\\"");
                out.push_str(&format!("#\"{text}\";"));
            }
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push_str("#linebreak()"),
            Event::Rule => out.push_str("#line(length: 100%)\n\n"),
            _ => {}
        }
    }
    out
}
