//! The rules, one a file. The first lines of each file are what a person is told of it.

mod and_or;
mod broken;
mod line_start;
mod missing_block;
mod missing_value;
mod reading_grade;
mod typed_law;
mod typed_time;
mod unescaped;
mod unheld_citation;
mod unknown_filter;
mod unknown_name;
mod unknown_partial;
mod unreachable;
mod unreadable;
mod unrendered;
mod unused_allow;

use super::{Finds, Scene};
use crate::diag::Severity;

pub(super) use broken::RULE as BROKEN;
pub(super) use missing_value::RULE as MISSING_VALUE;
pub(super) use typed_law::RULE as TYPED_LAW;
pub(super) use unheld_citation::RULE as UNHELD_CITATION;
pub(super) use unreadable::RULE as UNREADABLE;
pub(super) use unrendered::RULE as UNRENDERED;
pub(super) use unused_allow::RULE as UNUSED_ALLOW;

/// Something that can be wrong with a template.
pub struct Rule {
    /// Its name, as `{# lint: allow … #}` takes it.
    pub name: &'static str,
    /// The same, as a diagnostic shows it.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The file of the rule, which begins with what a person is told of it.
    source: &'static str,
    /// Whether it looks at written letters, or at the templates alone.
    from: From,
    look: fn(&Scene<'_>, &mut Finds),
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Templates,
    Letters,
}

/// Every rule, by name.
pub const RULES: &[Rule] = &[
    and_or::RULE,
    broken::RULE,
    line_start::RULE,
    missing_block::RULE,
    missing_value::RULE,
    reading_grade::RULE,
    typed_law::RULE,
    typed_time::RULE,
    unescaped::RULE,
    unheld_citation::RULE,
    unknown_filter::RULE,
    unknown_name::RULE,
    unknown_partial::RULE,
    unreachable::RULE,
    unreadable::RULE,
    unrendered::RULE,
    unused_allow::RULE,
];

/// Returns the rule of a name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.name == name)
}

/// The code of a rule's diagnostics.
pub(super) fn code(name: &str) -> Option<&'static str> {
    rule(name).map(|r| r.code)
}

impl Rule {
    /// Returns what a person is told of the rule: Markdown whose first line is one sentence.
    #[must_use]
    pub fn doc(&self) -> String {
        let lines = self.source.lines().map_while(|l| l.strip_prefix("//!"));
        lines.map(|l| format!("{}\n", l.strip_prefix(' ').unwrap_or(l))).collect()
    }

    /// Returns its first sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.doc().lines().next().unwrap_or_default().to_owned()
    }

    pub(super) fn needs_letters(&self) -> bool {
        self.from == From::Letters
    }

    pub(super) fn look(&self, scene: &Scene<'_>, finds: &mut Finds) {
        (self.look)(scene, finds);
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What is found elsewhere, under this rule's name.
fn elsewhere(_: &Scene<'_>, _: &mut Finds) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_documented_in_the_same_way() {
        let mut names: Vec<&str> = RULES.iter().map(|r| r.name).collect();
        names.sort_unstable();
        assert_eq!(names, RULES.iter().map(|r| r.name).collect::<Vec<_>>());
        for rule in RULES {
            assert_eq!(rule.code, format!("lint::{}", rule.name));
            assert!(rule.sentence().ends_with('.'), "{}", rule.name);
            let heads: Vec<String> =
                rule.doc().lines().filter(|l| l.starts_with("## ")).map(str::to_owned).collect();
            assert_eq!(
                heads,
                ["## Why it is bad", "## Example", "## Use instead"],
                "{}",
                rule.name
            );
        }
    }
}
