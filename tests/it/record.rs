//! A record read, checked, and turned into facts.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

use appeal::diag::{Diagnostic, has_errors, render};
use appeal::facts::{DateName, Fact, Facts, Known};
use appeal::record::keys::{self, KEYS, Key, Kind, TABLES};
use appeal::record::{self, Case, Loaded};
use chrono::NaiveDate;
use proptest::prelude::*;

mod codes;

const FULL: &str = include_str!("../../fixtures/full.toml");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn as_of() -> NaiveDate {
    day("2026-11-21")
}

/// A record that says no more than it must, with lines added to its tables.
struct Draft {
    member: String,
    coverage: Vec<(String, String)>,
    service: String,
    denial: Vec<(String, String)>,
    rest: String,
}

fn draft() -> Draft {
    let pairs = |list: &[(&str, &str)]| {
        list.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    };
    Draft {
        member: String::new(),
        coverage: pairs(&[
            ("program", "\"commercial\""),
            ("funding", "\"insured\""),
            ("regulator", "\"dmhc\""),
        ]),
        service: "kind = \"imaging\"\n".to_owned(),
        denial: pairs(&[("outcome", "\"denied\"")]),
        rest: String::new(),
    }
}

fn set(list: &mut Vec<(String, String)>, key: &str, value: &str) {
    list.retain(|(k, _)| k != key);
    list.push((key.to_owned(), value.to_owned()));
}

impl Draft {
    fn coverage(mut self, key: &str, value: &str) -> Self {
        set(&mut self.coverage, key, value);
        self
    }

    fn denial(mut self, key: &str, value: &str) -> Self {
        set(&mut self.denial, key, value);
        self
    }

    fn service(mut self, lines: &str) -> Self {
        self.service = format!("{lines}\n");
        self
    }

    fn member(mut self, lines: &str) -> Self {
        self.member = lines.to_owned();
        self
    }

    fn condition(self, lines: &str) -> Self {
        self.rest(&format!("[condition]\n{lines}\n"))
    }

    fn event(self, lines: &str) -> Self {
        self.rest(&format!("[[event]]\n{lines}\n"))
    }

    fn rest(mut self, lines: &str) -> Self {
        self.rest.push_str(lines);
        self
    }

    fn text(&self) -> String {
        let lines = |list: &[(String, String)]| -> String {
            list.iter().map(|(k, v)| format!("{k} = {v}\n")).collect()
        };
        format!(
            "schema = 1\ncase_id = \"ex-1\"\n[member]\n{}\n[coverage]\n{}[[service]]\n{}[denial]\n{}{}",
            self.member,
            lines(&self.coverage),
            self.service,
            lines(&self.denial),
            self.rest,
        )
    }

    fn load(&self) -> Loaded {
        record::load(&self.text(), "draft.toml")
    }

    fn found(&self) -> Vec<Diagnostic> {
        self.load().check(as_of()).1
    }

    fn codes(&self) -> Vec<&'static str> {
        self.found().iter().map(|d| d.code).collect()
    }

    #[track_caller]
    fn case(&self) -> Case {
        let loaded = self.load();
        let (case, found) = loaded.check(as_of());
        let Some(case) = case else { panic!("{}", render(&found, &loaded.source, false)) };
        case
    }

    #[track_caller]
    fn facts(&self) -> Facts {
        self.case().facts.swap_remove(0)
    }
}

/// The words known of a fact, joined; `?` when unknown, `!` when contradicted.
fn words(facts: &Facts, fact: Fact) -> String {
    match facts.get(fact) {
        Known::Unknown => "?".to_owned(),
        Known::Is(words) => words.join(" "),
        Known::Contradicted(told) => {
            let sources: Vec<String> = told.iter().map(|(w, s)| format!("{w}: {s}")).collect();
            format!("! {}", sources.join(", "))
        }
    }
}

