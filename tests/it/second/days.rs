//! The days themselves: holidays, working days, months; all from the sheet on counting days.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

/// Years for which an almanac gave its holidays: outside them no list holds every candidate, and nobody is
/// called late by it. The other lists follow from rules, in any year.
const ALMANAC: RangeInclusive<i16> = 2026..=2028;

/// Years computed, with room around every date that a test counts from.
const YEARS: RangeInclusive<i16> = 2020..=2040;

/// Whose days off count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// The judicial holidays of California, which its state offices keep too.
    California,
    /// The holidays of federal employees.
    Federal,
    /// Every day that anybody may call a holiday: what a plan is given before it is called late.
    Candidates,
    /// Those of a state of which no sheet gives a list: nothing that needs one can be counted.
    Unlisted,
}

/// A span of time as a rule writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Days(i32),
    /// Monday to Friday without holidays; "working days" are the same.
    BusinessDays(u32),
    /// Calendar months; where the month has no such day, its last day.
    MonthsClamped(i32),
    /// Calendar months; where the month has no such day, the first day of the next month.
    MonthsOver(i32),
    Years(i32),
    /// Continuous hours; from a day alone, the days that they span.
    Hours(i32),
}

struct Lists {
    california: BTreeSet<Date>,
    federal: BTreeSet<Date>,
    candidates: BTreeSet<Date>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists {
        california: BTreeSet::new(),
        federal: BTreeSet::new(),
        candidates: BTreeSet::new(),
    };
    // New Year of the year after the last may be kept in the last.
    for year in *YEARS.start()..=*YEARS.end() + 1 {
        let california = california(year);
        let federal = federal(year);
        lists.california.extend(california.iter().map(|d| observed(*d)));
        lists.federal.extend(federal.iter().map(|d| observed(*d)));
        for day in california.into_iter().chain(federal).chain(not_judicial(year)) {
            // Both the actual and the observed day of a holiday that moves.
            lists.candidates.extend([day, observed(day)]);
        }
        // The almanac may be a day off: the day before as well.
        lists.candidates.extend(almanac(year).into_iter().map(before));
    }
    lists
});

fn california(year: i16) -> Vec<Date> {
    let thanksgiving = nth(year, 11, 4, Weekday::Thursday);
    vec![
        date(year, 1, 1),
        nth(year, 1, 3, Weekday::Monday),
        date(year, 2, 12),
        nth(year, 2, 3, Weekday::Monday),
        date(year, 3, 31),
        nth(year, 5, -1, Weekday::Monday),
        date(year, 6, 19),
        date(year, 7, 4),
        nth(year, 9, 1, Weekday::Monday),
        nth(year, 9, 4, Weekday::Friday),
        date(year, 11, 11),
        thanksgiving,
        after(thanksgiving),
        date(year, 12, 25),
    ]
}

fn federal(year: i16) -> Vec<Date> {
    vec![
        date(year, 1, 1),
        nth(year, 1, 3, Weekday::Monday),
        nth(year, 2, 3, Weekday::Monday),
        nth(year, 5, -1, Weekday::Monday),
        date(year, 6, 19),
        date(year, 7, 4),
        nth(year, 9, 1, Weekday::Monday),
        nth(year, 10, 2, Weekday::Monday),
        date(year, 11, 11),
        nth(year, 11, 4, Weekday::Thursday),
        date(year, 12, 25),
    ]
}

/// Holidays of the Government Code that no court keeps.
fn not_judicial(year: i16) -> Vec<Date> {
    let mut days = vec![
        date(year, 4, 24),
        date(year, 9, 9),
        nth(year, 10, 2, Weekday::Monday),
        good_friday(year),
    ];
    days.extend(almanac(year));
    days
}

/// Lunar New Year and Diwali, which only an almanac gives.
fn almanac(year: i16) -> Vec<Date> {
    match year {
        2026 => vec![date(2026, 2, 17), date(2026, 11, 8)],
        2027 => vec![date(2027, 2, 6), date(2027, 10, 29)],
        2028 => vec![date(2028, 1, 26), date(2028, 10, 17)],
        _ => Vec::new(),
    }
}

/// Two days before Easter: the first Sunday after the church's full moon (Gauss).
fn good_friday(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let moon = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (b % 4) + 2 * (c / 4) - moon - c % 4) % 7;
    let late = (a + 11 * moon + 22 * sunday) / 451;
    // Days from 22 March.
    let easter = date(year, 3, 22).saturating_add((moon + sunday - 7 * late).days());
    easter.saturating_sub(2.days())
}

fn nth(year: i16, month: i8, nth: i8, weekday: Weekday) -> Date {
    date(year, month, 1).nth_weekday_of_month(nth, weekday).expect("every month has four of each")
}

/// On a Saturday the Friday before, on a Sunday the Monday after.
fn observed(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => before(day),
        Weekday::Sunday => after(day),
        Weekday::Monday
        | Weekday::Tuesday
        | Weekday::Wednesday
        | Weekday::Thursday
        | Weekday::Friday => day,
    }
}

pub(super) fn after(day: Date) -> Date {
    day.tomorrow().expect("far from the end of the calendar")
}

pub(super) fn before(day: Date) -> Date {
    day.yesterday().expect("far from the beginning of the calendar")
}

impl List {
    /// Whether the list says anything of this day.
    pub(super) fn covers(self, day: Date) -> bool {
        match self {
            List::California | List::Federal => YEARS.contains(&day.year()),
            List::Candidates => ALMANAC.contains(&day.year()),
            List::Unlisted => false,
        }
    }

