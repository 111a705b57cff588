//! Colorado, Maryland, Virginia, Oregon, Washington: states.md, sections 1, 2 and 8.
//!
//! No list of these states' holidays is given (counting-days.md 7). So no count of business days is ever
//! late, and no count of calendar days either: its last day may be a holiday of the state, and whoever
//! is accused is given its own roll (section 1). Hours run on through every holiday, and are late where
//! the day on which they start is the receipt. A review's clock starts from its receipt too, which no
//! record holds, only that it was asked for: nobody is late with a review. Nor does a record hold the day on
//! which a case became urgent, which may be later than the receipt of the appeal: nobody is late with an
//! urgent decision.

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

/// The filing of an appeal, where nothing says what it is: its receipt, and unknown, the day it was sent.
const FILED: Since = Since::FirstKnown(&[Since::On(Event::Appeal), Since::On(Event::AppealSent)]);

pub(super) const RULES: &[Rule] = &[
    // Rolls off a weekend or holiday; no list of Colorado's holidays is given, the federal one is the
    // part that is sure.
    member("CO-APPEAL-180", since(RECEIPT, Days(180)), Roll::Federal),
    duty("CO-DEC", on(Event::Appeal, Days(30))),
    duty("CO-DEC", on(Event::Appeal, Days(60))).case("given"),
    // Given or not: the longest, before anybody is late (README.md 4).
    duty("CO-DEC", on(Event::Appeal, Days(60))).case("unclear"),
    duty_open("CO-DEC", on(Event::Appeal, Hours(72))).case("urgent"),
    duty_open("ERISA-DEC-URG", on(Event::Appeal, Hours(72)))
        .case("us-co-doi.internal-appeal.decide.urgent"),
    duty_open("ERISA-DEC-URG", on(Event::Appeal, Hours(72)))
        .case("us-or-dfr.internal-appeal.decide.urgent"),
    duty_open("ERISA-DEC-URG", on(Event::Appeal, Hours(72)))
        .case("us-va-scc.internal-appeal.decide.urgent"),
    duty_open("ERISA-DEC-URG", on(Event::Appeal, Hours(72)))
        .case("us-va-scc.internal-appeal.decide.urgent-ended"),
    duty_open("ERISA-DEC-URG", on(Event::Appeal, Hours(72)))
        .case("us-wa-oic.internal-appeal.decide.urgent"),
    duty_open("ERISA-DEC-URG", on(Event::Appeal, Hours(72)))
        .case("us-md-mia.coverage-appeal.decide.urgent"),
    duty_open("ERISA-INIT-URG", on(Event::Request, Hours(72)))
        .case("us-co-doi.claim.decide.urgent"),
    duty_open("ERISA-INIT-URG", on(Event::Request, Hours(72)))
        .case("us-md-mia.claim.decide.urgent"),
    duty_open("ERISA-INIT-URG", on(Event::Request, Hours(72)))
        .case("us-or-dfr.claim.decide.urgent"),
    duty_open("ERISA-INIT-URG", on(Event::Request, Hours(72)))
        .case("us-wa-oic.claim.decide.urgent"),
    // From the first decision itself; its receipt is later.
    member_or(
        "CO-SECOND-60",
        on(Event::Answer, Days(60)),
        &[on(Event::AnswerArrived, Days(60))],
        Roll::None,
    ),
    // No month-end text was read: the last day of the month.
    member("CO-EXT-4M", since(ANSWER_RECEIPT, MonthsClamped(4)), Roll::None),
    // "After the denial or the final denial" (FED-STATE-MIN): before the answer, from the denial.
    member("CO-EXT-4M", since(RECEIPT, MonthsClamped(4)), Roll::None).case("silence"),
    member("CO-EXT-4M", since(RECEIPT, MonthsClamped(4)), Roll::None).case("urgent"),
    duty_open("CO-EXT-PASS", on(Event::ReviewAsked, BusinessDays(2))),
    duty_open("CO-EXT-DEC", on(Event::ReviewAsked, Days(45))),
    duty_open("CO-EXT-DEC", on(Event::ReviewAsked, Hours(72))).case("urgent"),
    member("MD-GRV-180", since(RECEIPT, Days(180)), Roll::None),
    // One extension of 30 working days, if the member agrees in writing: given before anything is late.
    duty_more("MD-GRV-DEC", since(MARYLAND_FILED, BusinessDays(30)), BusinessDays(30)),
    duty_more("MD-GRV-DEC", since(MARYLAND_FILED, BusinessDays(45)), BusinessDays(30))
        .case("given"),
    duty_more("MD-GRV-DEC", since(MARYLAND_FILED, BusinessDays(45)), BusinessDays(30))
        .case("unclear"),
    duty_open("MD-GRV-DEC", since(MARYLAND_FILED, Hours(24))).case("urgent"),
    // The filing date is what it is for all of Maryland's 30, 45 and 60 days (counting-days.md 3).
    duty("MD-COV-DEC", since(MARYLAND_FILED, BusinessDays(60))),
    member("MD-EXT-4M", since(ANSWER_RECEIPT, MonthsClamped(4)), Roll::None),
    // Before the grievance is decided, from the adverse decision.
    member("MD-EXT-4M", since(RECEIPT, MonthsClamped(4)), Roll::None).case("urgent"),
    member("MD-EXT-4M", since(RECEIPT, MonthsClamped(4)), Roll::None).case("open"),
    member("MD-EXT-4M", since(RECEIPT, MonthsClamped(4)), Roll::None).case("open-given"),
    member("MD-COV-EXT-4M", since(ANSWER_RECEIPT, MonthsClamped(4)), Roll::None),
    // The complaint to the Commissioner is Maryland's outside review. The carrier answers in seven
    // working days from the day it is told, which no record holds.
    duty_open("MD-EXT-ANSWER", on(Event::ReviewAsked, BusinessDays(5))).case("tell"),
    duty_open("MD-EXT-DEC", on(Event::ReviewAsked, Days(45))),
    duty_open("MD-EXT-DEC", on(Event::ReviewAsked, Hours(24))).case("urgent"),
    // Doors: the 30th working day, or the 30th day, without a decision.
    duty_open("MD-SKIP-SILENCE", since(MARYLAND_FILED, BusinessDays(30))),
    duty_open("VA-SILENCE-30", since(FILED, Days(30))),
    member("VA-APPEAL-180", since(RECEIPT, Days(180)), Roll::None),
    // Before the service the claim is the request for it.
    duty("VA-URG-INIT", on(Event::Request, Hours(72))),
    duty_open("VA-ONGOING", on(Event::Appeal, Hours(72))),
    // 120 days, not four months (section 8); complete and received. Before the answer the denial is the
    // notice of the right.
    member("VA-EXT-120", since(ANSWER_RECEIPT, Days(120)), Roll::None),
    member("VA-EXT-120", since(RECEIPT, Days(120)), Roll::None).case("cancer"),
    member("VA-EXT-120", since(RECEIPT, Days(120)), Roll::None).case("urgent"),
    member("VA-EXT-120", since(RECEIPT, Days(120)), Roll::None).case("silence"),
    duty_open("VA-EXT-DEC", on(Event::ReviewAsked, Days(45))),
    duty_open("VA-EXT-DEC", on(Event::ReviewAsked, BusinessDays(6))).case("experimental"),
    duty_open("VA-EXT-DEC", on(Event::ReviewAsked, Hours(72))).case("urgent"),
    duty("OR-ACK-7", on(Event::Appeal, Days(7))),
    duty("OR-DEC-30", on(Event::Appeal, Days(30))),
    member("OR-EXT-180", since(ANSWER_RECEIPT, Days(180)), Roll::None),
    duty_open("OR-EXT-NOTICE", on(Event::ReviewAsked, BusinessDays(2))),
    duty_open("OR-EXT-DEC", on(Event::ReviewAsked, Days(30))),
    duty_open("OR-EXT-DEC", on(Event::ReviewAsked, Days(3))).case("urgent"),
    member("WA-APPEAL-180", since(RECEIPT, Days(180)), Roll::None),
    duty("WA-DEC-30", on(Event::Appeal, Days(30))),
    duty_open("WA-DEC-30", on(Event::Appeal, Hours(72))).case("urgent"),
    // 14 days, 30 with notice.
    duty_late(
        "WA-DEC-GF",
        on(Event::Appeal, Days(14)),
        Late::After { clock: on(Event::Appeal, Days(30)), extension: None },
    ),
    duty("WA-DEC-GF", on(Event::Appeal, Days(30))).case("extended"),
    // From the determination itself; its receipt is later.
    member_or(
        "WA-EXT-180",
        on(Event::Answer, Days(180)),
        &[on(Event::AnswerArrived, Days(180))],
        Roll::None,
    ),
    // Two clocks, of which the earlier counts (P7), a deadline for each; 25 days from the request where
    // the case is exceptional.
    duty_open("WA-EXT-DEC", on(Event::Papers, Days(15))),
    duty_open("WA-EXT-DEC", on(Event::ReviewAsked, Days(20))).case("request"),
    duty_open("WA-EXT-DEC", on(Event::ReviewAsked, Hours(72))).case("urgent"),
];

/// Rules of section 2 that have nothing to count, and why.
pub(in crate::second) const UNCOUNTED: &[(&str, &str)] = &[
    ("CO-URG-CERT", "a certificate that goes with an expedited request"),
    ("CO-EXCLUSION", "evidence that goes with the appeal of an exclusion"),
    ("CO-EXT-ASSIGN", "from the Commissioner's copy of the request, whose day is in no record"),
    ("MD-FILED", "what the filing date is, within the rules that count from it"),
    ("MD-SKIP-COMPELLING", "a ground to skip the grievance at once"),
    ("VA-CANCER", "no exhaustion at all"),
    ("OR-DEEMED", "exhaustion deemed on a breach"),
    ("OR-EXT-FILE", "the sheet names no day to count from, and a record has none"),
    ("WA-EXT-OPEN", "a door that opens with the answer or the overrun clock"),
    ("WA-EXT-FILE", "the sheet names no day to count from, and a record has none"),
    ("WA-BOTH", "both reviews together"),
    ("WA-CONTINUE", "coverage goes on during the appeal"),
];
