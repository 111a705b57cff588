//! The packs that ship, and what is said of a pack that does not hold together.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use appeal::facts::{Fact, Facts};
use appeal::law::{Law, Mark, Pack};
use appeal::letter::{Input, Templates, write};
use appeal::ruling::decide;
use appeal::{packet, record};
use chrono::NaiveDate;

fn builtin() -> Law {
    Law::builtin().unwrap_or_else(|e| panic!("{e}"))
}

// ------------------------------------------------------------------------- the packs that ship

#[test]
fn the_shipped_packs_hold_together() {
    let law = builtin();
    assert!(law.packs().count() >= 20);
    assert!(law.router().is_some());
    // With a folder, even an empty one, everything is checked.
    let folder = tempfile::tempdir().unwrap();
    Law::with_dir(folder.path()).unwrap_or_else(|e| panic!("{e}"));
}

/// Sections that no letter, sheet or trace may name, and where the sheets say so.
const DENIED: &[(&str, &str, &str)] = &[
    ("hsc", "1383.1", "it makes plans file a policy; the right is 1383.15 (guard F14)"),
    ("hsc", "1374.37", "the bill did not pass (guard F21)"),
    ("ins", "10123.201", "not verified"),
    ("ins", "10123.193", "not verified"),
    ("ins", "10123.1932", "not verified"),
    ("45cfr", "147.137", "no such rule (guard W2)"),
];

#[test]
fn nothing_on_the_deny_lists_is_registered() {
    let law = builtin();
    for (id, authority) in law.registry().iter() {
        for (code, section, why) in DENIED {
            let named = authority.code == *code && authority.section == *section;
            assert!(!named, "{id}: {why}");
        }
    }
    for entry in fs::read_dir("law").unwrap() {
        let path = entry.unwrap().path();
        // What is refused is named there to say so.
        let mut pack: toml::Table = match path.extension().is_some_and(|e| e == "toml") {
            true => fs::read_to_string(&path).unwrap().parse().unwrap(),
            false => continue,
        };
        pack.remove("refused");
        let text = format!("{pack:?}");
        for never in ["1383.1 ", "1383.1\"", "1374.37", "SB 294", "SB 306", "147.137"] {
            assert!(!text.contains(never), "{}: {never}", path.display());
        }
    }
}

#[test]
fn the_right_to_a_second_opinion_rests_on_the_section_that_grants_it() {
    let law = builtin();
    for (pack, prefix) in [("us-ca-dmhc", "hsc-1383.15"), ("us-ca-cdi", "ins-10123.68")] {
        let pack = law.pack(pack).unwrap();
        let rights =
            pack.right.iter().filter(|r| r.authorities.iter().any(|a| a.starts_with(prefix)));
        assert!(rights.count() > 0, "{prefix}");
    }
}

#[test]
fn times_of_a_bill_that_may_have_been_vetoed_are_not_law_here() {
    // Utilization review stays at five business days and 72 hours: dmhc.md 5.1.
    for pack in builtin().packs() {
        for (id, deadline) in &pack.deadline {
            for value in &deadline.value {
                let cites = value
                    .authorities
                    .iter()
                    .any(|a| a.contains("1367.01-h") || a.contains("10123.135"));
                let new =
                    ["3 business days", "24 hours", "48 hours"].contains(&value.period.as_str());
                let notice = deadline.action.contains("tell");
                assert!(!cites || !new || notice, "{}.{id}: {}", pack.pack.id, value.period);
            }
        }
    }
}

#[test]
fn the_department_of_managed_health_care_has_one_name_and_address() {
    // Guards F6 and F17.
    let law = builtin();
    let contacts: Vec<_> =
        law.packs().flat_map(|p| p.contact.values()).filter(|c| c.forum == "dmhc").collect();
    assert_eq!(contacts.len(), 1);
    let contact = contacts[0];
    assert!(contact.name.contains("Department of Managed Health Care"), "{}", contact.name);
    assert!(contact.address.iter().any(|l| l.ends_with("Sacramento, CA 95814")));
    assert_eq!(contact.phone.as_deref(), Some("1-888-466-2219"));
}

