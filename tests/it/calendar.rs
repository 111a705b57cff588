//! Dates: holiday lists as the law sheets print them, boundaries, and properties.

use appeal::calendar::{
    Calendars, End, Error, Holidays, Period, ShortMonth, Unit, add_months, count,
};
use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use proptest::prelude::*;

fn calendars() -> Calendars {
    Calendars::parse(include_str!("../../law/holidays.toml")).expect("the shipped file is right")
}

fn california() -> Holidays {
    calendars().get("us-ca").expect("shipped").clone()
}

#[track_caller]
fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[track_caller]
fn ends(from: &str, period: &str, short: Option<ShortMonth>) -> String {
    let period = period.parse().expect("a period");
    let end = count((day(from), None), period, short, Some(&california())).expect("can be counted");
    assert_eq!(end.time, None);
    end.date.to_string()
}

/// Fails unless the list of `year` is exactly `expected`, one `MM-DD` after another.
#[track_caller]
fn has_days(id: &str, year: i32, expected: &str) {
    let all = calendars();
    let listed: Vec<String> = all
        .get(id)
        .expect("shipped")
        .days(year)
        .map(|(d, _)| d.format("%m-%d").to_string())
        .collect();
    assert_eq!(listed.join(" "), expected, "{id} {year}");
}

// counting-days.md 6.2 and 6.3.

#[test]
fn california_judicial_holidays_are_those_of_the_sheet() {
    has_days(
        "us-ca",
        2026,
        "01-01 01-19 02-12 02-16 03-31 05-25 06-19 07-03 09-07 09-25 11-11 11-26 11-27 12-25",
    );
    has_days(
        "us-ca",
        2027,
        "01-01 01-18 02-12 02-15 03-31 05-31 06-18 07-05 09-06 09-24 11-11 11-25 11-26 12-24 12-31",
    );
    has_days(
        "us-ca",
        2028,
        "01-17 02-11 02-21 03-31 05-29 06-19 07-04 09-04 09-22 11-10 11-23 11-24 12-25",
    );
}

