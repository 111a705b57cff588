//! The people of a letter: the member, who writes for the member, the plan, the addressee.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::mark::Text;
use crate::record;
use crate::ruling::{self, Ruling};

/// The member.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Member {
    /// Name as on the card.
    pub name: Text,
    /// Date of birth.
    pub birth_date: String,
    /// Number on the card.
    pub member_id: Text,
    /// Group number.
    pub group: Text,
    /// The subscriber, if someone else.
    pub subscriber: Text,
    /// The employer, if coverage comes from a job.
    pub employer: Text,
    /// Address lines; empty where contact is not safe.
    pub address: Vec<Text>,
    /// Telephone; none where contact is not safe.
    pub phone: Text,
    /// E-mail; none where contact is not safe.
    pub email: Text,
    /// Preferred language, if not English.
    pub language: Text,
    /// Whether letters are wanted in that language.
    pub correspond_in_language: bool,
    /// Gender, for the forms that ask.
    pub gender: Text,
    /// Whether the member's own contact details may be printed.
    pub safe_contact: bool,
}

pub(super) fn member(m: &record::Member) -> Member {
    let open = m.safe_contact;
    Member {
        name: text(&m.name),
        birth_date: m.birth_date.map(|d| d.to_string()).unwrap_or_default(),
        member_id: text(&m.member_id),
        group: text(&m.group),
        subscriber: text(&m.subscriber),
        employer: text(&m.employer),
        address: if open { texts(&m.address) } else { Vec::new() },
        phone: if open { text(&m.phone) } else { Text::default() },
        email: if open { text(&m.email) } else { Text::default() },
        language: m
            .language
            .as_deref()
            .filter(|l| !l.trim().eq_ignore_ascii_case("english"))
            .map(Text::typed)
            .unwrap_or_default(),
        correspond_in_language: m.correspond_in_language,
        gender: text(&m.gender),
        safe_contact: open,
    }
}

/// Who writes for the member.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Representative {
    /// Name.
    pub name: Text,
    /// Firm, clinic or practice.
    pub organization: Text,
    /// Address lines.
    pub address: Vec<Text>,
    /// Telephone.
    pub phone: Text,
    /// Fax.
    pub fax: Text,
    /// E-mail.
    pub email: Text,
    /// State Bar number.
    pub bar_number: Text,
    /// `parent`, `guardian`, `conservator`, `attorney`, `advocate`, `provider`, `family`, `estate`,
    /// `other`.
    pub relationship: String,
    /// `enclosed`, `on-file`, `none`.
    pub authorization: String,
    /// Whether the exhibits already hold the authorization.
    pub authorization_listed: bool,
}

pub(super) fn representative(
    r: &record::Representative,
    all: &[record::Exhibit],
) -> Representative {
    let name = text(&r.name).plain().to_lowercase();
    let is_authorization = |e: &record::Exhibit| {
        let title = e.title.to_lowercase();
        ["authorized assistant", "assistant form", "signed authorization", "of representative"]
            .iter()
            .any(|words| title.contains(words))
            || !name.is_empty() && title.contains("authoriz") && title.contains(&name)
    };
    Representative {
        name: text(&r.name),
        organization: text(&r.organization),
        address: texts(&r.address),
        phone: text(&r.phone),
        fax: text(&r.fax),
        email: text(&r.email),
        bar_number: text(&r.bar_number),
        relationship: r.relationship.clone().unwrap_or_default(),
        authorization: r.authorization.clone().unwrap_or_default(),
        authorization_listed: all.iter().any(is_authorization),
    }
}

/// Who signs.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Signer {
    /// Name below the signature.
    pub name: Text,
    /// In what role: "Member", "Parent", "Attorney", "Representative of the estate".
    pub role: &'static str,
    /// How the signer speaks: "I", or "we" for an organization.
    pub pronoun: &'static str,
    /// The same at the start of a sentence: "I", "We".
    pub pronoun_first: &'static str,
    /// Whether the member signs.
    pub is_member: bool,
    /// Whether the law lets the signer act without a written authorization: a parent, guardian,
    /// conservator, or the estate.
    pub acts_by_law: bool,
}