#[test]
fn no_wrong_number_or_name_of_an_agency_stands_in_a_pack() {
    for entry in fs::read_dir("law").unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for never in ["927-4397", "95814-", "Department of Managed Care"] {
            assert!(!text.contains(never), "{}: {never}", path.display());
        }
    }
    // Guard W6; and the fax number of F17 is printed with the word that nobody confirmed it.
    for pack in builtin().packs() {
        for contact in pack.contact.values().filter(|c| c.forum == "cdi") {
            assert_eq!(contact.phone.as_deref(), Some("1-800-927-4357"), "{}", contact.name);
            let doubted = contact.note.as_deref().is_some_and(|n| n.contains("not confirmed"));
            assert!(contact.fax.is_none() || doubted, "{}", contact.name);
        }
    }
}

#[test]
fn every_contact_says_how_it_is_confirmed_and_can_be_reached() {
    for pack in builtin().packs() {
        for (id, contact) in &pack.contact {
            // Where nothing was read at source, the note says which paper prints it.
            let reach = [&contact.phone, &contact.url, &contact.fax, &contact.note];
            assert!(
                !contact.address.is_empty() || reach.iter().any(|r| r.is_some()),
                "{id} cannot be reached"
            );
            assert!(!matches!(contact.mark, Mark::Denied | Mark::Doubt), "{id}");
        }
    }
}

/// Every authority that a pack names somewhere.
fn named(pack: &Pack) -> BTreeSet<&str> {
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    ids.extend(pack.stage.values().flat_map(|s| &s.authorities).map(String::as_str));
    ids.extend(pack.row.iter().flat_map(|r| &r.authorities).map(String::as_str));
    ids.extend(pack.right.iter().flat_map(|r| &r.authorities).map(String::as_str));
    for deadline in pack.deadline.values() {
        ids.extend(deadline.value.iter().flat_map(|v| &v.authorities).map(String::as_str));
        ids.extend(deadline.later.iter().flat_map(|l| &l.authorities).map(String::as_str));
        ids.extend(deadline.roll.as_deref());
    }
    ids
}

#[test]
fn every_authority_is_used() {
    let law = builtin();
    let mut used: BTreeSet<&str> = law.packs().flat_map(named).collect();
    used.extend(law.registry().iter().filter_map(|(_, a)| a.through.as_deref()));
    let idle: Vec<&str> =
        law.registry().iter().map(|(id, _)| id).filter(|id| !used.contains(id)).collect();
    assert!(idle.is_empty(), "in no rule: {idle:?}");
}

#[test]
fn every_authority_says_what_it_says_and_when_it_was_read() {
    for (id, authority) in builtin().registry().iter() {
        assert!(authority.says.ends_with('.'), "{id}: {}", authority.says);
        assert!(authority.says.len() < 300, "{id}: own words, not a copy");
        assert!(!authority.mark.contains(&Mark::Denied), "{id}");
        assert!(
            authority.pin.is_empty() || authority.pin.starts_with('('),
            "{id}: {}",
            authority.pin
        );
    }
}

// ------------------------------------------------------------------------- faults in a pack

/// The smallest pack that holds together. What stands in it is invented.
const SMALL: &str = r#"
schema = 1

[pack]
id       = "zz-test"
name     = "A made-up forum"
calendar = "us-ca"
reviewed = 2026-11-21
oldest   = 2020-01-01

[code."zz"]
short  = "Zz § "
long   = "Code of Zz, section "
family = "other-state"

[authority."zz-1"]
code    = "zz"
section = "1"
says    = "A denial can be appealed."
mark    = ["text"]
checked = 2026-11-21

[contact."zz-board"]
name    = "Board of Zz"
forum   = "zz"
address = ["1 Example Street", "Exampleville, ZZ 00001"]
mark    = "text"
checked = 2026-11-21

[event.denied]
says = "the day of the notice"
from = ["notice-dated"]

[stage."zz-appeal"]
title       = "Appeal to the Board of Zz"
recipient   = "zz-board"
letter      = "internal-appeal"
authorities = ["zz-1"]

[[row]]
id    = "1"
says  = "The Board of Zz decides."
stage = "zz-appeal"

[deadline.file]
rules   = ["zz.1"]
stage   = "zz-appeal"
actor   = "member"
action  = "appeal to the Board of Zz"
says    = "An appeal is made within 30 days of the notice."
trigger = "denied"
value   = [{ from = 2020-01-01, period = "30 days", mark = ["text"], authorities = ["zz-1"] }]
"#;

/// Loads the shipped law with one more pack.
fn load(pack: &str) -> Result<Law, String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("zz-test.toml"), pack).unwrap();
    Law::with_dir(folder.path()).map_err(|e| {
        let mut text = e.to_string();
        let mut cause: &dyn std::error::Error = &e;
        while let Some(next) = cause.source() {
            text = format!("{text}\n{next}");
            cause = next;
        }
        text
    })
}

