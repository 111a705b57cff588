//! The printing gate: what of an authority a letter or a report may show, by how well it is confirmed.
//!
//! Source: `law/README.md`, "What may be printed". The table below is walked cell by cell by a test.

use serde::Deserialize;

/// How well one part of an authority is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// The text, or the agency's own page, was read at source.
    Text,
    /// Part of the text was read, and this is in that part.
    Part,
    /// Quoted by someone who read the official source.
    Restated,
    /// Read in an older text, and checked since against the text in force.
    OldTextRechecked,
    /// Independent accounts agree; not read at source.
    Corroborated,
    /// An agency page, digest, form or law firm; the text was not read.
    Secondary,
    /// Read in a text that may predate an amendment, and not checked since.
    OldText,
    /// From memory only.
    Memory,
    /// An agency's practice, no law.
    Practice,
    /// A deduction or an argument.
    Judgement,
    /// Contradictory, or looked for and not found.
    Doubt,
    /// Named by a sheet as never to be printed.
    Denied,
}

/// Which column of the gate an authority stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Health and Safety Code 1340-1399 and Title 28 of the Code of Regulations.
    KnoxKeene,
    /// Any other law of California.
    California,
    /// Federal law.
    Federal,
    /// The law of another state.
    OtherState,
}

/// The part of an authority that a mark speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The section itself.
    Section,
    /// The subdivision.
    Pinpoint,
    /// The number of days, months or hours.
    Number,
}

/// Where the part would be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// A letter that somebody signs.
    Letter,
    /// A report, or the member's own sheet.
    Report,
}

/// One cell of the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Citation with pinpoint, and number.
    Full,
    /// Section and number, no subdivision.
    SectionAndNumber,
    /// Section only.
    Section,
    /// A report shows it, with this word of caution.
    Cautioned(&'static str),
    /// An argument, without citation.
    Argument,
    /// Nothing.
    Nothing,
}

impl Cell {
    /// Returns whether the cell lets a part be shown as law.
    #[must_use]
    pub fn allows(self, part: Part) -> bool {
        match self {
            Cell::Full => true,
            Cell::SectionAndNumber => !matches!(part, Part::Pinpoint),
            Cell::Section => matches!(part, Part::Section),
            Cell::Cautioned(_) | Cell::Argument | Cell::Nothing => false,
        }
    }
}

/// Returns what the gate lets through.
#[must_use]
pub fn gate(mark: Mark, family: Family, surface: Surface) -> Cell {
    use Cell::{Argument, Cautioned, Full, Nothing, Section, SectionAndNumber};
    match (mark, surface) {
        (Mark::Text | Mark::Part | Mark::Restated | Mark::OldTextRechecked, _) => Full,
        (Mark::Corroborated, Surface::Letter) => Full,
        (Mark::Corroborated, Surface::Report) => Cautioned("corroborated; not read at source"),
        (Mark::Secondary, Surface::Letter) => match family {
            Family::KnoxKeene | Family::California | Family::Federal => SectionAndNumber,
            Family::OtherState => Nothing,
        },
        (Mark::Secondary, Surface::Report) => match family {
            Family::KnoxKeene | Family::California | Family::Federal => Cautioned("secondary"),
            Family::OtherState => Cautioned("about"),
        },
        (Mark::OldText, Surface::Letter) => Nothing,
        (Mark::OldText, Surface::Report) => Cautioned("about"),
        (Mark::Memory, Surface::Letter) => match family {
            Family::KnoxKeene => Section,
            Family::California | Family::Federal | Family::OtherState => Nothing,
        },
        (Mark::Memory, Surface::Report) => Cautioned("unverified"),
        (Mark::Practice, Surface::Letter) => Nothing,
        (Mark::Practice, Surface::Report) => Cautioned("practice"),
        (Mark::Judgement, Surface::Letter) => Argument,
        (Mark::Judgement | Mark::Doubt, Surface::Report) => Cautioned("ask a human"),
        (Mark::Doubt, Surface::Letter) => Nothing,
        (Mark::Denied, _) => Nothing,
    }
}

impl Mark {
    /// Returns the mark that counts among several on one part: the best, except that doubt and the
    /// deny list win over everything.
    #[must_use]
    pub fn counting(marks: &[Mark]) -> Mark {
        for wins in [Mark::Denied, Mark::Doubt] {
            if marks.contains(&wins) {
                return wins;
            }
        }
        marks.iter().copied().min().unwrap_or(Mark::Doubt)
    }

    /// Returns the mark in words, for `explain`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Mark::Text => "text read at source",
            Mark::Part => "this part of the text read at source",
            Mark::Restated => "restated by a reader of the official source",
            Mark::Corroborated => "corroborated; not read at source",
            Mark::Secondary => "secondary source; not confirmed at source",
            Mark::OldText => "read in an older text; not confirmed at source",
            Mark::OldTextRechecked => "older text, checked against the text in force",
            Mark::Memory => "unverified; not confirmed at source",
            Mark::Practice => "agency practice, not law",
            Mark::Judgement => "an argument, not law",
            Mark::Doubt => "in doubt; not confirmed at source",
            Mark::Denied => "never to be cited",
        }
    }
}
