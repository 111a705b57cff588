//! Colorado, Maryland, Virginia, Oregon, Washington: states.md, sections 1, 2 and 8.

use super::california::RECEIPT;
use super::*;

/// Receipt of the carrier's answer; unknown, its date, which is earlier.
const ANSWER_RECEIPT: Since =
    Since::FirstKnown(&[Since::On(Event::AnswerArrived), Since::On(Event::Answer)]);

/// Maryland's filing date is constructive: the earlier of receipt and five days after mailing (MD-FILED).
const MARYLAND_FILED: Since = Since::Earliest(&[
    Since::On(Event::Appeal),
    Since::After(&Since::On(Event::AppealSent), Days(5)),
]);

pub(super) const RULES: &[Rule] = &[
    // Rolls off a weekend or holiday; no list of Colorado's holidays is given, the federal one is the
    // part that is sure.
    member("CO-APPEAL-180", since(RECEIPT, Days(180)), Roll::Federal),
    duty("CO-DEC", on(Event::Appeal, Days(30))),
    duty("CO-DEC", on(Event::Appeal, Days(60))).case("given"),
    duty("CO-DEC", on(Event::Appeal, Hours(72))).case("urgent"),
    member("CO-SECOND-60", on(Event::Answer, Days(60)), Roll::None),
    // No month-end text was read: the last day of the month.
    member("CO-EXT-4M", since(ANSWER_RECEIPT, MonthsClamped(4)), Roll::None),
    duty("CO-EXT-PASS", on(Event::ReviewAsked, BusinessDays(2))),
    duty("CO-EXT-ASSIGN", on(Event::ReviewAsked, BusinessDays(2))),
    duty("CO-EXT-DEC", on(Event::ReviewAsked, Days(45))),
    duty("CO-EXT-DEC", on(Event::ReviewAsked, Hours(72))).case("urgent"),
    member("MD-GRV-180", since(RECEIPT, Days(180)), Roll::None),
    // One extension of 30 working days, if the member agrees in writing: given before anything is late.
    duty_more("MD-GRV-DEC", since(MARYLAND_FILED, BusinessDays(30)), BusinessDays(30)),
    duty_more("MD-GRV-DEC", since(MARYLAND_FILED, BusinessDays(45)), BusinessDays(30))
        .case("given"),
    duty("MD-GRV-DEC", since(MARYLAND_FILED, Hours(24))).case("urgent"),
    duty("MD-COV-DEC", on(Event::Appeal, BusinessDays(60))),
    member("MD-EXT-4M", since(ANSWER_RECEIPT, MonthsClamped(4)), Roll::None),
    member("MD-COV-EXT-4M", since(ANSWER_RECEIPT, MonthsClamped(4)), Roll::None),
    duty("MD-EXT-ANSWER", on(Event::Complaint, BusinessDays(7))),
    duty("MD-EXT-DEC", on(Event::Complaint, Days(45))),
    duty("MD-EXT-DEC", on(Event::Complaint, Hours(24))).case("urgent"),
    // Doors: the 30th working day, or the 30th day, without a decision.
    duty_open("MD-SKIP-SILENCE", since(MARYLAND_FILED, BusinessDays(30))),
    duty_open("VA-SILENCE-30", on(Event::AppealSent, Days(30))),
    member("VA-APPEAL-180", since(RECEIPT, Days(180)), Roll::None),
    duty("VA-URG-INIT", on(Event::Claim, Hours(72))),
    duty("VA-ONGOING", on(Event::Appeal, Hours(72))),
    // 120 days, not four months (section 8); complete and received.
    member("VA-EXT-120", since(ANSWER_RECEIPT, Days(120)), Roll::None),
    duty("VA-EXT-DEC", on(Event::ReviewAsked, Days(45))),
    duty("VA-EXT-DEC", on(Event::ReviewAsked, BusinessDays(6))).case("experimental"),
    duty("VA-EXT-DEC", on(Event::ReviewAsked, Hours(72))).case("urgent"),
    duty("OR-ACK-7", on(Event::Appeal, Days(7))),
    duty("OR-DEC-30", on(Event::Appeal, Days(30))),
    member("OR-EXT-180", since(ANSWER_RECEIPT, Days(180)), Roll::None),
    duty("OR-EXT-NOTICE", on(Event::ReviewAsked, BusinessDays(2))),
    duty("OR-EXT-FILE", on(Event::ReviewAsked, BusinessDays(5))),
    duty("OR-EXT-DEC", on(Event::ReviewAsked, Days(30))),
    duty("OR-EXT-DEC", on(Event::ReviewAsked, Days(3))).case("urgent"),
    member("WA-APPEAL-180", since(RECEIPT, Days(180)), Roll::None),
    duty("WA-DEC-30", on(Event::Appeal, Days(30))),
    duty("WA-DEC-30", on(Event::Appeal, Hours(72))).case("urgent"),
    // 14 days, 30 with notice.
    duty_late(
        "WA-DEC-GF",
        on(Event::Appeal, Days(14)),
        Late::After { clock: on(Event::Appeal, Days(30)), extension: None },
    ),
    // From the determination itself; its receipt is later.
    member_or(
        "WA-EXT-180",
        on(Event::Answer, Days(180)),
        &[on(Event::AnswerArrived, Days(180))],
        Roll::None,
    ),
    duty("WA-EXT-FILE", on(Event::ReviewAsked, BusinessDays(3))),
    // The earlier of two clocks; 25 days from the request where the case is exceptional.
    duty_late(
        "WA-EXT-DEC",
        since(
            Since::Earliest(&[
                Since::After(&Since::On(Event::Papers), Days(15)),
                Since::After(&Since::On(Event::ReviewAsked), Days(20)),
            ]),
            Days(0),
        ),
        Late::After { clock: on(Event::ReviewAsked, Days(25)), extension: None },
    ),
    duty("WA-EXT-DEC", on(Event::ReviewAsked, Hours(72))).case("urgent"),
];

/// Rules of section 2 that have nothing to count, and why.
pub(in crate::second) const UNCOUNTED: &[(&str, &str)] = &[
    ("CO-URG-CERT", "a certificate that goes with an expedited request"),
    ("CO-EXCLUSION", "evidence that goes with the appeal of an exclusion"),
    ("MD-FILED", "what the filing date is, within the rules that count from it"),
    ("MD-SKIP-COMPELLING", "a ground to skip the grievance at once"),
    ("VA-CANCER", "no exhaustion at all"),
    ("OR-DEEMED", "exhaustion deemed on a breach"),
    ("WA-EXT-OPEN", "a door that opens with the answer or the overrun clock"),
    ("WA-BOTH", "both reviews together"),
    ("WA-CONTINUE", "coverage goes on during the appeal"),
];