    /// Whether the day is neither a weekend nor a holiday, for all that is known.
    pub(super) fn works_on(self, day: Date) -> bool {
        let holidays = match self {
            List::California => &LISTS.california,
            List::Federal => &LISTS.federal,
            List::Candidates => &LISTS.candidates,
            List::Unlisted => return false,
        };
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !holidays.contains(&day)
    }

    /// The day itself or the first working day after it; none where a year on the way has no list.
    pub(super) fn on_or_after(self, mut day: Date) -> Option<Date> {
        loop {
            if !self.covers(day) {
                return None;
            }
            if self.works_on(day) {
                return Some(day);
            }
            day = after(day);
        }
    }

    /// The day itself or the last working day before it; none where a year on the way has no list.
    pub(super) fn on_or_before(self, mut day: Date) -> Option<Date> {
        loop {
            if !self.covers(day) {
                return None;
            }
            if self.works_on(day) {
                return Some(day);
            }
            day = before(day);
        }
    }
}

/// The last day of a period: day 0 is left out, the last day is in.
pub(super) fn count(start: Date, amount: Amount, list: List) -> Option<Date> {
    match amount {
        Amount::Days(days) => start.checked_add(days.days()).ok(),
        Amount::Hours(hours) => start.checked_add(((hours + 23) / 24).days()).ok(),
        Amount::Years(years) => start.checked_add(years.years()).ok(),
        Amount::MonthsClamped(months) => start.checked_add(months.months()).ok(),
        Amount::MonthsOver(months) => {
            let clamped = start.checked_add(months.months()).ok()?;
            Some(if clamped.day() < start.day() { after(clamped) } else { clamped })
        }
        Amount::BusinessDays(days) => {
            let (mut day, mut left) = (start, days);
            while left > 0 {
                day = after(day);
                if !list.covers(day) {
                    return None;
                }
                left -= u32::from(list.works_on(day));
            }
            Some(day)
        }
    }
}

#[test]
fn the_lists_are_those_that_the_sheet_prints() {
    let has = |list: List, year: i16, printed: &str| {
        let days: Vec<String> = date(year, 1, 1)
            .series(1.day())
            .take_while(|d| d.year() == year)
            .filter(|d| !matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday))
            .filter(|d| !list.works_on(*d))
            .map(|d| format!("{}.{}.", d.day(), d.month()))
            .collect();
        assert_eq!(days.join(" "), printed, "{list:?} {year}");
    };
    has(
        List::California,
        2026,
        "1.1. 19.1. 12.2. 16.2. 31.3. 25.5. 19.6. 3.7. 7.9. 25.9. 11.11. 26.11. 27.11. 25.12.",
    );
    has(
        List::California,
        2027,
        "1.1. 18.1. 12.2. 15.2. 31.3. 31.5. 18.6. 5.7. 6.9. 24.9. 11.11. 25.11. 26.11. 24.12. 31.12.",
    );
    has(
        List::California,
        2028,
        "17.1. 11.2. 21.2. 31.3. 29.5. 19.6. 4.7. 4.9. 22.9. 10.11. 23.11. 24.11. 25.12.",
    );
    has(List::Federal, 2026, "1.1. 19.1. 16.2. 25.5. 19.6. 3.7. 7.9. 12.10. 11.11. 26.11. 25.12.");
    has(
        List::Federal,
        2027,
        "1.1. 18.1. 15.2. 31.5. 18.6. 5.7. 6.9. 11.10. 11.11. 25.11. 24.12. 31.12.",
    );
    has(List::Federal, 2028, "17.1. 21.2. 29.5. 19.6. 4.7. 4.9. 9.10. 10.11. 23.11. 25.12.");
    assert_eq!(good_friday(2026), date(2026, 4, 3));
    assert_eq!(good_friday(2027), date(2027, 3, 26));
    assert_eq!(good_friday(2028), date(2028, 4, 14));
}

#[test]
fn periods_end_where_the_sheets_examples_end() {
    let ends = |from: Date, amount: Amount, on: Date| {
        assert_eq!(count(from, amount, List::California), Some(on), "{from} {amount:?}");
    };
    ends(date(2026, 5, 25), Amount::Days(180), date(2026, 11, 21));
    ends(date(2027, 9, 4), Amount::Days(180), date(2028, 3, 2));
    ends(date(2027, 10, 31), Amount::MonthsClamped(6), date(2028, 4, 30));
    ends(date(2026, 10, 31), Amount::MonthsClamped(4), date(2027, 2, 28));
    ends(date(2028, 5, 31), Amount::MonthsOver(4), date(2028, 10, 1));
    ends(date(2026, 10, 31), Amount::MonthsOver(4), date(2027, 3, 1));
    ends(date(2026, 11, 3), Amount::BusinessDays(10), date(2026, 11, 18));
    let given = count(date(2026, 11, 3), Amount::BusinessDays(10), List::Candidates);
    assert_eq!(given, Some(date(2026, 11, 19)), "9 November, for Diwali");
    assert_eq!(List::California.on_or_before(date(2028, 4, 30)), Some(date(2028, 4, 28)));
    assert_eq!(List::California.on_or_after(date(2028, 4, 30)), Some(date(2028, 5, 1)));
    assert_eq!(List::Federal.on_or_after(date(2027, 1, 1)), Some(date(2027, 1, 4)));
}