#[test]
fn federal_holidays_are_those_of_the_sheet() {
    has_days(
        "us-federal",
        2026,
        "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    );
    has_days(
        "us-federal",
        2027,
        "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    );
    has_days("us-federal", 2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25");
}

#[test]
fn a_plan_is_given_every_day_that_any_list_calls_a_holiday() {
    // The judicial and federal lists, counting-days.md 7, both days of a holiday that moves, Good
    // Friday (3 April 2026, 26 March 2027, 14 April 2028), and a Sunday's Monday.
    has_days(
        "us-ca-plan",
        2026,
        "01-01 01-19 02-12 02-16 02-17 03-31 04-03 04-24 05-25 06-19 07-03 07-04 09-07 09-09 \
         09-25 10-12 11-07 11-08 11-09 11-11 11-26 11-27 12-25",
    );
    has_days(
        "us-ca-plan",
        2027,
        "01-01 01-18 02-05 02-06 02-12 02-15 03-26 03-31 04-23 04-24 05-31 06-18 06-19 07-04 07-05 \
         09-06 09-09 09-24 10-11 10-28 10-29 11-11 11-25 11-26 12-24 12-25 12-31",
    );
    has_days(
        "us-ca-plan",
        2028,
        "01-01 01-17 01-25 01-26 02-11 02-12 02-21 03-31 04-14 04-24 05-29 06-19 07-04 09-04 09-08 \
         09-09 09-22 10-09 10-16 10-17 11-10 11-11 11-23 11-24 12-25",
    );
}

#[test]
fn a_calendar_has_no_list_for_a_year_whose_days_are_not_all_known() {
    let all = calendars();
    let plan = all.get("us-ca-plan").expect("shipped");
    assert_eq!(plan.years().collect::<Vec<_>>(), [2026, 2027, 2028]);
    assert!(!plan.covers(day("2025-12-31")));
    assert_eq!(plan.is_business_day(day("2025-12-31")), None);
    assert_eq!(plan.is_business_day(day("2029-01-06")), None, "not even a Saturday");
    // Sunday 31 December 2028 would roll into a year without a list.
    assert_eq!(plan.next_business_day_on_or_after(day("2028-12-31")), None);
    assert_eq!(plan.last_business_day_on_or_before(day("2028-12-31")), Some(day("2028-12-29")));
    let five = Period { amount: 5, unit: Unit::BusinessDays };
    let from = (day("2028-12-27"), None);
    assert_eq!(count(from, five, None, Some(plan)), Err(Error::NotCovered(2029)));
}

#[test]
fn computed_lists_hold_together_from_2020_to_2040() {
    let all = calendars();
    for (id, a_year) in [("us-ca", 14), ("us-federal", 11)] {
        let calendar = all.get(id).expect("shipped");
        assert_eq!(calendar.years().collect::<Vec<_>>(), (2020..=2040).collect::<Vec<_>>());
        for year in 2020..=2040 {
            let days: Vec<NaiveDate> = calendar.days(year).map(|(d, _)| d).collect();
            for d in &days {
                assert!(!matches!(d.weekday(), Weekday::Sat | Weekday::Sun), "{id} {d}");
            }
            // A New Year's Day on a Saturday moves into the year before.
            let saturday =
                |y| NaiveDate::from_ymd_opt(y, 1, 1).map(|d| d.weekday()) == Some(Weekday::Sat);
            let moved = usize::from(saturday(year + 1));
            let lost = usize::from(saturday(year));
            assert_eq!(days.len(), a_year + moved - lost, "{id} {year}");
        }
    }
    let ca = all.get("us-ca").expect("shipped");
    for new_year_on_a_saturday in [2022, 2028, 2033, 2039] {
        let eve = NaiveDate::from_ymd_opt(new_year_on_a_saturday - 1, 12, 31).expect("a date");
        assert_eq!(ca.holiday(eve), Some("New Year's Day"), "{eve}");
    }
    assert_eq!(ca.holiday(day("2023-01-02")), Some("New Year's Day"));
    assert_eq!(ca.holiday(day("2024-11-29")), Some("the day after Thanksgiving"));
    // November 2030 begins on a Friday: the day after the fourth Thursday is the fifth Friday.
    assert_eq!(ca.holiday(day("2030-11-29")), Some("the day after Thanksgiving"));
    assert_eq!(ca.holiday(day("2030-11-22")), None);
    assert_eq!(ca.holiday(day("2040-05-28")), Some("Memorial Day"));
}

#[test]
fn good_friday_is_two_days_before_easter() {
    let text = "calendar = [{ id = \"e\", name = \"e\", from = 2020, to = 2040 }]\n\
                [[holiday]]\nname = \"Good Friday\"\ncalendars = [\"e\"]\ndays-before-easter = 2\n\
                mark = \"M\"\nsource = \"almanac\"";
    let all = Calendars::parse(text).expect("right");
    let days: Vec<String> = (2020..=2040)
        .flat_map(|y| all.get("e").expect("given").days(y))
        .map(|(d, _)| d.format("%m-%d").to_string())
        .collect();
    assert_eq!(
        days.join(" "),
        "04-10 04-02 04-15 04-07 03-29 04-18 04-03 03-26 04-14 03-30 04-19 04-11 03-26 04-15 04-07 \
         03-23 04-11 04-03 04-23 04-08 03-30"
    );
}

// Boundaries.

#[test]
fn a_month_too_short_ends_as_its_statute_says() {
    use ShortMonth::{FirstOfNext, LastDay};
    for (from, months, short, end) in [
        ("2027-10-31", 6, LastDay, "2028-04-30"),
        ("2027-10-31", 6, FirstOfNext, "2028-05-01"),
        ("2028-05-31", 4, FirstOfNext, "2028-10-01"),
        ("2028-05-31", 4, LastDay, "2028-09-30"),
        ("2026-10-20", 6, LastDay, "2027-04-20"),
        ("2026-08-31", 6, LastDay, "2027-02-28"),
        ("2027-08-31", 6, LastDay, "2028-02-29"),
        ("2027-08-31", 6, FirstOfNext, "2028-03-01"),
        ("2028-02-29", 12, LastDay, "2029-02-28"),
        ("2028-02-29", 12, FirstOfNext, "2029-03-01"),
        ("2026-12-31", 2, FirstOfNext, "2027-03-01"),
        ("2026-08-30", 4, FirstOfNext, "2026-12-30"),
        ("2026-12-31", 6, LastDay, "2027-06-30"),
    ] {
        assert_eq!(add_months(day(from), months, short), Some(day(end)), "{from} + {months}");
        assert_eq!(ends(from, &format!("{months} months"), Some(short)), end);
    }
    assert_eq!(add_months(NaiveDate::MAX, 1, LastDay), None);
}

#[test]
fn days_leave_out_the_first_and_take_in_the_last() {
    for (from, period, end) in [
        ("2026-05-25", "180 days", "2026-11-21"),
        ("2026-10-21", "30 days", "2026-11-20"),
        ("2026-10-21", "5 days", "2026-10-26"),
        ("2026-10-21", "0 days", "2026-10-21"),
        // 180 days across 29 February, and across a February without one.
        ("2027-09-04", "180 days", "2028-03-02"),
        ("2026-09-04", "180 days", "2027-03-03"),
        ("2026-12-31", "1 day", "2027-01-01"),
    ] {
        assert_eq!(ends(from, period, None), end, "{from} + {period}");
    }
    let far = (NaiveDate::MAX, None);
    assert_eq!(
        count(far, Period { amount: 1, unit: Unit::Days }, None, None),
        Err(Error::OutOfRange)
    );
}

#[test]
fn business_days_leave_out_weekends_and_holidays() {
    for (from, period, end) in [
        // Thanksgiving and the day after it, 2026-11-26 and 27.
        ("2026-11-20", "5 business days", "2026-12-01"),
        ("2026-11-25", "1 business day", "2026-11-30"),
        ("2026-11-21", "1 business day", "2026-11-23"),
        // 31 December 2027 stands for Saturday, 1 January 2028.
        ("2027-12-30", "1 business day", "2028-01-03"),
        ("2026-11-21", "0 business days", "2026-11-21"),
    ] {
        assert_eq!(ends(from, period, None), end, "{from} + {period}");
    }
}

#[test]
fn hours_run_through_weekends_and_need_a_known_hour_to_end_on_one() {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
    let hours = |amount| Period { amount, unit: Unit::Hours };
    let friday = day("2026-11-20");
    for (from, period, end) in [
        ((friday, at(15)), 72, (day("2026-11-23"), at(15))),
        ((friday, at(16)), 24, (day("2026-11-21"), at(16))),
        ((friday, at(23)), 2, (day("2026-11-21"), at(1))),
        ((friday, None), 72, (day("2026-11-23"), None)),
        ((friday, None), 24, (day("2026-11-21"), None)),
        ((friday, None), 48, (day("2026-11-22"), None)),
        ((friday, None), 25, (day("2026-11-22"), None)),
        ((friday, None), 0, (friday, None)),
        ((day("2028-02-28"), at(9)), 24, (day("2028-02-29"), at(9))),
    ] {
        let end = End { date: end.0, time: end.1 };
        assert_eq!(count(from, hours(period), None, None), Ok(end));
    }
}

#[test]
fn a_period_that_cannot_be_counted_says_why() {
    let from = (day("2026-11-21"), None);
    let months = Period { amount: 6, unit: Unit::Months };
    let business = Period { amount: 5, unit: Unit::BusinessDays };
    assert_eq!(count(from, months, None, None), Err(Error::NoShortMonth));
    assert_eq!(count(from, business, None, None), Err(Error::NoCalendar));
}

#[test]
fn rolls_and_last_working_days() {
    let ca = california();
    for (date, next, last) in [
        ("2026-11-21", "2026-11-23", "2026-11-20"),
        ("2026-11-26", "2026-11-30", "2026-11-25"),
        ("2027-07-04", "2027-07-06", "2027-07-02"),
        ("2028-04-30", "2028-05-01", "2028-04-28"),
        ("2028-01-01", "2028-01-03", "2027-12-30"),
        ("2026-11-24", "2026-11-24", "2026-11-24"),
    ] {
        assert_eq!(ca.next_business_day_on_or_after(day(date)), Some(day(next)), "{date}");
        assert_eq!(ca.last_business_day_on_or_before(day(date)), Some(day(last)), "{date}");
    }
}

#[test]
fn a_period_reads_as_a_statute_says_it() {
    for (text, amount, unit) in [
        ("6 months", 6, Unit::Months),
        ("1 month", 1, Unit::Months),
        ("180 days", 180, Unit::Days),
        ("1 day", 1, Unit::Days),
        ("5 business days", 5, Unit::BusinessDays),
        ("1 business day", 1, Unit::BusinessDays),
        ("72 hours", 72, Unit::Hours),
        ("1 hour", 1, Unit::Hours),
    ] {
        let period = Period { amount, unit };
        assert_eq!(text.parse(), Ok(period));
        assert_eq!(period.to_string(), text);
    }
    for wrong in [
        "",
        "days",
        "6",
        "six months",
        "+6 months",
        "-6 months",
        "6  months",
        "6 weeks",
        "70000 days",
        "6 months ",
        "5 businessdays",
        " 5 days",
    ] {
        assert!(wrong.parse::<Period>().is_err(), "{wrong:?}");
    }
}

#[test]
fn names_of_units_and_policies_find_them_again() {
    for unit in Unit::ALL {
        assert_eq!(Unit::find(unit.name()), Some(unit));
    }
    for short in [ShortMonth::LastDay, ShortMonth::FirstOfNext] {
        assert_eq!(ShortMonth::find(short.name()), Some(short));
    }
    assert_eq!(Unit::find("weeks"), None);
    assert_eq!(ShortMonth::find("clamp"), None);
}

#[test]
fn a_faulty_file_of_holidays_is_refused_with_its_line() {
    let head = "[[calendar]]\nid = \"x\"\nname = \"x\"\nfrom = 2020\nto = 2040\n\
                [[holiday]]\nname = \"h\"\nmark = \"M\"\nsource = \"s\"\n";
    for (rest, line, message) in [
        ("calendars = [\"y\"]\non = { month = 1, day = 1 }", 6, "no calendar `y` in this file"),
        ("calendars = [\"x\"]\non = { month = 2, day = 30 }", 11, "no year has that day"),
        (
            "calendars = [\"x\"]\non = { month = 13, day = 1 }",
            11,
            "`month` is a number from 1 to 12",
        ),
        (
            "calendars = [\"x\"]\nnth = { month = 1, weekday = \"someday\", nth = 1 }",
            11,
            "`someday` is not a day of the week",
        ),
        (
            "calendars = [\"x\"]\non = { month = 1, day = 1 }\nobserve = true",
            12,
            "unknown key `observe`",
        ),
        ("calendars = [\"x\"]\ndays = [\"2026-01-01\"]", 11, "`days` is a list of dates"),
        (
            "calendars = [\"x\"]",
            6,
            "a holiday has one of `on`, `nth`, `last`, `days-before-easter` and `days`",
        ),
        ("on = { month = 1, day = 1 }", 6, "`calendars` is missing"),
        (
            "calendars = [\"x\"]\nfrom = 20200\non = { month = 1, day = 1 }",
            11,
            "`from` is a number from 1900 to 2199",
        ),
    ] {
        let error = Calendars::parse(&format!("{head}{rest}")).expect_err(message);
        assert_eq!((error.line, error.message.as_str()), (line, message));
    }
    assert!(Calendars::parse("[[calendar").is_err());
}

#[test]
fn a_holiday_holds_from_its_first_year_to_its_last() {
    let text = "calendar = [{ id = \"x\", name = \"x\", from = 2020, to = 2030 }]\n\
                [[holiday]]\nname = \"h\"\ncalendars = [\"x\"]\non = { month = 5, day = 6 }\n\
                from = 2022\nto = 2024\nmark = \"M\"\nsource = \"s\"";
    let all = Calendars::parse(text).expect("right");
    let calendar = all.get("x").expect("given");
    let years: Vec<i32> = (2020..=2030).filter(|y| calendar.days(*y).next().is_some()).collect();
    assert_eq!(years, [2022, 2023, 2024]);
}

// Properties.

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..7_500).prop_map(|n| day("2020-01-02") + Days::new(n))
}

fn any_period() -> impl Strategy<Value = Period> {
    (0_u16..=400, prop::sample::select(Unit::ALL.to_vec()))
        .prop_map(|(amount, unit)| Period { amount, unit })
}

fn any_short() -> impl Strategy<Value = ShortMonth> {
    prop::sample::select(vec![ShortMonth::LastDay, ShortMonth::FirstOfNext])
}

fn any_time() -> impl Strategy<Value = NaiveTime> {
    (0_u32..86_400)
        .prop_map(|s| NaiveTime::from_num_seconds_from_midnight_opt(s, 0).expect("a time"))
}

proptest! {
    #[test]
    fn parse_gives_back_what_was_shown(amount: u16, unit in prop::sample::select(Unit::ALL.to_vec())) {
        let period = Period { amount, unit };
        prop_assert_eq!(period.to_string().parse(), Ok(period));
    }

    #[test]
    fn parse_never_panics(text: String) {
        let _ = text.parse::<Period>();
        let _ = Calendars::parse(&text);
    }

    #[test]
    fn a_later_start_never_ends_earlier(
        a in any_day(), b in any_day(), period in any_period(), short in any_short(),
    ) {
        let ca = california();
        let (early, late) = (a.min(b), a.max(b));
        let end = |d| count((d, None), period, Some(short), Some(&ca));
        if let (Ok(first), Ok(second)) = (end(early), end(late)) {
            prop_assert!(first <= second, "{early} {late} {period}");
        }
    }

    #[test]
    fn a_later_hour_never_ends_earlier(
        date in any_day(), a in any_time(), b in any_time(), amount in 0_u16..2_000,
    ) {
        let period = Period { amount, unit: Unit::Hours };
        let end = |t| count((date, Some(t)), period, None, None).expect("in range");
        prop_assert!(end(a.min(b)) <= end(a.max(b)));
        // Rounding up to days never comes before the hour itself.
        let whole = count((date, None), period, None, None).expect("in range");
        prop_assert!(whole.date >= end(NaiveTime::MIN).date);
    }

    #[test]
    fn a_period_never_ends_before_it_starts(
        date in any_day(), period in any_period(), short in any_short(),
    ) {
        if let Ok(end) = count((date, None), period, Some(short), Some(&california())) {
            prop_assert!(end.date >= date);
        }
    }

    #[test]
    fn a_rolled_day_is_a_business_day_on_the_right_side(date in any_day()) {
        for calendar in calendars().iter() {
            if let Some(next) = calendar.next_business_day_on_or_after(date) {
                prop_assert!(next >= date);
                prop_assert_eq!(calendar.is_business_day(next), Some(true));
                prop_assert!(next - date < chrono::TimeDelta::days(8));
            }
            if let Some(last) = calendar.last_business_day_on_or_before(date) {
                prop_assert!(last <= date);
                prop_assert_eq!(calendar.is_business_day(last), Some(true));
            }
        }
    }

    #[test]
    fn a_business_day_of_the_plan_is_one_for_everybody(n in 0_u64..1_096) {
        let date = day("2026-01-01") + Days::new(n);
        let all = calendars();
        if all.get("us-ca-plan").expect("shipped").is_business_day(date) == Some(true) {
            for calendar in all.iter() {
                prop_assert_eq!(calendar.is_business_day(date), Some(true), "{}", calendar.id());
            }
        }
    }

    #[test]
    fn the_first_of_the_next_month_is_at_most_a_day_later(
        date in any_day(), months in 0_u16..240,
    ) {
        let clamped = add_months(date, months, ShortMonth::LastDay).expect("in range");
        let next = add_months(date, months, ShortMonth::FirstOfNext).expect("in range");
        prop_assert!(next == clamped || (next.day() == 1 && clamped.succ_opt() == Some(next)));
    }
}
