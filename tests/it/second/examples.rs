//! The worked examples of the sheets, put to the oracle: it must be right before it judges.

use jiff::civil::{Date, Time, date};

use super::days::List;
use super::oracle::Event::{
    Answer, AnswerArrived, Appeal, Claim, Notice, NoticeArrived, Papers, Request, ReviewAsked,
};
use super::oracle::{Days, Event, Lists, Story, days};
use super::table;

/// What the oracle says of one rule; `ending` is how the deadline's id ends.
fn says(rule: &str, ending: &str, happened: &[(Event, Date)], office: List) -> Days {
    let mut story = Story::default();
    for (event, day) in happened {
        story.set(*event, *day);
    }
    let given = if office == List::California { List::Candidates } else { office };
    days(&table::rules(rule, ending), &story, Lists { office, given })
}

const NOVEMBER_20: Date = date(2026, 11, 20);

#[test]
fn the_oracle_gives_the_dates_of_dmhc() {
    let says = |rule, happened: &[(Event, Date)]| says(rule, "", happened, List::California);
    let member = |file_by, last_working_day, arguable_until| Days {
        file_by: Some(file_by),
        last_working_day,
        arguable_until,
        ..Days::default()
    };
    // Examples 1, 3 and 9.
    let denied = |day| says("dmhc.G1", &[(Notice, day), (NoticeArrived, day)]);
    assert_eq!(
        denied(date(2026, 5, 25)),
        member(date(2026, 11, 21), Some(NOVEMBER_20), Some(date(2026, 11, 23)))
    );
    assert_eq!(denied(date(2026, 5, 20)), member(date(2026, 11, 16), None, None));
    assert_eq!(denied(date(2027, 9, 4)), member(date(2028, 3, 2), None, None));
    // Examples 5 and 25.
    let received = |rule, day| says(rule, &[(Appeal, day)]);
    assert_eq!(received("dmhc.G2", date(2026, 10, 21)).due, Some(date(2026, 10, 26)));
    assert_eq!(received("dmhc.G3", date(2026, 10, 21)).due, Some(NOVEMBER_20));
    assert_eq!(received("dmhc.I1", date(2026, 10, 21)), member(date(2027, 5, 20), None, None));
    assert_eq!(received("dmhc.G3", date(2026, 11, 25)).due, Some(date(2026, 12, 25)));
    assert_eq!(received("dmhc.G5", date(2026, 11, 25)).due, Some(date(2026, 12, 26)));
    // Examples 7 and P5, 13, 15 and 11.
    let answered = |day, answer| says("dmhc.I1", &[(Appeal, day), (Answer, answer)]);
    assert_eq!(
        answered(date(2027, 10, 5), date(2027, 10, 31)),
        member(date(2028, 4, 30), Some(date(2028, 4, 28)), Some(date(2028, 5, 1)))
    );
    assert_eq!(
        answered(date(2026, 3, 2), date(2026, 6, 29)),
        member(date(2026, 10, 1), None, Some(date(2026, 12, 29)))
    );
    assert_eq!(answered(date(2026, 5, 4), date(2026, 5, 20)), member(NOVEMBER_20, None, None));
    let experimental = says("dmhc.I2", &[(Notice, date(2026, 11, 10))]);
    assert_eq!(experimental, member(date(2027, 5, 10), None, None));
    // Example 21.
    assert_eq!(says("dmhc.P1", &[(Claim, date(2026, 10, 15))]).due, Some(date(2026, 11, 14)));
}

#[test]
fn the_oracle_counts_hours_through_a_weekend() {
    let hours = |rule, ending, hour| {
        let mut story = Story::default();
        story.set_at(Request, NOVEMBER_20, Some(Time::constant(hour, 0, 0, 0)));
        let lists = Lists { office: List::California, given: List::Candidates };
        let days = days(&table::rules(rule, ending), &story, lists);
        (days.due, days.time)
    };
    let at = |day, hour| (Some(date(2026, 11, day)), Some(Time::constant(hour, 0, 0, 0)));
    // Examples 17 and 19 of dmhc.md.
    assert_eq!(hours("dmhc.S1", "", 15), at(23, 15));
    assert_eq!(hours("dmhc.D1", "", 16), at(23, 16));
    assert_eq!(hours("dmhc.D1", "urgent", 16), at(21, 16));
}

