//! What a clinic would otherwise script: typst started once a letter, one long-lived typst process, and
//! pandoc with weasyprint; on the very letters that we wrote, with the same fonts, as tagged PDFs where the
//! peer can.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// One way to set letters, and how many it is given to measure by.
pub struct Peer {
    /// What it is, in the table.
    pub name: &'static str,
    /// Letters it sets; slow peers get fewer.
    pub letters: usize,
    run: fn(&Path, &[PathBuf]) -> Option<Duration>,
}

/// Every peer.
pub const PEERS: [Peer; 3] = [
    Peer { name: "typst, started for each letter, two at a time", letters: 100, run: typst_once },
    Peer { name: "typst, one process for all", letters: 300, run: typst_long },
    Peer { name: "pandoc with weasyprint, two at a time", letters: 20, run: weasyprint },
];

impl Peer {
    /// Letters a second on some letters in Markdown; none where the peer is not there.
    pub fn rate(&self, letters: &[String]) -> Option<f64> {
        let folder = tempfile::tempdir().unwrap();
        let letters = &letters[..self.letters.min(letters.len())];
        let mut paths = Vec::new();
        for (n, letter) in letters.iter().enumerate() {
            let path = folder.path().join(format!("{n:05}.md"));
            fs::write(&path, letter).unwrap();
            fs::write(path.with_extension("typ"), typst(letter)).unwrap();
            paths.push(path);
        }
        let time = (self.run)(folder.path(), &paths)?;
        let made = paths.iter().filter(|p| p.with_extension("pdf").is_file()).count();
        assert_eq!(made, letters.len(), "{}: letters are missing", self.name);
        Some(letters.len() as f64 / time.as_secs_f64())
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

/// Gives `xargs -P2` one path a line; how long all of them take.
fn side_by_side(paths: impl Iterator<Item = PathBuf>, command: &[&str]) -> Option<Duration> {
    use std::io::Write as _;
    let list: String = paths.map(|p| format!("{}\n", p.display())).collect();
    let start = Instant::now();
    let mut child = Command::new("xargs")
        .args(["-P2", "-I{}"])
        .args(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(list.as_bytes()).ok()?;
    child.wait().ok()?.success().then(|| start.elapsed())
}

fn typst_once(_: &Path, letters: &[PathBuf]) -> Option<Duration> {
    there("python3", &["-c", "import typst"]).then_some(())?;
    let sources = letters.iter().map(|p| p.with_extension("typ"));
    side_by_side(sources, &["python3", &script("typst_once.py"), "{}", &fonts()])
}

fn typst_long(folder: &Path, _: &[PathBuf]) -> Option<Duration> {
    there("python3", &["-c", "import typst"]).then_some(())?;
    let start = Instant::now();
    let status = Command::new("python3")
        .arg(script("typst_long.py"))
        .args([folder.as_os_str(), fonts().as_ref()])
        .status()
        .ok()?;
    status.success().then(|| start.elapsed())
}

fn weasyprint(_: &Path, letters: &[PathBuf]) -> Option<Duration> {
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
    let time = side_by_side(letters.iter().cloned(), &pandoc)?;
    for letter in letters {
        let made = format!("{}.pdf", letter.display());
        fs::rename(made, letter.with_extension("pdf")).ok()?;
    }
    Some(time)
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