fn dates(facts: &Facts, name: DateName) -> String {
    facts.dates(name).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

// Reading.

#[test]
fn the_full_record_loads_without_a_word() {
    let loaded = record::load(FULL, "full.toml");
    let (case, found) = loaded.check(as_of());
    assert!(found.is_empty(), "{}", render(&found, &loaded.source, false));
    assert!(case.is_some());
}

#[test]
fn the_full_record_has_every_key() {
    let tree = toml::de::DeTable::parse(FULL).unwrap();
    for key in KEYS {
        let mut tables = vec![tree.get_ref()];
        for part in key.table.split('.').filter(|p| !p.is_empty()) {
            tables = tables
                .iter()
                .filter_map(|t| t.get(part))
                .flat_map(|v| match v.get_ref() {
                    toml::de::DeValue::Array(list) => {
                        list.iter().filter_map(|v| v.get_ref().as_table()).collect()
                    }
                    other => other.as_table().into_iter().collect::<Vec<_>>(),
                })
                .collect();
        }
        assert!(tables.iter().any(|t| t.contains_key(key.name)), "{} is not there", key.path());
    }
}

/// A value that a key takes and that differs from what a record has without it.
fn sample(key: &Key) -> String {
    match key.kind {
        Kind::Text if key.name == "case_id" => "\"ex-2\"".to_owned(),
        Kind::Text | Kind::Narrative => "\"Something\"".to_owned(),
        Kind::Lines => "[\"Something\"]".to_owned(),
        Kind::Date | Kind::Moment => "2026-10-01".to_owned(),
        Kind::Dates => "[2026-10-01]".to_owned(),
        Kind::Bool => (key.name != "safe_contact").to_string(),
        Kind::Integer(from, _) => from.to_string(),
        Kind::Word(words) => format!("\"{}\"", words.all()[0]),
        Kind::Words(words) => format!("[\"{}\"]", words.all()[0]),
    }
}

/// A record with one table in it, all its required keys but one given, and perhaps that one.
fn with_table(key: &Key, given: bool) -> String {
    let mut text = String::new();
    for table in TABLES {
        let chosen = key.table == table.name;
        let lines: String = keys::of(table.name)
            .filter(|k| if *k == key { given } else { k.required })
            .map(|k| format!("{} = {}\n", k.name, sample(k)))
            .collect();
        if table.name.is_empty()
            || chosen
            || !lines.is_empty() && !table.many
            || table.name == "service"
        {
            match (table.name, table.many) {
                ("", _) => {}
                (name, true) => text.push_str(&format!("[[{name}]]\n")),
                (name, false) => text.push_str(&format!("[{name}]\n")),
            }
            text.push_str(&lines);
        }
    }
    text
}

#[test]
fn every_key_of_the_table_is_read() {
    for key in KEYS.iter().filter(|k| k.name != "schema") {
        let with = record::load(&with_table(key, true), "with");
        let without = record::load(&with_table(key, false), "without");
        let shown = render(&with.diagnostics, &with.source, false);
        assert!(with.diagnostics.is_empty(), "{}\n{shown}", key.path());
        assert_ne!(with.record, without.record, "{} is not read", key.path());
        assert_eq!(has_errors(&without.diagnostics), key.required, "{}", key.path());
        let table = TABLES.iter().find(|t| t.name == key.table).unwrap();
        let many = if table.many { "[0]" } else { "" };
        let path = key.path().replacen(key.table, &format!("{}{many}", key.table), 1);
        assert!(with.span(&path).is_some(), "{path} has no place");
    }
}

#[test]
fn every_word_of_every_key_is_accepted() {
    for key in KEYS {
        for word in key.words() {
            let value = match key.kind {
                Kind::Words(_) => format!("[\"{word}\"]"),
                _ => format!("\"{word}\""),
            };
            let text = with_table(key, true).replace(
                &format!("{} = {}", key.name, sample(key)),
                &format!("{} = {value}", key.name),
            );
            let loaded = record::load(&text, "word");
            assert!(loaded.diagnostics.is_empty(), "{} = {word}", key.path());
        }
    }
}

#[test]
fn unknown_is_an_answer_only_where_the_table_says_so() {
    for key in KEYS.iter().filter(|k| k.name != "schema") {
        let unknown = match key.kind {
            Kind::Words(_) | Kind::Lines | Kind::Dates => "[\"unknown\"]",
            _ => "\"unknown\"",
        };
        let text = with_table(key, true).replace(
            &format!("\n{} = {}\n", key.name, sample(key)),
            &format!("\n{} = {unknown}\n", key.name),
        );
        let text = if key.name == "case_id" { continue } else { text };
        let loaded = record::load(&text, "unknown");
        assert_eq!(!has_errors(&loaded.diagnostics), key.unknown, "{}", key.path());
    }
}

#[test]
fn the_schema_and_the_reference_hold_every_key() {
    let schema: serde_json::Value = serde_json::from_str(&record::schema()).unwrap();
    let page = keys::markdown();
    for key in KEYS {
        let mut object = &schema;
        for part in key.table.split('.').filter(|p| !p.is_empty()) {
            object = &object["properties"][part];
            if object["type"] == "array" {
                object = &object["items"];
            }
        }
        let property = &object["properties"][key.name];
        let said = property["description"].as_str().unwrap_or_default();
        assert!(said.starts_with(key.means), "{} is not in the schema", key.path());
        assert_eq!(object["additionalProperties"], false);
        let required =
            object["required"].as_array().is_some_and(|r| r.iter().any(|n| n == key.name));
        assert_eq!(required, key.required, "{}", key.path());
        assert!(
            page.contains(&format!("- `{}` (", key.name)),
            "{} is not in the reference",
            key.path()
        );
        for word in key.words() {
            assert!(property.to_string().contains(&format!("\"{word}\"")), "{word}");
            assert!(page.contains(&format!("`{word}`")), "{word}");
        }
    }
    assert_eq!(record::schema(), record::schema());
    let counted = record::schema().matches("\"description\": \"").count();
    assert_eq!(counted, KEYS.len() + TABLES.len() + TABLES.iter().filter(|t| t.many).count());
}

#[test]
fn keys_are_listed_once_and_described() {
    for (i, key) in KEYS.iter().enumerate() {
        assert!(!KEYS[..i].iter().any(|k| k.path() == key.path()), "{} twice", key.path());
        assert!(key.means.ends_with('.'), "{}", key.means);
        assert_eq!(keys::find_path(&key.path()), Some(key));
    }
}

#[test]
fn a_byte_order_mark_at_the_start_is_accepted() {
    let text = format!("\u{feff}{}", draft().text());
    let read = record::read(text.as_bytes(), "x");
    assert!(read.diagnostics.is_empty());
    assert_eq!(read.source.text, draft().text());
    assert!(record::load(&text, "x").diagnostics.is_empty());
}

#[test]
fn a_record_of_one_mebibyte_is_read_and_one_byte_more_is_not() {
    let text = draft().text();
    let padding = record::LARGEST - text.len() - 1;
    let fits = format!("#{}{text}", "x".repeat(padding - 1) + "\n");
    assert_eq!(fits.len(), record::LARGEST);
    assert!(record::read(fits.as_bytes(), "x").diagnostics.is_empty());
    let over = record::read(format!("#{fits}").as_bytes(), "x");
    assert_eq!(over.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["record::size"]);
}

#[test]
fn texts_come_composed_and_without_space_around() {
    let loaded = draft().member("name = \"  Ana Nin\u{303}o \"").load();
    assert_eq!(loaded.record.member.name.as_deref(), Some("Ana Ni\u{f1}o"));
    let narrative = "[statement]\nharm = \"\"\"\r\nOne.\r\n\r\nTwo.\r\n\"\"\"\r\n";
    let loaded = draft().rest(narrative).load();
    assert_eq!(loaded.record.statement.harm.as_deref(), Some("One.\n\nTwo."));
}

#[test]
fn missing_keys_are_not_told_where_a_line_was_lost() {
    let text = draft().text().replace("case_id = \"ex-1\"", "case_id \"ex-1\"");
    let loaded = record::load(&text, "x");
    assert_eq!(loaded.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["record::syntax"]);
}

#[test]
fn a_thousand_faults_end_in_a_number() {
    let text = format!("{}\n{}", draft().text(), "what\n".repeat(5000));
    let loaded = record::load(&text, "x");
    let shown = render(&loaded.diagnostics, &loaded.source, false);
    assert!(shown.contains("4975 more places are not TOML"), "{shown}");
}

#[test]
fn more_events_than_any_dispute_has_are_refused() {
    let event = "[[event]]\nkind = \"grievance-filed\"\ndate = 2026-10-28\n";
    assert!(draft().rest(&event.repeat(200)).codes().is_empty());
    assert_eq!(draft().rest(&event.repeat(201)).codes(), ["record::many"]);
}

// Dates.

#[test]
fn a_date_is_checked_against_the_day_asked_for() {
    let loaded = draft().denial("notice_date", "2026-11-21").load();
    let errors = |on: &str| has_errors(&loaded.check(day(on)).1);
    assert!(errors("2026-11-20"));
    assert!(!errors("2026-11-21"));
    assert!(!errors("2026-11-22"));
}

#[test]
fn no_date_of_a_record_escapes_the_check_for_the_future() {
    let dated = |k: &&Key| matches!(k.kind, Kind::Date | Kind::Moment | Kind::Dates);
    let ahead = ["denial.printed_deadline", "denial.cancellation_effective"];
    for key in KEYS.iter().filter(dated) {
        let later = sample(key).replace("2026", "2027");
        let text = with_table(key, true).replace(
            &format!("\n{} = {}\n", key.name, sample(key)),
            &format!("\n{} = {later}\n", key.name),
        );
        let (_, found) = record::load(&text, "x").check(as_of());
        let told = found.iter().any(|d| d.code == "record::future");
        assert_eq!(told, !ahead.contains(&key.path().as_str()), "{}", key.path());
    }
}

#[test]
fn order_is_a_fault_only_the_day_before() {
    let denial = |received: &str| {
        draft().denial("notice_date", "2026-10-20").denial("received", received).codes()
    };
    assert_eq!(denial("2026-10-19"), ["record::order"]);
    assert!(denial("2026-10-20").is_empty());
    assert!(denial("2026-10-21").is_empty());

    let answered = |decided: &str| {
        draft()
            .event("kind = \"grievance-filed\"\ndate = 2026-10-20")
            .event(&format!("kind = \"grievance-decided\"\noutcome = \"upheld\"\ndate = {decided}"))
            .codes()
    };
    assert_eq!(answered("2026-10-19"), ["record::order"]);
    assert!(answered("2026-10-20").is_empty());
    assert!(answered("2026-10-21").is_empty());

    let arrived = |received: &str| {
        draft()
            .event(&format!("kind = \"imr-filed\"\ndate = 2026-10-20T10:00\nreceived = {received}"))
            .codes()
    };
    assert_eq!(arrived("2026-10-20T09:59"), ["record::order"]);
    assert!(arrived("2026-10-20T10:00").is_empty());
    assert!(arrived("2026-10-20").is_empty());
}

#[test]
fn the_eighteenth_birthday_ends_minority() {
    let codes = |born: &str| draft().member(&format!("birth_date = {born}")).codes();
    assert_eq!(codes("2008-11-22"), ["record::minor"]);
    assert!(codes("2008-11-21").is_empty());
    assert!(codes("2008-11-20").is_empty());
    let with_parent = draft()
        .member("birth_date = 2010-01-01")
        .rest("[representative]\nname = \"Cleo Example\"\nrelationship = \"parent\"\n");
    assert!(with_parent.codes().is_empty());
}

// Facts.

#[test]
fn a_record_that_says_little_states_little() {
    let facts = draft().facts();
    let known: Vec<(&str, String)> =
        Fact::ALL.iter().map(|f| (f.name(), words(&facts, *f))).filter(|(_, w)| w != "?").collect();
    let expected = [
        ("program", "commercial"),
        ("funding", "insured"),
        ("regulator", "dmhc"),
        ("service", "imaging"),
        ("urgency", "standard"),
        ("outcome", "denied"),
        ("request", "made"),
        ("grievance", "none"),
        ("imr", "none"),
        ("complaint", "none"),
        ("hearing", "none"),
    ];
    assert_eq!(known, expected.map(|(n, w)| (n, w.to_owned())));
    assert!(DateName::ALL.iter().all(|d| facts.dates(*d).is_empty()));
}

#[test]
fn the_full_record_states_every_fact_it_can() {
    let facts = record::load(FULL, "full.toml").check(as_of()).0.unwrap().facts.swap_remove(0);
    for fact in Fact::ALL {
        assert_ne!(words(&facts, *fact), "?", "{}", fact.name());
    }
    assert_eq!(words(&facts, Fact::Ground), "not-medically-necessary network");
    assert_eq!(words(&facts, Fact::Certification), "yes");
    assert_eq!(dates(&facts, DateName::GrievanceReceived), "2026-10-28 16:05");
}

#[test]
fn unknown_stays_unknown_whatever_the_entity_table_says() {
    let case = draft()
        .coverage("regulator", "\"unknown\"")
        .coverage("plan", "\"Kaiser Foundation Health Plan, Inc.\"")
        .denial("printed_regulator", "\"dmhc\"")
        .case();
    assert_eq!(words(&case.facts[0], Fact::Regulator), "?");
    assert_eq!(case.hints.len(), 2);
    assert!(case.hints[0].contains("DMHC licenses Kaiser Foundation Health Plan, Inc."));
    for key in ["program", "funding", "regulator"] {
        let facts = draft().coverage(key, "\"unknown\"").facts();
        assert_eq!(words(&facts, Fact::find(key).unwrap()), "?");
    }
}

#[test]
fn two_sources_that_disagree_contradict_the_regulator() {
    let regulator = |d: Draft| (d.codes(), words(&d.facts(), Fact::Regulator));
    let clash = |sources: &str| (vec!["record::contradiction"], format!("! {sources}"));

    let kpic = draft().coverage("plan", "\"Kaiser Permanente Insurance Company\"");
    assert_eq!(
        regulator(kpic),
        clash("dmhc: coverage.regulator, cdi: coverage.plan (Kaiser Permanente Insurance Company)")
    );
    assert_eq!(
        regulator(draft().denial("printed_regulator", "\"cdi\"")),
        clash("dmhc: coverage.regulator, cdi: denial.printed_regulator")
    );
    let self_funded = draft().coverage("funding", "\"self-funded\"");
    assert_eq!(words(&self_funded.facts(), Fact::Funding), "self-funded");
    assert_eq!(
        regulator(self_funded),
        clash("dmhc: coverage.regulator, other: coverage.funding = \"self-funded\"")
    );
    for program in
        ["medicare-advantage", "part-d", "medicare", "fehb", "tricare", "va", "workers-comp"]
    {
        let public = draft().coverage("program", &format!("\"{program}\""));
        assert_eq!(words(&public.facts(), Fact::Program), program);
        let source = format!("dmhc: coverage.regulator, other: coverage.program = \"{program}\"");
        assert_eq!(regulator(public), clash(&source));
    }
    let calpers = draft().coverage("program", "\"calpers\"").coverage("funding", "\"self-funded\"");
    assert_eq!(words(&calpers.facts(), Fact::Regulator).chars().next(), Some('!'));
    let insured_calpers = draft().coverage("program", "\"calpers\"");
    assert_eq!(regulator(insured_calpers), (vec![], "dmhc".to_owned()));
}

#[test]
fn agreeing_sources_do_not_contradict() {
    let agreeing = draft()
        .coverage("plan", "\"Kaiser Foundation Health Plan, Inc.\"")
        .denial("printed_regulator", "\"dmhc\"");
    assert!(agreeing.codes().is_empty());
    let administered = draft()
        .coverage("plan", "\"Aetna Life Insurance Company\"")
        .coverage("funding", "\"self-funded\"")
        .coverage("regulator", "\"other\"");
    assert!(administered.codes().is_empty());
}

#[test]
fn urgency_is_the_only_default() {
    assert_eq!(words(&draft().facts(), Fact::Urgency), "standard");
    let urgent = draft().condition("threat = [\"severe-pain\"]").facts();
    assert_eq!(words(&urgent, Fact::Urgency), "urgent");
}

#[test]
fn grounds_come_from_every_stage() {
    let ground = |d: Draft| words(&d.facts(), Fact::Ground);
    let denied = || draft().denial("ground", "[\"network\"]");
    assert_eq!(ground(denied()), "network");
    let own = denied().service("kind = \"imaging\"\nground = [\"billing\"]");
    assert_eq!(ground(own), "billing");
    let answered = denied()
        .event("kind = \"grievance-filed\"\ndate = 2026-10-20")
        .event("kind = \"grievance-decided\"\ndate = 2026-11-01\noutcome = \"upheld\"\nground = [\"experimental\"]");
    assert_eq!(ground(answered), "experimental network");
    assert_eq!(ground(draft().denial("ground", "[\"unknown\"]")), "?");

    let outcome = |outcome: &str| draft().denial("outcome", &format!("\"{outcome}\""));
    assert_eq!(ground(outcome("no-decision")), "no-answer");
    assert_eq!(ground(outcome("delayed")), "delay");
    assert_eq!(ground(outcome("delayed").denial("ground", "[\"network\"]")), "network");
    assert_eq!(
        ground(outcome("rescinded").denial("ground", "[\"eligibility\"]")),
        "eligibility rescission"
    );
    let lost = outcome("terminated").service("kind = \"coverage\"");
    assert_eq!(ground(lost), "cancellation");
    let said =
        outcome("terminated").service("kind = \"coverage\"").denial("ground", "[\"nonrenewal\"]");
    assert_eq!(ground(said), "nonrenewal");
    assert_eq!(ground(outcome("terminated")), "?");
}

#[test]
fn steps_follow_from_events() {
    let filed = || draft().event("kind = \"grievance-filed\"\ndate = 2026-10-20");
    let decided = || {
        filed().event("kind = \"grievance-decided\"\ndate = 2026-11-01\noutcome = \"partly\"\ncarried_out = false")
    };
    let steps = |d: Draft| {
        let f = d.facts();
        [Fact::Grievance, Fact::Answer, Fact::CarriedOut].map(|x| words(&f, x)).join(" ")
    };
    assert_eq!(steps(draft()), "none ? ?");
    assert_eq!(steps(filed()), "open ? ?");
    assert_eq!(steps(decided()), "answered partly no");
    let again = || decided().event("kind = \"grievance-filed\"\ndate = 2026-11-05");
    assert_eq!(steps(again()), "answered partly no");
    assert_eq!(steps(again().coverage("levels", "2")), "open partly no");

    let level = |d: Draft| words(&d.facts(), Fact::AppealLevel);
    assert_eq!(level(decided()), "?");
    assert_eq!(level(draft().coverage("levels", "2")), "?");
    assert_eq!(level(filed().coverage("levels", "1")), "last");
    assert_eq!(level(filed().coverage("levels", "2")), "first");
    assert_eq!(level(decided().coverage("levels", "2")), "first");
    assert_eq!(level(again().coverage("levels", "2")), "last");
    let twice =
        again().event("kind = \"grievance-decided\"\ndate = 2026-11-12\noutcome = \"upheld\"");
    assert_eq!(level(twice.coverage("levels", "2")), "last");

    let other = draft()
        .event("kind = \"imr-filed\"\ndate = 2026-11-01")
        .event("kind = \"complaint-filed\"\ndate = 2026-11-02\nreceived = 2026-11-03")
        .event("kind = \"complaint-decided\"\ndate = 2026-11-10")
        .event("kind = \"hearing-requested\"\ndate = 2026-11-02")
        .facts();
    let found = [Fact::Imr, Fact::Complaint, Fact::Hearing].map(|x| words(&other, x)).join(" ");
    assert_eq!(found, "filed decided requested");
    assert_eq!(dates(&other, DateName::ComplaintReceived), "2026-11-03");
}

#[test]
fn a_grievance_arrives_as_it_was_sent() {
    let filed = |more: &str| {
        draft().event(&format!("kind = \"grievance-filed\"\ndate = 2026-10-20T16:05\n{more}"))
    };
    let arrived = |d: Draft| {
        let f = d.facts();
        (
            dates(&f, DateName::GrievanceReceived),
            f.why(DateName::GrievanceReceived).map(str::to_owned),
        )
    };
    assert_eq!(
        arrived(filed("received = 2026-10-22\nhow = \"fax\"")),
        ("2026-10-22".to_owned(), None)
    );
    for how in ["fax", "portal", "phone", "email", "in-person"] {
        let (date, why) = arrived(filed(&format!("how = \"{how}\"")));
        assert_eq!(date, "2026-10-20 16:05");
        assert!(why.is_some_and(|w| w.starts_with("sent ")), "{how}");
    }
    assert_eq!(arrived(filed("how = \"mail\"")), (String::new(), None));
    let acknowledged =
        filed("how = \"mail\"").event("kind = \"grievance-acknowledged\"\ndate = 2026-10-24");
    let (date, why) = arrived(acknowledged);
    assert_eq!(date, "2026-10-24");
    assert_eq!(why.unwrap(), "the acknowledgement is dated 2026-10-24; the plan had it by then");
}

#[test]
fn timing_is_told_or_follows_from_the_days() {
    let timing = |lines: &str| {
        let d = draft().service(lines).denial("notice_date", "2026-10-20");
        words(&d.facts(), Fact::Timing)
    };
    assert_eq!(timing("kind = \"imaging\""), "?");
    assert_eq!(timing("kind = \"imaging\"\ndates = [2026-10-20]"), "given");
    assert_eq!(timing("kind = \"imaging\"\ndates = [2026-10-19, 2026-10-21]"), "?");
    assert_eq!(timing("kind = \"claim-payment\"\ndates = [2026-10-21]"), "given");
    assert_eq!(timing("kind = \"imaging\"\ntiming = \"ongoing\"\ndates = [2026-10-01]"), "ongoing");
    let both = timing("kind = \"imaging\"\ntiming = \"not-yet-given\"\ndates = [2026-10-01]");
    assert_eq!(both, "! not-yet-given: service.timing, given: service.dates");
}

#[test]
fn access_to_review_needs_a_recommendation_a_visit_or_an_emergency() {
    let access = |lines: &str| words(&draft().service(lines).facts(), Fact::ImrAccess);
    assert_eq!(access("kind = \"imaging\""), "?");
    assert_eq!(access("kind = \"imaging\"\nrecommended_by = \"Dr. Eli Example\""), "yes");
    assert_eq!(access("kind = \"imaging\"\nseen_by_plan_provider = true"), "yes");
    assert_eq!(access("kind = \"imaging\"\nseen_by_plan_provider = false"), "no");
    assert_eq!(access("kind = \"emergency\"\nseen_by_plan_provider = false"), "yes");
}

#[test]
fn a_certification_needs_all_its_parts() {
    let certified = |lines: &str| {
        let text = format!("[condition.certification]\n{lines}\n");
        words(&draft().rest(&text).facts(), Fact::Certification)
    };
    let base = "physician = \"Dr. Eli Example\"\nstandard_therapy = \"ineffective\"";
    let two = "documents = [\"One\", \"Two\"]";
    assert_eq!(words(&draft().facts(), Fact::Certification), "?");
    assert_eq!(certified(base), "?");
    assert_eq!(certified(two), "?");
    assert_eq!(certified(&format!("{base}\ndocuments = [\"One\"]")), "?");
    assert_eq!(certified(&format!("{base}\n{two}")), "yes");
    assert_eq!(certified(&format!("{base}\nplan_physician = true")), "?");
    assert_eq!(certified(&format!("{base}\nplan_physician = true\nmore_beneficial = true")), "yes");
    let refused = draft().condition("certification_refused = true").facts();
    assert_eq!(words(&refused, Fact::Certification), "no");
}

#[test]
fn severity_needs_both_answers_to_be_neither() {
    let severity = |lines: &str| words(&draft().condition(lines).facts(), Fact::Severity);
    assert_eq!(severity("life_threatening = false"), "?");
    assert_eq!(severity("life_threatening = false\nseriously_debilitating = false"), "neither");
    assert_eq!(severity("seriously_debilitating = true"), "seriously-debilitating");
    assert_eq!(
        severity("life_threatening = true\nseriously_debilitating = true"),
        "life-threatening"
    );
}

#[test]
fn a_second_opinion_not_yet_asked_for_is_told_apart() {
    let request = |outcome: &str, lines: &str| {
        let d = draft().denial("outcome", &format!("\"{outcome}\"")).service(lines);
        words(&d.facts(), Fact::Request)
    };
    assert_eq!(request("no-decision", "kind = \"second-opinion\""), "not-made");
    assert_eq!(request("no-decision", "kind = \"second-opinion\"\nrequested = 2026-10-01"), "made");
    assert_eq!(request("denied", "kind = \"second-opinion\""), "made");
    assert_eq!(request("no-decision", "kind = \"imaging\""), "?");
    assert_eq!(request("no-decision", "kind = \"imaging\"\nrequest = \"not-made\""), "not-made");
}

#[test]
fn every_service_has_its_own_facts() {
    let case = draft()
        .rest("[[service]]\nkind = \"drug\"\nground = [\"not-on-formulary\"]\n")
        .denial("ground", "[\"network\"]")
        .case();
    let told = |i: usize| {
        format!("{} {}", words(&case.facts[i], Fact::Service), words(&case.facts[i], Fact::Ground))
    };
    assert_eq!([told(0), told(1)], ["imaging network", "drug not-on-formulary"]);
}

#[test]
fn a_record_built_by_hand_is_checked_too() {
    let record = draft().load().record;
    let (case, found) = Loaded::of(record, "row 7").check(as_of());
    assert!(case.is_some() && found.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survive(&record::read(&bytes, "x"));
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,200}") {
        survive(&record::load(&text, "x"));
    }

    #[test]
    fn a_record_with_a_piece_torn_out_is_read_without_a_panic(
        from in 0..FULL.len(), length in 0_usize..200, put in "[\\[\\]=\"'#\n\u{1b}\u{202e}é0-9a-z{}. -]{0,12}"
    ) {
        let at = |i: usize| (i..=FULL.len()).find(|i| FULL.is_char_boundary(*i)).unwrap();
        let (from, to) = (at(from), at((from + length).min(FULL.len())));
        let torn = format!("{}{put}{}", &FULL[..from], &FULL[to..]);
        survive(&record::load(&torn, "x"));
    }

    #[test]
    fn whatever_stands_in_a_key_is_read_without_a_panic(i in 0..KEYS.len(), value in prop_oneof![
        "[0-9:TZ.+-]{1,24}", "\"[ -!#-~\u{e9}\u{3042}]{0,30}\"", "[a-zA-Z “”]{1,20}",
        Just("[]".to_owned()), Just("{}".to_owned()), Just("[{}]".to_owned()), Just("[[1]]".to_owned()),
    ]) {
        let key = &KEYS[i];
        let text = with_table(key, true)
            .replacen(&format!("{} = {}", key.name, sample(key)), &format!("{} = {value}", key.name), 1);
        survive(&record::load(&text, "x"));
    }
}

/// Nothing panics on the way to the facts and to the screen, and nothing dangerous reaches it.
fn survive(loaded: &Loaded) {
    let (case, found) = loaded.check(as_of());
    assert_eq!(case.is_none(), has_errors(&found));
    let shown = render(&found, &loaded.source, false);
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
    let brief = appeal::diag::brief(&found, &loaded.source);
    assert_eq!(brief.lines().count(), found.len());
    for fault in &found {
        for label in &fault.labels {
            assert!(loaded.source.text.get(label.span.clone()).is_some(), "{fault:?}");
        }
    }
}
