//! As many records as a test or a measurement wants: the cases of the fixtures under other names, from
//! a seed, and records that are broken in ways that the fixtures name.
//!
//! It is used by `tests/it` and by `benches`, so it names nothing of either.

use std::fs;
use std::path::{Path, PathBuf};

use appeal::batch::{self, Folders, Made, Shop};
use appeal::import;
use appeal::law::Law;
use appeal::layout::Fonts;
use appeal::letter::Templates;
use appeal::packet::Press;
use chrono::NaiveDate;

/// The day that the cases of the fixtures speak of.
pub(crate) const AS_OF: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();

/// Given names in the scripts that the built-in fonts have.
const GIVEN: &[&str] = &[
    "Ana",
    "Óscar",
    "Zoë",
    "Thị Hương",
    "Łucja",
    "Şebnem",
    "Ольга",
    "Ελένη",
    "Անահիտ",
    "שרה",
    "ليلى",
    "प्रिया",
    "ਗੁਰਪ੍ਰੀਤ",
    "สมชาย",
    "ບຸນມີ",
    "សុខា",
    "Jusuf",
    "Minh",
];

/// Numbers from a seed: the same seed gives the same numbers everywhere (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Seeded(pub(crate) u64);

impl Seeded {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }
}

/// The texts of all cases whose letters come out complete, or that have none to send.
pub(crate) fn good() -> Vec<String> {
    let law = Law::builtin().unwrap();
    let (templates, fonts) = (Templates::builtin().unwrap(), Fonts::builtin());
    let press = Press { templates: &templates, fonts: &fonts, pdf: None, draft: false };
    let made = Made { pdf: false, ..Made::of(Folders::default()).unwrap() };
    let shop = Shop { law: &law, press, made: &made };
    let mut paths: Vec<PathBuf> = fs::read_dir("fixtures/cases")
        .unwrap()
        .map(|e| e.unwrap().path().join("record.toml"))
        .filter(|p| p.is_file())
        .collect();
    paths.sort();
    let good: Vec<String> = paths
        .iter()
        .filter(|path| {
            let entry = import::entries(path).next().unwrap();
            !batch::outcome(&shop, &entry, AS_OF).case.status.is_failure()
        })
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    assert!(good.len() > 60, "only {} cases come out complete", good.len());
    good
}

/// A case under another id, name, number and reference.
pub(crate) fn renamed(text: &str, id: &str, seeded: &mut Seeded) -> String {
    let given = GIVEN[seeded.below(GIVEN.len())];
    let number = seeded.next() % 1_000_000_000;
    let mut table = "";
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        if line.starts_with('[') {
            table = line.trim_matches(['[', ']']);
        }
        let new = match (table, line.split('=').next().unwrap_or("").trim()) {
            ("", "case_id") => Some(format!("case_id = \"{id}\"")),
            ("member", "name") => Some(format!("name = \"{given} Example {number}\"")),
            ("member", "member_id") => Some(format!("member_id = \"EX-{number:010}\"")),
            ("denial", "reference") => Some(format!("reference = \"EX-CLM-{number:010}\"")),
            _ => None,
        };
        out.push_str(new.as_deref().unwrap_or(line));
        out.push('\n');
    }
    out
}

/// A record that is broken in one way, and what must be said of it.
pub(crate) struct Broken {
    /// Its file name.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// The code of its first error.
    pub(crate) code: String,
    /// The line, where the error has one.
    pub(crate) line: Option<usize>,
}

/// As many of the broken records of the fixtures, spread over all of them, each with an id of its own.
/// What must be said of each stands in the fixtures, and was read by a person.
pub(crate) fn broken(count: usize) -> Vec<Broken> {
    let mut paths: Vec<PathBuf> = fs::read_dir("fixtures/bad")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let told = fs::read_to_string(path.with_extension("txt")).unwrap();
        let Some(code) = told.strip_prefix("error[").and_then(|t| t.split(']').next()) else {
            continue;
        };
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let place = told.lines().nth(1).and_then(|l| l.split_once(&format!("{name}:")));
        let line = place.and_then(|(_, rest)| rest.split(':').next()?.parse().ok());
        let id = format!("broken-{}", all.len());
        let bytes =
            replaced(&fs::read(&path).unwrap(), b"\"ex-1\"", format!("\"{id}\"").as_bytes());
        all.push(Broken { name, bytes, code: code.to_owned(), line });
    }
    assert!(all.len() >= count, "the fixtures break a record in {} ways only", all.len());
    let total = all.len();
    let wanted: Vec<usize> = (0..count).map(|n| n * total / count).collect();
    let mut n = 0;
    all.retain(|_| {
        n += 1;
        wanted.contains(&(n - 1))
    });
    all
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    match bytes.windows(from.len()).position(|w| w == from) {
        Some(at) => [&bytes[..at], to, &bytes[at + from.len()..]].concat(),
        None => bytes.to_vec(),
    }
}

/// Writes records into a folder, five hundred to a folder below it, the broken ones among the others.
pub(crate) fn write(folder: &Path, seed: u64, good_ones: usize, broken_ones: &[Broken]) {
    let mut seeded = Seeded(seed);
    let cases = good();
    for n in 0..good_ones {
        let id = format!("{seed}-{n:06}");
        let text = renamed(&cases[seeded.below(cases.len())], &id, &mut seeded);
        put(folder, n, &format!("{id}.toml"), text.as_bytes());
    }
    for broken in broken_ones {
        put(folder, seeded.below(good_ones.max(1)), &broken.name, &broken.bytes);
    }
}

fn put(folder: &Path, n: usize, name: &str, bytes: &[u8]) {
    let below = folder.join(format!("{:03}", n / 500));
    fs::create_dir_all(&below).unwrap();
    fs::write(below.join(name), bytes).unwrap();
}