#[test]
fn the_oracle_gives_the_dates_of_cdi() {
    let says = |rule, happened: &[(Event, Date)]| says(rule, "", happened, List::California);
    // Examples 1, 3, 5 and 7.
    let upheld = |day| says("CDI-IMR-6M", &[(Answer, day)]);
    assert_eq!(upheld(date(2026, 10, 20)).file_by, Some(date(2027, 4, 20)));
    assert_eq!(upheld(date(2026, 6, 12)).file_by, Some(date(2026, 12, 12)));
    assert_eq!(upheld(date(2026, 6, 12)).arguable_until, Some(date(2026, 12, 14)));
    assert_eq!(upheld(date(2026, 6, 11)).file_by, Some(date(2026, 12, 11)));
    let opens = says("CDI-IMR-WAIT-3", &[(Appeal, date(2026, 11, 18))]);
    assert_eq!(opens.due, Some(date(2026, 11, 21)));
    let claim = says("CDI-CLAIM-30", &[(Claim, date(2026, 10, 23))]);
    assert_eq!(claim.due, Some(date(2026, 11, 22)));
    assert_eq!(claim.late_after, Some(date(2026, 11, 23)));
}

#[test]
fn the_oracle_gives_the_dates_of_the_federal_sheet() {
    let federal = |rule, ending, event, day| says(rule, ending, &[(event, day)], List::Federal);
    let california = |rule, event, day| says(rule, "", &[(event, day)], List::California);
    // Example 11: never rolled.
    let internal = federal("ERISA-APPEAL-180", "", NoticeArrived, date(2026, 9, 15));
    assert_eq!(internal.file_by, Some(date(2027, 3, 14)));
    assert_eq!(internal.last_working_day, Some(date(2027, 3, 12)));
    assert_eq!(internal.arguable_until, None);
    // Examples 13 and P1.
    for (received, file_by, rolled) in [
        (date(2026, 10, 15), date(2027, 2, 15), date(2027, 2, 16)),
        (date(2026, 9, 1), date(2027, 1, 1), date(2027, 1, 4)),
        (date(2026, 7, 21), date(2026, 11, 21), date(2026, 11, 23)),
        (date(2028, 5, 31), date(2028, 10, 1), date(2028, 10, 2)),
    ] {
        let is = federal("ERISA-EXT-4M", "", AnswerArrived, received);
        assert_eq!((is.file_by, is.arguable_until), (Some(file_by), Some(rolled)));
    }
    // Example P3.
    let first = federal("ERISA-DEC-PRE", "first-level", Appeal, date(2026, 11, 2));
    assert_eq!(first.due, Some(date(2026, 11, 17)));
    // Example 15.
    let notice = date(2026, 8, 3);
    assert_eq!(california("MC-HEARING-120", Answer, notice).file_by, Some(date(2026, 12, 1)));
    assert_eq!(california("MC-IMR-6M", Answer, notice).file_by, Some(date(2027, 2, 3)));
    // Examples 19 and 21.
    let medicare = federal("MA-RECON-65", "", Notice, date(2026, 10, 12));
    assert_eq!(medicare.file_by, Some(date(2026, 12, 11)));
    assert_eq!(medicare.arguable_until, Some(date(2026, 12, 16)));
    let original = federal("OM-REDET-120", "", Notice, date(2026, 9, 1));
    assert_eq!(original.file_by, Some(date(2026, 12, 30)));
    assert_eq!(original.arguable_until, Some(date(2027, 1, 4)));
    // Examples 23 and 25.
    let calpers = california("PERS-AR-30", Answer, date(2026, 11, 6));
    assert_eq!(calpers.file_by, Some(date(2026, 12, 6)));
    assert_eq!(calpers.last_working_day, Some(date(2026, 12, 4)));
    assert_eq!(calpers.arguable_until, Some(date(2026, 12, 7)));
    let subsidy = california("CC-APPEAL-90", Notice, date(2026, 8, 24));
    assert_eq!(subsidy.file_by, Some(date(2026, 11, 22)));
}

#[test]
fn the_oracle_gives_the_dates_of_the_other_states() {
    let says = |rule, happened: &[(Event, Date)]| says(rule, "", happened, List::Federal);
    // Example P7: the earlier of two clocks.
    let mut story = Story::default();
    story.set(ReviewAsked, date(2026, 11, 2));
    story.set(Papers, date(2026, 11, 4));
    let clocks = ["", "request"].map(|ending| table::rules("WA-EXT-DEC", ending)).concat();
    let lists = Lists { office: List::Federal, given: List::Unlisted };
    assert_eq!(days(&clocks, &story, lists).due, Some(date(2026, 11, 19)));
    // Example P9: clamped, not rolled.
    let maryland = says("MD-EXT-4M", &[(AnswerArrived, date(2026, 10, 31))]);
    assert_eq!(maryland.file_by, Some(date(2027, 2, 28)));
    assert_eq!(maryland.last_working_day, Some(date(2027, 2, 26)));
    assert_eq!(maryland.arguable_until, None);
    // Section 8.
    let virginia = says("VA-EXT-120", &[(AnswerArrived, date(2026, 7, 1))]);
    assert_eq!(virginia.file_by, Some(date(2026, 10, 29)));
}