/// Changes the small pack and returns what is said of it.
#[track_caller]
fn said(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from:?} is not in the small pack");
    load(&SMALL.replacen(from, to, 1)).err().unwrap_or_else(|| panic!("taken with {to:?}"))
}

#[test]
fn the_small_pack_holds_together() {
    let law = load(SMALL).unwrap_or_else(|e| panic!("{e}"));
    assert!(law.pack("zz-test").is_some());
    assert_eq!(law.registry().letter("zz-1").as_deref(), Some("Code of Zz, section 1"));
}

#[test]
fn faults_of_a_pack_are_named_with_their_place() {
    let row = "says  = \"The Board of Zz decides.\"";
    let end = "authorities = [\"zz-1\"] }]";
    let two = "authorities = [\"zz-1\"] }, { from = 2025-01-01, period = \"60 days\", mark = [\"text\"], authorities = [\"zz-1\"] }]";
    let backwards = "to = 2019-01-01, authorities = [\"zz-1\"] }]";
    let cycle = "[event.denied]\nsays = \"a\"\nfrom = [\"other\"]\n[event.other]\nsays = \"b\"\nfrom = [\"denied\"]\n[event.third]";
    for (from, to, message) in [
        (
            row,
            "says = \"x\"\nif = { when = { fundng = \"insured\" } }",
            "zz-test: row `1`: no fact `fundng`",
        ),
        (
            row,
            "says = \"x\"\nif = { when = { funding = \"insurd\" } }",
            "zz-test: row `1`: `insurd` is no word of `funding`",
        ),
        (
            row,
            "says = \"x\"\nif = { unless = { funding = \"@no-list\" } }",
            "zz-test: no list of words `no-list`",
        ),
        (
            row,
            "says = \"x\"\nif = { has = [\"no-event\"] }",
            "zz-test: row `1`: no event or date `no-event`",
        ),
        (
            row,
            "says = \"x\"\nif = { clock = { no-clock = [\"late\"] } }",
            "zz-test: row `1`: no deadline `no-clock`",
        ),
        (
            row,
            "says = \"x\"\nneeds = [\"shoe-size\"]",
            "zz-test: row `1`: nothing called `shoe-size` can be asked for",
        ),
        (row, "says = \"x\"\nalso = [\"zz-second\"]", "zz-test: row `1`: no stage `zz-second`"),
        (row, "says = \"x\"\nauthorities = [\"zz-2\"]", "zz-test: row `1`: no authority `zz-2`"),
        (
            "stage = \"zz-appeal\"\n\n",
            "stage = \"zz-apeal\"\n\n",
            "zz-test: row `1`: no stage `zz-apeal`",
        ),
        (
            "stage = \"zz-appeal\"\n\n",
            "\n\n",
            "zz-test: row `1`: needs one of `track`, `stage` or `adds`",
        ),
        (
            "stage = \"zz-appeal\"\n\n",
            "track = \"zz-none\"\n\n",
            "zz-test: row `1`: no pack `zz-none`",
        ),
        (
            "recipient   = \"zz-board\"",
            "recipient = \"zz-bord\"",
            "zz-test: stage `zz-appeal`: no contact `zz-bord`",
        ),
        ("code    = \"zz\"", "code = \"yy\"", "authority `zz-1`: no code `yy`"),
        (
            "mark    = [\"text\"]",
            "mark = []",
            "authority `zz-1`: no mark says how well it is confirmed",
        ),
        (
            "mark    = [\"text\"]",
            "mark = [\"text\"]\nthrough = \"zz-9\"",
            "authority `zz-1`: no authority `zz-9` to pass through",
        ),
        ("calendar = \"us-ca\"", "calendar = \"mars\"", "zz-test: pack: no calendar `mars`"),
        (
            "from = [\"notice-dated\"]",
            "from = [\"notice-datd\"]",
            "zz-test: event `denied`: no event or date `notice-datd`",
        ),
        ("from = [\"notice-dated\"]", "from = []", "zz-test: event `denied`: needs one of `from`"),
        ("[event.denied]", cycle, "zz-test: event `denied`: depends on itself"),
        (
            "trigger = \"denied\"",
            "trigger = \"dinied\"",
            "zz-test: deadline `file`: no event or date `dinied`",
        ),
        (
            "rules   = [\"zz.1\"]",
            "rules = []",
            "zz-test: deadline `file`: names no rule of the law sheets",
        ),
        (
            "period = \"30 days\"",
            "period = \"30 dayz\"",
            "zz-test: deadline `file`: `30 dayz` is not a period",
        ),
        (
            "period = \"30 days\"",
            "period = \"6 months\"",
            "zz-test: deadline `file`: counts months and does not say `short-month`",
        ),
        (
            end,
            two,
            "zz-test: deadline `file`: `30 days` from 2020-01-01 and `60 days` from 2025-01-01 are both in force",
        ),
        (end, backwards, "zz-test: deadline `file`: a value ends before it starts"),
        ("schema = 1", "schema = 2", "zz-test: schema 2 is not one this program reads"),
        (
            "id       = \"zz-test\"",
            "id = \"zz-other\"",
            "zz-test.toml: holds pack `zz-other`; a file is named after its pack",
        ),
        (
            "[authority.\"zz-1\"]",
            "[authority.\"gov-6800\"]\ncode = \"zz\"\nsection = \"1\"\nsays = \"x.\"\nmark = [\"text\"]\nchecked = 2026-11-21\n[authority.\"zz-1\"]",
            "zz-test: authority `gov-6800` is defined twice",
        ),
        (
            "[code.\"zz\"]",
            "[code.\"hsc\"]\nshort = \"\"\nlong = \"\"\nfamily = \"federal\"\n[code.\"zz\"]",
            "zz-test: code `hsc` is defined twice",
        ),
        (
            "[contact.\"zz-board\"]",
            "[contact.\"dmhc-help-center\"]\nname = \"x\"\nforum = \"x\"\nmark = \"text\"\nchecked = 2026-11-21\n[contact.\"zz-board\"]",
            "zz-test: contact `dmhc-help-center` is defined twice",
        ),
        (
            "calendar = \"us-ca\"",
            "calendar = \"us-ca\"\nrouter = true",
            "2 packs say they are the router",
        ),
    ] {
        let text = said(from, to);
        // Ids of packs come in order, so a doubled id is told of whichever pack came second.
        let twice = message.strip_prefix("zz-test: ").filter(|m| m.ends_with("twice"));
        assert!(text.contains(twice.unwrap_or(message)), "{message}\nis not in\n{text}");
    }
}

