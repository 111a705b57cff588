//! Holds one citation against the law on file, and says what is right where it does not stand there.

use chrono::NaiveDate;

use super::codes::Code;
use super::find::Cited;
use super::held::{Held, Known, Place};
use super::pin::shown;
use crate::diag::{self, Diagnostic};
use crate::law::{Law, Refused};

pub(super) struct Judge<'a> {
    pub(super) law: &'a Law,
    pub(super) held: &'a Held,
    pub(super) track: &'a str,
    pub(super) on: NaiveDate,
}

/// What came of one citation.
pub(super) struct Judged {
    /// What it was read as.
    pub(super) reading: String,
    /// The place it names, where the register knows the code.
    pub(super) place: Option<Place>,
    pub(super) fault: Option<Diagnostic>,
}

impl Judge<'_> {
    pub(super) fn citation(&self, cited: &Cited) -> Judged {
        match &cited.code {
            Code::Named(id) => self.named(id, cited),
            Code::Bill(name) => {
                Judged { reading: name.clone(), place: None, fault: Some(self.bill(name, cited)) }
            }
            Code::Unheld(name) => {
                let reading = match cited.section.as_str() {
                    "" => name.clone(),
                    section => format!("{name} § {section}{}", shown(&cited.pin)),
                };
                let message = format!("the law on file does not hold {name}");
                let fault = Diagnostic::error("cite::code", message)
                    .at(cited.span.clone(), "not on file")
                    .help(self.nearest(cited, None));
                Judged { reading, place: None, fault: Some(fault) }
            }
            Code::Held(code) => self.placed(self.place(code, cited), cited),
            Code::Earlier(codes) => self.bare(codes, cited),
        }
    }

    fn place(&self, code: &str, cited: &Cited) -> Place {
        Place {
            code: code.to_owned(),
            section: self.spelled(code, &cited.section),
            pin: cited.pin.clone(),
        }
    }

    /// The section as the register writes it; capitals of a section do not count.
    fn spelled(&self, code: &str, section: &str) -> String {
        let places = self.held.known.iter().map(|k| &k.place).filter(|p| p.code == code);
        let known = places.map(|p| p.section.clone());
        known.into_iter().find(|s| s.eq_ignore_ascii_case(section)).unwrap_or(section.to_owned())
    }

    fn named(&self, id: &str, cited: &Cited) -> Judged {
        let reading = self.law.registry().citation(id).unwrap_or_default();
        let held = self.held.named.contains(id);
        let fault = (!held).then(|| {
            let message = format!("no letter of {} may cite {reading}", self.track);
            Diagnostic::error("cite::track", message).at(cited.span.clone(), "not held")
        });
        Judged { reading, place: None, fault }
    }

    fn bill(&self, name: &str, cited: &Cited) -> Diagnostic {
        let refused = self.refused().find(|r| r.bill.as_deref() == Some(name));
        let message = match refused {
            Some(refused) => format!("{name} is not to be cited: {}", refused.says),
            None => format!("the law on file does not hold {name}"),
        };
        let code = if refused.is_some() { "cite::denied" } else { "cite::code" };
        Diagnostic::error(code, message)
            .at(cited.span.clone(), "not on file")
            .help("cite the section of the code that is in force, if one is on file")
    }

    /// A section whose code was cited before, or never.
    fn bare(&self, codes: &[String], cited: &Cited) -> Judged {
        let places: Vec<Place> = codes.iter().map(|c| self.place(c, cited)).collect();
        let held = places.iter().find(|p| self.held.holds(p, self.on));
        if let Some(place) = held.or(places.first()) {
            return self.placed(place.clone(), cited);
        }
        let reading = format!("§ {}{}", cited.section, shown(&cited.pin));
        let fault = Diagnostic::error("cite::no-code", format!("{reading} names no code"))
            .at(cited.span.clone(), "of which code?")
            .help(self.nearest(cited, None));
        Judged { reading, place: None, fault: Some(fault) }
    }

    fn placed(&self, place: Place, cited: &Cited) -> Judged {
        let reading = self.shown(&place);
        let fault = self.fault(&place, &reading, cited);
        Judged { reading, place: Some(place), fault }
    }

    fn fault(&self, place: &Place, reading: &str, cited: &Cited) -> Option<Diagnostic> {
        let error = |code, message: String, label: &str| {
            Some(Diagnostic::error(code, message).at(cited.span.clone(), label))
        };
        if let Some(refused) = self.refused().find(|r| denies(r, place)) {
            let message = format!("{reading} is not to be cited: {}", refused.says);
            let fault = error("cite::denied", message, "never cite this")?;
            return Some(match refused.instead.as_deref().and_then(|id| self.printed(id)) {
                Some(right) => fault.help(format!("what is right: {right}")),
                None => fault,
            });
        }
        if cited.open_ended {
            let message = format!("\"et seq.\" after {reading} names sections that nobody checked");
            return error("cite::open-ended", message, "name the section itself");
        }
        if self.held.holds(place, self.on) {
            return None;
        }
        let same: Vec<&Known> = self.held.known.iter().filter(|k| k.exists(place)).collect();
        let track = self.track;
        let here = || same.iter().filter(|k| k.on_track);
        if let Some(from) =
            here().filter(|k| k.section).filter_map(|k| k.from).find(|f| *f > self.on)
        {
            let message = format!("{reading} is not law before {from}, and {} governs", self.on);
            return error("cite::date", message, "too early");
        }
        if here().any(|k| k.section) {
            let message =
                format!("a letter may not print the subdivision of {reading}: it is not confirmed");
            let whole = self.shown(&Place { pin: Vec::new(), ..place.clone() });
            return Some(
                error("cite::held-back", message, "not confirmed")?
                    .help(format!("cite the section alone: {whole}")),
            );
        }
        if !same.is_empty() && here().next().is_some() {
            let message =
                format!("a letter may not print {reading}: it is not confirmed at source");
            return error("cite::held-back", message, "not confirmed");
        }
        if same.iter().any(|k| k.section) {
            let message = format!("{reading} is on file, but not as law for {track}");
            return Some(
                error("cite::track", message, "law for another track")?
                    .help(self.nearest(cited, Some(place))),
            );
        }
        let section = Place { pin: Vec::new(), ..place.clone() };
        if !place.pin.is_empty() && self.held.holds(&section, self.on) {
            let message = format!(
                "the law on file for {track} does not hold {} of {}",
                shown(&place.pin),
                self.shown(&section)
            );
            return Some(
                error("cite::subdivision", message, "not on file")?.help(self.pins(&section)),
            );
        }
        let message = format!("the law on file for {track} does not hold {reading}");
        Some(error("cite::unknown", message, "not on file")?.help(self.nearest(cited, Some(place))))
    }

    pub(super) fn refused(&self) -> impl Iterator<Item = &Refused> {
        let track = self.track;
        let all = self.law.registry().refused().iter();
        all.filter(move |r| r.tracks.is_empty() || r.tracks.iter().any(|t| t == track))
    }

    /// A place in the register's own words.
    pub(super) fn shown(&self, place: &Place) -> String {
        let codes = self.law.registry().codes();
        let short = codes.filter(|(id, _)| *id == place.code).map(|(_, c)| c.short.as_str());
        // Sections of a regulation that is itself a section stand after a comma.
        let (head, pin) = match place.pin.split_first() {
            Some((first, rest))
                if first.parse::<u32>().is_ok() && place.section.matches('-').count() == 2 =>
            {
                (format!(", section {first}"), rest)
            }
            _ => (String::new(), place.pin.as_slice()),
        };
        let short = short.into_iter().next().unwrap_or_default();
        format!("{short}{}{head}{}", place.section, shown(pin))
    }

    fn printed(&self, id: &str) -> Option<String> {
        self.held.known.iter().find(|k| k.id == id).map(|k| self.shown(&k.place))
    }

    /// The subdivisions that a letter may print of a section.
    fn pins(&self, section: &Place) -> String {
        let known = self.held.known.iter().filter(|k| k.on_track && k.pinned);
        let mut pins: Vec<String> = known
            .filter(|k| k.place.touches(section) && !k.place.pin.is_empty())
            .map(|k| shown(&k.place.pin))
            .collect();
        pins.sort();
        pins.dedup();
        let section = self.shown(section);
        if pins.is_empty() {
            return format!("cite the section alone: {section}");
        }
        format!("on file of {section}: {}", pins.join(", "))
    }

    /// What may have been meant.
    fn nearest(&self, cited: &Cited, place: Option<&Place>) -> String {
        let usable = self.held.known.iter().filter(|k| k.on_track && k.section).map(|k| &k.place);
        let sections: std::collections::BTreeSet<(&str, &str)> =
            usable.map(|p| (p.section.as_str(), p.code.as_str())).collect();
        let shown = |(section, code): (&str, &str)| {
            self.shown(&Place {
                code: code.to_owned(),
                section: section.to_owned(),
                pin: Vec::new(),
            })
        };
        let own = place.map(|p| p.code.as_str());
        let elsewhere = |(s, c): &&(&str, &str)| *s == cited.section && Some(*c) != own;
        if let Some(same) = sections.iter().find(elsewhere) {
            return format!("this section stands in another code: {}", shown(*same));
        }
        let in_code = || sections.iter().filter(|(_, c)| own.is_none_or(|own| own == *c));
        match diag::nearest(&cited.section, in_code().map(|(s, _)| *s)) {
            Some(near) => {
                let found = in_code().find(|(s, _)| *s == near);
                let found = found.map(|f| shown(*f)).unwrap_or_default();
                format!("nearest on file: {found}")
            }
            None => "nothing like it is on file; take it out, or add it to the law with its source"
                .to_owned(),
        }
    }
}

impl Known {
    /// Whether it is about the place, whatever may be printed of it.
    fn exists(&self, place: &Place) -> bool {
        let own = &self.place;
        own.code == place.code
            && own.section == place.section
            && (place.pin.is_empty() || own.pin.starts_with(&place.pin))
    }
}

fn denies(refused: &Refused, place: &Place) -> bool {
    refused.code.as_deref() == Some(place.code.as_str())
        && refused.section.as_deref() == Some(place.section.as_str())
        && shown(&place.pin).starts_with(&refused.pin)
}
