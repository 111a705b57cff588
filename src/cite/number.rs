//! Holds the lengths of time that claim to be law against the numbers on file.

use super::claim::{self, Subject};
use super::find::Cited;
use super::held::{Number, Place};
use super::judge::Judge;
use super::period::{self, Timed};
use super::token::{Kind, Token};
use super::{Found, Report};
use crate::calendar::Period;
use crate::diag::Diagnostic;

/// The letter as it was read so far.
pub(super) struct Scene<'a> {
    pub(super) all: &'a [Token],
    pub(super) cited: &'a [Cited],
    /// The place of each citation; none where the code is not on file.
    pub(super) places: &'a [Option<Place>],
    /// The number of the sentence of each token.
    pub(super) sentences: &'a [usize],
}

impl Scene<'_> {
    pub(super) fn judge(&self, judge: &Judge<'_>, report: &mut Report) {
        let mut taken = vec![false; self.all.len()];
        for cited in self.cited {
            taken[cited.tokens.0..cited.tokens.1].fill(true);
        }
        let mut last_claim = None;
        for timed in period::periods(self.all, |at| taken.get(at).copied().unwrap_or(false)) {
            let sentence = claim::around(self.sentences, timed.tokens.0);
            let near = self.near(&timed, sentence);
            // "30 days, 3 days if urgent": the second claims what the first does.
            let follows = last_claim.is_some_and(|end| {
                timed.tokens.0 <= end + 2
                    && self.sentences.get(end) == self.sentences.get(timed.tokens.0)
            });
            if !follows && !claim::is_law(self.all, &timed, sentence, !near.is_empty()) {
                continue;
            }
            last_claim = Some(timed.tokens.1);
            let quoted = claim::is_anothers(self.all, timed.tokens.0, sentence, timed.quoted);
            let fault = self.fault(judge, &timed, sentence, &near);
            let verdict = report.take(fault, quoted);
            report.periods.push(Found { span: timed.span.clone(), reading: said(&timed), verdict });
        }
    }

    /// The citations that a period can belong to: the next in its sentence, and the last before it.
    fn near(&self, timed: &Timed, sentence: (usize, usize)) -> Vec<usize> {
        // Citations stand in the order of the letter.
        let from = self.cited.partition_point(|c| c.tokens.0 < sentence.0);
        let to = self.cited.partition_point(|c| c.tokens.0 < sentence.1).max(from);
        let all = || (from..to).filter_map(|n| Some((n, self.cited.get(n)?)));
        let next = all().find(|(_, c)| c.tokens.0 >= timed.tokens.1).map(|(_, c)| c.tokens);
        let last = all().rfind(|(_, c)| c.tokens.1 <= timed.tokens.0).map(|(_, c)| c.tokens);
        // One citation may name several places.
        let belongs = |c: &Cited| {
            [next, last].into_iter().flatten().any(|tokens| self.is_joined(c.tokens, tokens))
        };
        all().filter(|(_, c)| belongs(c)).map(|(n, _)| n).collect()
    }

    /// Whether nothing stands between two citations but commas and small words.
    fn is_joined(&self, a: (usize, usize), b: (usize, usize)) -> bool {
        let (first, second) = if a.0 <= b.0 { (a, b) } else { (b, a) };
        if first.1 >= second.0 {
            return true;
        }
        second.0 - first.1 <= 3
            && self.all[first.1..second.0].iter().all(|t| {
                t.is(',') || t.is(';') || t.is_word(&["and", "applied", "by", "with", "or"])
            })
    }

    fn fault(
        &self,
        judge: &Judge<'_>,
        timed: &Timed,
        sentence: (usize, usize),
        near: &[usize],
    ) -> Option<Diagnostic> {
        let error = |code, message: String, label: &str| {
            Diagnostic::error(code, message).at(timed.span.clone(), label)
        };
        if timed.at_odds {
            let message = "words and figures give two different numbers".to_owned();
            return Some(error("cite::period", message, "which of the two?"));
        }
        let said = said(timed);
        let denied = |p: Period| {
            let texts = judge.refused().filter(|r| r.period.is_some());
            texts.into_iter().find(|r| r.period.as_deref().and_then(|t| t.parse().ok()) == Some(p))
        };
        if let Some(refused) = timed.period.and_then(denied) {
            let message = format!("{said} is not to be given as law: {}", refused.says);
            return Some(error("cite::denied", message, "never say this"));
        }
        let Some(period) = timed.period else {
            let message = format!("no rule on file for {} counts in {said}", judge.track);
            return Some(
                error("cite::period", message, "not on file")
                    .help("give the number of days, hours or months that the law gives"),
            );
        };
        let numbers = &judge.held.numbers;
        if near.is_empty() {
            return self.uncited(judge, period, sentence, error);
        }
        let places: Vec<&Place> = near.iter().filter_map(|n| self.places[*n].as_ref()).collect();
        let is_there =
            |n: &&Number| n.places.iter().any(|own| places.iter().any(|p| own.touches(p)));
        if numbers.iter().filter(is_there).any(|n| n.period == period) {
            return None;
        }
        // Nothing can be said of the number of a citation that is refused itself.
        let names: Vec<String> = places.iter().map(|p| judge.shown(p)).collect();
        let mut names = names;
        names.dedup();
        let message = if names.is_empty() {
            format!("nothing on file stands behind {said} here")
        } else {
            format!("{said} is not the number of {}", names.join(" or "))
        };
        let right = listed(numbers.iter().filter(is_there).map(|n| n.period));
        let mut fault = error("cite::period", message, "wrong number");
        for n in near {
            fault = fault.also(self.cited[*n].span.clone(), "cited for it");
        }
        Some(match right {
            Some(right) => fault.help(format!("what is right there: {right}")),
            None => fault.help("the law on file gives no number there; take it out"),
        })
    }

    /// A period without a citation: some rule of the track must give it for what the sentence is about.
    fn uncited(
        &self,
        judge: &Judge<'_>,
        period: Period,
        sentence: (usize, usize),
        error: impl Fn(&'static str, String, &str) -> Diagnostic,
    ) -> Option<Diagnostic> {
        let words: Vec<&str> = self.all[sentence.0..sentence.1]
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
            .map(|t| t.text.as_str())
            .collect();
        let subject: Option<Subject> = claim::subjects(&words).first().copied();
        let acts = claim::acts(&words);
        let fitting = || judge.held.numbers.iter().filter(|n| n.fits(subject, &acts));
        if fitting().any(|n| n.period == period) {
            return None;
        }
        let any = judge.held.numbers.iter().any(|n| n.period == period);
        let message = if any {
            format!("the law on file for {} does not give {period} for this", judge.track)
        } else {
            format!("no rule on file for {} gives {period}", judge.track)
        };
        let fault = error("cite::period", message, "not on file");
        Some(match listed(fitting().map(|n| n.period)).filter(|_| subject.is_some()) {
            Some(right) => fault.help(format!("on file for what this sentence is about: {right}")),
            None => fault.help("say which rule gives it, or take it out"),
        })
    }
}

fn listed(periods: impl Iterator<Item = Period>) -> Option<String> {
    let mut all: Vec<Period> = periods.collect();
    all.sort_by_key(|p| (p.unit.name(), p.amount));
    all.dedup();
    let words: Vec<String> = all.iter().map(Period::to_string).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The period in words; weeks and years have no number on file.
fn said(timed: &Timed) -> String {
    timed.period.map_or_else(|| "weeks, years or minutes".to_owned(), |p| p.to_string())
}