#[test]
fn faults_of_shape_are_named_with_file_and_line() {
    for (from, to, message) in [
        ("calendar = \"us-ca\"", "calender = \"us-ca\"", "unknown field `calender`"),
        ("actor   = \"member\"", "actor = \"neighbour\"", "unknown variant `neighbour`"),
        ("reviewed = 2026-11-21", "reviewed = \"2026-11-21\"", "reviewed"),
        ("rules   = [\"zz.1\"]", "rules = [\"zz.1\"]\nvalu = []", "unknown field `valu`"),
        ("mark    = [\"text\"]", "mark = [\"sure\"]", "unknown variant `sure`"),
        ("[deadline.file]", "[deadline.file", "TOML parse error"),
        ("[event.denied]", "[event.denied]\nsays = \"twice\"", "duplicate key"),
    ] {
        let text = said(from, to);
        assert!(text.contains("zz-test.toml"), "{text}");
        assert!(text.contains("line "), "{text}");
        assert!(text.contains(message), "{message}\nis not in\n{text}");
    }
}

#[test]
fn every_fault_of_a_pack_is_named_at_once() {
    let text = load(
        &SMALL
            .replace("30 days", "30 dayz")
            .replace("trigger = \"denied\"", "trigger = \"dinied\"")
            .replace(
                "letter      = \"internal-appeal\"\nauthorities = [\"zz-1\"]",
                "authorities = [\"zz-7\"]",
            ),
    )
    .err()
    .unwrap();
    for fault in ["30 dayz", "dinied", "zz-7"] {
        assert!(text.contains(fault), "{fault} is not in\n{text}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_an_error_with_its_path() {
    let error = Law::with_dir(Path::new("no/such/folder")).unwrap_err();
    assert!(error.to_string().contains("no/such/folder"), "{error}");
}

// ------------------------------------------------------------------------- a forum from a folder

#[test]
fn a_made_up_forum_rules_without_a_change_in_the_program() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("zz-test.toml"), SMALL).unwrap();
    let routing = fs::read_to_string("law/routing.toml").unwrap();
    let first = routing.find("[[row]]").unwrap();
    let row = "[[row]]\nid = \"zz\"\nsays = \"The Board of Zz has the case.\"\n\
               if = { when = { program = \"sharing-ministry\" } }\ntrack = \"zz-test\"\n\n";
    let routing = format!("{}{row}{}", &routing[..first], &routing[first..]);
    fs::write(folder.path().join("routing.toml"), routing).unwrap();
    let law = Law::with_dir(folder.path()).unwrap_or_else(|e| panic!("{e}"));

    let as_of = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let text = fs::read_to_string("fixtures/full.toml")
        .unwrap()
        .replace("program   = \"commercial\"", "program = \"sharing-ministry\"")
        .replace("regulator = \"dmhc\"", "regulator = \"other\"");
    let (case, faults) = record::read(text.as_bytes(), "record.toml").check(as_of);
    let case = case.unwrap_or_else(|| panic!("{faults:?}"));
    let disputes = packet::rule(&case, &law, as_of).unwrap_or_else(|e| panic!("{e}"));
    let ruling = &disputes[0].ruling;
    assert_eq!(ruling.track, "zz-test");
    assert_eq!(ruling.stage, "zz-appeal");
    assert_eq!(ruling.forum, "zz");
    assert_eq!(ruling.recipient.name, "Board of Zz");
    let dates: Vec<_> = ruling.deadlines.iter().map(|d| (d.id.as_str(), d.file_by)).collect();
    assert_eq!(dates, [("zz-test.file", NaiveDate::from_ymd_opt(2026, 11, 19))]);
    assert_eq!(ruling.authorities[0].citation, "Zz § 1");
}