pub(super) fn signer(record: &record::Record) -> Signer {
    let Some(r) = &record.representative else {
        return Signer {
            name: text(&record.member.name),
            role: "Member",
            pronoun: "I",
            pronoun_first: "I",
            is_member: true,
            acts_by_law: true,
        };
    };
    let relationship = r.relationship.as_deref().unwrap_or("other");
    Signer {
        name: text(&r.name),
        role: match relationship {
            "parent" => "Parent",
            "guardian" => "Guardian",
            "conservator" => "Conservator",
            "attorney" => "Attorney",
            "advocate" => "Advocate",
            "provider" => "Treating provider",
            "family" => "Family member",
            "estate" => "Representative of the estate",
            _ => "Authorized representative",
        },
        pronoun: if text(&r.organization).is_empty() { "I" } else { "we" },
        pronoun_first: if text(&r.organization).is_empty() { "I" } else { "We" },
        is_member: false,
        acts_by_law: matches!(relationship, "parent" | "guardian" | "conservator" | "estate"),
    }
}

/// Words that fit who signs. Where the member signs: "I", "me", "my"; a parent says "my child";
/// otherwise the member's name.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Voice {
    /// "I" or the member's name, at the start of a sentence.
    pub subject: Text,
    /// "I", "my child", "the member" or "the estate", where the name stands close by.
    pub again: &'static str,
    /// "I" or "The member", at the start of a sentence.
    pub again_first: &'static str,
    /// "me" or "the member".
    pub object: &'static str,
    /// Whom papers and answers go to: "me", "us", "the member".
    pub to: &'static str,
    /// What stands before the words of the statement: "In my own words", "In the member's own
    /// words", "In the words of Lee Example (parent)".
    pub words: Text,
    /// The same within a sentence.
    pub words_within: Text,
    /// What a plan is asked: "Please" to itself, "The plan should" to an agency.
    pub please: String,
    /// "my" or the member's name with 's.
    pub possessive: Text,
    /// "my" or "the member's".
    pub own: &'static str,
    /// "My" or "The member's".
    pub own_first: &'static str,
    /// "am" or "is", after `again`.
    pub be: &'static str,
    /// "have", "has", or for an estate "had", after `subject`.
    pub have: &'static str,
    /// "ask" or "asks".
    pub ask: &'static str,
}

pub(super) fn voice(record: &record::Record, side: &str, to_plan: bool) -> Voice {
    let please = if to_plan { "Please".to_owned() } else { format!("The {side} should") };
    let Some(r) = &record.representative else {
        return Voice {
            subject: Text::ours("I"),
            again: "I",
            again_first: "I",
            object: "me",
            to: "me",
            words: Text::ours("In my own words"),
            words_within: Text::ours("in my own words"),
            please,
            possessive: Text::ours("my"),
            own: "my",
            own_first: "My",
            be: "am",
            have: "have",
            ask: "ask",
        };
    };
    let name = text(&record.member.name);
    let or = |words: &str| if name.is_empty() { Text::ours(words) } else { name.clone() };
    let signer = signer(record);
    let child = r.relationship.as_deref() == Some("parent") && signer.pronoun == "I";
    let estate = r.relationship.as_deref() == Some("estate");
    let pick = |of_child, of_estate, other| match (child, estate) {
        (true, _) => of_child,
        (_, true) => of_estate,
        _ => other,
    };
    Voice {
        subject: or("The member"),
        again: pick("my child", "the estate", "the member"),
        again_first: pick("My child", "The estate", "The member"),
        object: pick("my child", "the estate", "the member"),
        to: match (signer.acts_by_law, signer.pronoun) {
            (false, _) => "the member",
            (true, "I") => "me",
            (true, _) => "us",
        },
        words: words_of("In", &signer, r.relationship.as_deref().unwrap_or("other")),
        words_within: words_of("in", &signer, r.relationship.as_deref().unwrap_or("other")),
        please,
        possessive: or("the member").then("'s"),
        own: pick("my child's", "the member's", "the member's"),
        own_first: pick("My child's", "The member's", "The member's"),
        be: "is",
        have: if estate { "had" } else { "has" },
        ask: "asks",
    }
}