/// A pack that takes the policies of one state, without a change in the router.
fn a_state(state: &str) -> String {
    let route = format!(
        "reviewed = 2026-11-21\nroute = {{ row = \"21\", if = {{ when = {{ issued-in = \"{state}\" }} }} }}\n"
    );
    SMALL.replacen("reviewed = 2026-11-21\n", &route, 1)
}

#[test]
fn a_made_up_state_is_a_pack_and_nothing_else() {
    let law = load(&a_state("wyoming")).unwrap_or_else(|e| panic!("{e}"));
    let as_of = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let track = |state: &str| {
        let text = fs::read_to_string("fixtures/full.toml")
            .unwrap()
            .replace("issued_in = \"CA\"", &format!("issued_in = \"{state}\""))
            .replace("regulator = \"dmhc\"", "regulator = \"other\"");
        let (case, faults) = record::read(text.as_bytes(), "record.toml").check(as_of);
        let case = case.unwrap_or_else(|| panic!("{faults:?}"));
        let disputes = packet::rule(&case, &law, as_of).unwrap_or_else(|e| panic!("{e}"));
        let ruling = &disputes[0].ruling;
        (ruling.track.clone(), ruling.stage.clone(), ruling.recipient.name.clone())
    };
    let told = |state| {
        let (track, stage, name) = track(state);
        format!("{track}, {stage}, {name}")
    };
    assert_eq!(told("WY"), "zz-test, zz-appeal, Board of Zz");
    // A neighbour without a pack stays with the router's own track.
    assert!(told("NV").starts_with("us-other-state, other-forum"), "{}", told("NV"));
}

#[test]
fn business_days_of_someone_whose_holidays_are_not_on_file_are_no_date_in_a_letter() {
    let written = |calendar: &str| {
        let pack = a_state("wyoming").replace("calendar = \"us-ca\"", calendar)
            + "\n[deadline.\"zz-appeal.decide\"]\nrules = [\"zz.2\"]\nstage = \"zz-appeal\"\nactor = \"plan\"\n\
               action = \"decide\"\nsays = \"An appeal is decided within 35 business days.\"\n\
               trigger = \"information-received\"\n\
               value = [{ from = 2020-01-01, period = \"35 business days\", mark = [\"text\"], authorities = [\"zz-1\"] }]\n";
        let law = load(&pack).unwrap_or_else(|e| panic!("{e}"));
        let as_of = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let text = fs::read_to_string("fixtures/full.toml")
            .unwrap()
            .replace("issued_in = \"CA\"", "issued_in = \"WY\"")
            .replace("regulator = \"dmhc\"", "regulator = \"other\"");
        let (case, faults) = record::read(text.as_bytes(), "record.toml").check(as_of);
        let case = case.unwrap_or_else(|| panic!("{faults:?}"));
        let disputes = packet::rule(&case, &law, as_of).unwrap_or_else(|e| panic!("{e}"));
        let ruling = &disputes[0].ruling;
        let input = Input {
            record: &case.record,
            services: &[0],
            ruling,
            stage: &ruling.stage,
            final_: true,
        };
        let letter =
            write(&input, &Templates::builtin().unwrap()).unwrap_or_else(|e| panic!("{e}"));
        (ruling.deadlines.iter().any(|d| d.about), letter.markdown.to_string())
    };
    // From October 5: 19 working days of October, and 16 of November without the 11th.
    let day = "November 24, 2026";
    let (about, letter) = written("calendar = \"us-ca\"\ncalendar-against = \"us-ca-plan\"");
    assert!(
        !about && letter.contains("within 35 business days") && letter.contains(day),
        "{letter}"
    );
    let (about, letter) = written("calendar = \"us-ca\"");
    assert!(
        about && letter.contains("within 35 business days") && !letter.contains(day),
        "{letter}"
    );
}

#[test]
fn two_packs_do_not_take_the_same_cases() {
    let said =
        load(&a_state("wyoming").replacen("row = \"21\"", "row = \"no-row\"", 1)).unwrap_err();
    assert!(said.contains("zz-test: pack: the router has no row `no-row`"), "{said}");
    let said = load(&a_state("no-state")).unwrap_err();
    assert!(said.contains("zz-test: pack: `no-state` is no word of `issued-in`"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("zz-test.toml"), a_state("wyoming")).unwrap();
    let other = "schema = 1\n[pack]\nid = \"zz-other\"\nname = \"Other\"\nreviewed = 2026-11-21\noldest = 2020-01-01\nroute = { row = \"21\", if = { when = { issued-in = [\"nevada\", \"wyoming\"] } } }\n";
    fs::write(folder.path().join("zz-other.toml"), other).unwrap();
    let said = Law::with_dir(folder.path()).unwrap_err().to_string();
    assert!(said.contains("takes cases of row `21` that `zz-test` may take too"), "{said}");
}

#[test]
fn a_notice_older_than_the_law_on_file_is_refused_not_ruled() {
    let law = builtin();
    let mut facts = Facts::default();
    for (fact, word) in [
        (Fact::Program, "commercial"),
        (Fact::Funding, "insured"),
        (Fact::Regulator, "dmhc"),
        (Fact::IssuedIn, "california"),
        (Fact::Outcome, "denied"),
        (Fact::Ground, "network"),
        (Fact::Service, "surgery"),
    ] {
        facts.set(fact, word);
    }
    let day = NaiveDate::from_ymd_opt(1999, 1, 4).unwrap();
    facts.add_date(appeal::facts::DateName::find("notice-dated").unwrap(), day.into());
    let conflict = decide(&facts, &law, day).unwrap_err();
    assert!(!conflict.to_string().is_empty());
}

#[test]
fn a_refused_citation_names_one_thing_that_no_letter_prints() {
    let with =
        |entry: &str| load(&format!("{SMALL}\n[[refused]]\nsays = \"it is wrong\"\n{entry}\n"));
    for good in ["bill = \"ZB 1\"", "period = \"40 days\"", "code = \"hsc\"\nsection = \"9999\""] {
        let law = with(good).unwrap_or_else(|e| panic!("{good}: {e}"));
        assert!(law.registry().refused().iter().any(|r| r.says == "it is wrong"));
    }
    for (bad, message) in [
        ("", "refused: needs one of `section`, `bill` or `period`"),
        ("bill = \"ZB 1\"\nperiod = \"40 days\"", "refused: needs one of"),
        ("section = \"9999\"", "refused section `9999`: `code` and `pin` go with `section`"),
        ("code = \"zz-no\"\nsection = \"9999\"", "refused section `9999`: no such code"),
        ("period = \"forty days\"", "refused period `forty days`: is not a period"),
        ("bill = \"ZB 1\"\ninstead = \"nope\"", "refused bill `ZB 1`: no authority `nope`"),
        ("bill = \"ZB 1\"\ntracks = [\"nope\"]", "refused bill `ZB 1`: no pack `nope`"),
        (
            "code = \"hsc\"\nsection = \"1368.01\"",
            "refused section `1368.01`: authority `hsc-1368.01-a` lets every letter print it",
        ),
    ] {
        let said = with(bad).unwrap_err();
        assert!(said.contains(message), "{message}\nis not in\n{said}");
    }
}