/// Who acts by law, or in an unnamed role, tells the story; the others pass the member's words on.
fn words_of(start: &str, signer: &Signer, relationship: &str) -> Text {
    if matches!(relationship, "attorney" | "advocate" | "provider" | "family") {
        return Text::ours(&format!("{start} the member's own words"));
    }
    let role = signer.role.to_lowercase();
    if signer.name.is_empty() {
        return Text::ours(&format!("{start} the words of the {role}"));
    }
    Text::ours(&format!("{start} the words of "))
        .then_text(&signer.name)
        .then(&format!(" ({role})"))
}

/// What the member's contract is called.
pub(super) fn contract(ruling: &Ruling, c: &record::Coverage) -> String {
    let usual = match (ruling.side.as_str(), c.funding.as_str()) {
        ("insurer", _) => "policy",
        (_, "self-funded") => "Summary Plan Description",
        _ => "Evidence of Coverage",
    };
    ruling.contract.clone().unwrap_or_else(|| usual.to_owned())
}

/// The plan or insurer.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Coverage {
    /// Legal name, as printed.
    pub plan: Text,
    /// Product, as printed.
    pub product: Text,
    /// The programme's word, as `commercial`.
    pub program: String,
    /// Medical group that decided or cares for the member.
    pub medical_group: Text,
    /// Administrator, where the employer pays the benefits.
    pub administrator: Text,
    /// Policy or certificate number.
    pub policy_number: Text,
    /// Whether the member's papers name a unit, address, fax or portal for grievances.
    pub reachable: bool,
}

pub(super) fn coverage(c: &record::Coverage) -> Coverage {
    Coverage {
        plan: text(&c.plan),
        product: text(&c.product),
        program: c.program.clone(),
        medical_group: text(&c.medical_group),
        administrator: text(&c.administrator),
        policy_number: text(&c.policy_number),
        reachable: !texts(&c.grievance_address).is_empty()
            || !text(&c.grievance_fax).is_empty()
            || !text(&c.grievance_portal).is_empty(),
    }
}

/// The addressee.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Recipient {
    /// Whether this is the plan itself.
    pub plan: bool,
    /// Name of the body.
    pub name: Text,
    /// Unit within it.
    pub unit: Text,
    /// Address lines.
    pub address: Vec<Text>,
    /// Telephone.
    pub phone: Text,
    /// Text telephone.
    pub tty: Text,
    /// Fax.
    pub fax: Text,
    /// Web address or portal.
    pub url: Text,
    /// The form it asks for.
    pub form: Text,
}

pub(super) fn recipient(r: &ruling::Recipient, c: &record::Coverage) -> Recipient {
    let ours = |value: &Option<String>| value.as_deref().map(Text::ours).unwrap_or_default();
    if r.plan {
        return Recipient {
            plan: true,
            name: text(&c.plan),
            unit: text(&c.grievance_unit),
            address: texts(&c.grievance_address),
            phone: text(&c.grievance_phone),
            tty: Text::default(),
            fax: text(&c.grievance_fax),
            url: text(&c.grievance_portal),
            form: ours(&r.form),
        };
    }
    // A body whose address is not known here has it from the member's papers.
    let known = !r.address.is_empty();
    Recipient {
        plan: false,
        name: Text::ours(&r.name),
        unit: Text::default(),
        address: if known {
            r.address.iter().map(|l| Text::ours(l)).collect()
        } else {
            texts(&c.review_address)
        },
        phone: ours(&r.phone),
        tty: ours(&r.tty),
        fax: if known || r.fax.is_some() { ours(&r.fax) } else { text(&c.review_fax) },
        url: ours(&r.url),
        form: ours(&r.form),
    }
}

pub(super) fn text(value: &Option<String>) -> Text {
    value.as_deref().map(Text::typed).unwrap_or_default()
}

pub(super) fn texts(values: &[String]) -> Vec<Text> {
    values.iter().map(|v| Text::typed(v)).filter(|t| !t.is_empty()).collect()
}
