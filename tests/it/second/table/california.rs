//! California: plans of DMHC, insurers of CDI, Medi-Cal, CalPERS, workers' compensation.

use super::*;

/// The day of the denial: of the letter, its receipt and the incident the earliest (dmhc.md 6, `N`).
/// Without a letter the day on which the request went unanswered, where the program takes the day it
/// was made, the earliest there is; or the day on which payment became overdue: day 31.
const DENIED: Since = Since::Earliest(&[
    Since::On(Event::Notice),
    Since::On(Event::NoticeArrived),
    Since::On(Event::Incident),
    Since::Silence(&Since::On(Event::Request)),
    Since::Silence(&Since::After(&Since::On(Event::Claim), Days(31))),
]);

/// Receipt of the notice; unknown, its date, which is earlier (counting-days.md 1).
pub(super) const RECEIPT: Since =
    Since::FirstKnown(&[Since::On(Event::NoticeArrived), Since::On(Event::Notice)]);

/// The plan's receipt of the appeal; unknown, the day it was sent.
const APPEAL: Since = Since::FirstKnown(&[Since::On(Event::Appeal), Since::On(Event::AppealSent)]);

/// Day 30 of the plan's process, or day 3 in an urgent case.
const DAY_30_OR_3: Since = Since::Earliest(&[
    Since::Standard(&Since::After(&APPEAL, Days(30))),
    Since::Urgent(&Since::After(&APPEAL, Days(3))),
]);

/// The event that opens outside review: the answer, or the plan's days gone by, if earlier.
const REVIEW_OPENS: Since = Since::Earliest(&[Since::On(Event::Answer), DAY_30_OR_3]);

/// The plan's answer as it was written and as it arrived.
const FROM_ANSWER_6M: &[Clock] =
    &[on(Event::Answer, MonthsClamped(6)), on(Event::AnswerArrived, MonthsClamped(6))];

/// dmhc.md 2, with sections 4.3 and 6.
pub(super) const DMHC: &[Rule] = &[
    member_or(
        "dmhc.G1",
        since(DENIED, Days(180)),
        // "Any incident or action": the letter is one too, where the incident came before it.
        &[on(Event::Notice, Days(180)), on(Event::NoticeArrived, Days(180))],
        Roll::California,
    ),
    // Federal: no weekend rule is written (FED-NOROLL). Receipt unknown, the date on the notice is
    // that of dmhc.G1 beside it.
    member("dmhc.G1f", on(Event::NoticeArrived, Days(180)), Roll::None),
    duty("dmhc.G2", on(Event::Appeal, Days(5))),
    duty("dmhc.G3", on(Event::Appeal, Days(30))),
    duty("dmhc.G4", on(Event::Appeal, Days(3))),
    duty("dmhc.G4f", on(Event::Appeal, Hours(72))),
    // A door, not a duty: open on day 31.
    duty_open("dmhc.G5", on(Event::Appeal, Days(31))),
    duty("dmhc.G7", on(Event::Appeal, Days(3))),
    member_or("dmhc.I1", since(REVIEW_OPENS, MonthsClamped(6)), FROM_ANSWER_6M, Roll::California),
    // The sheet names the date of the denial as the safe day 0; its receipt, from which the department's
    // regulation counts, is then the later reading.
    member_or(
        "dmhc.I2",
        since(DENIED, MonthsClamped(6)),
        &[on(Event::NoticeArrived, MonthsClamped(6))],
        Roll::California,
    ),
    duty("dmhc.I3", on(Event::Notice, BusinessDays(5))),
    // Day 0 is the department's receipt, which no record gives: nothing is late.
    duty_open("dmhc.I6", on(Event::ReviewAsked, Days(7))),
    duty_open("dmhc.I6", on(Event::ReviewAsked, Hours(48))).case("urgent"),
    duty_more("dmhc.I7", on(Event::Papers, Days(30)), Days(3)),
    duty_more("dmhc.I8", on(Event::Papers, Days(3)), Days(3)),
    duty_more("dmhc.I9", on(Event::ReviewAsked, Days(7)), Days(3)),
    // Day 0 is the plan's receipt of the decision, which no record gives.
    duty_open("dmhc.I10", on(Event::ReviewDecided, BusinessDays(5))),
    // The director may take longer.
    duty_open("dmhc.C1", on(Event::Complaint, Days(30))),
    // An agency's practice: nothing in the law moves it, and nothing bars a complaint after it.
    member("dmhc.C2", on(Event::Answer, MonthsClamped(6)), Roll::None),
    duty("dmhc.U1", on(Event::Information, BusinessDays(5))),
    duty("dmhc.U2", on(Event::Information, Hours(72))),
    duty("dmhc.U3", on(Event::Information, Days(30))),
    // "Whenever possible" leaves the plan in time on any day.
    duty_open("dmhc.S1", on(Event::Request, Hours(72))),
    duty("dmhc.D1", on(Event::Request, Hours(72))),
    duty("dmhc.D1", on(Event::Request, Hours(24))).case("urgent"),
    duty("dmhc.D2", on(Event::Request, Hours(72))),
    duty("dmhc.D2", on(Event::Request, Hours(24))).case("urgent"),
    duty("dmhc.P1", on(Event::Claim, Days(30))).from(2026, 1, 1),
];

/// cdi.md 1 and 2.
pub(super) const CDI: &[Rule] = &[
    member("CDI-APPEAL-180", since(RECEIPT, Days(180)), Roll::None),
    duty("CDI-APPEAL-DEC-PRE", on(Event::Appeal, Days(30))),
    duty("CDI-APPEAL-DEC-PRE", on(Event::Appeal, Days(15))).case("first-level"),
    duty("CDI-APPEAL-DEC-POST", on(Event::Appeal, Days(60))),
    duty("CDI-APPEAL-DEC-POST", on(Event::Appeal, Days(30))).case("first-level"),
    duty("CDI-APPEAL-DEC-URG", on(Event::Appeal, Hours(72))),
    // Doors: after 30 days, and after the cap of three.
    duty_open("CDI-IMR-WAIT-30", since(APPEAL, Days(30))),
    duty_open("CDI-IMR-WAIT-3", since(APPEAL, Days(3))),
    member_or(
        "CDI-IMR-6M",
        // No statute read says that the appeal comes first for an experimental denial: its own six
        // months are printed too, and they are the earlier.
        since(Since::Earliest(&[REVIEW_OPENS, Since::Experimental(&DENIED)]), MonthsClamped(6)),
        // The later event is the decision itself (cdi.md 2).
        &[on(Event::Answer, MonthsClamped(6))],
        Roll::California,
    ),
    duty_more("CDI-IMR-DEC-30", on(Event::Papers, Days(30)), Days(3)),
    duty_more("CDI-IMR-DEC-3", on(Event::Papers, Days(3)), Days(3)),
    duty("CDI-EXP-NOTICE-5BD", on(Event::Notice, BusinessDays(5))),
    duty_more("CDI-EXP-DEC-7", on(Event::ReviewAsked, Days(7)), Days(3)),
    duty("CDI-UR-5BD", on(Event::Information, BusinessDays(5))),
    duty("CDI-UR-72H", on(Event::Information, Hours(72))),
    duty("CDI-UR-RETRO-30", on(Event::Information, Days(30))),
    duty("CDI-RX-72", on(Event::Request, Hours(72))),
    duty("CDI-RX-24", on(Event::Request, Hours(24))),
    duty("CDI-RX-EXT", on(Event::Request, Hours(72))),
    duty("CDI-RX-EXT", on(Event::Request, Hours(24))).case("urgent"),
    duty("CDI-CLAIM-30", on(Event::Claim, Days(30))).from(2026, 1, 1),
    duty("CDI-COMPLAINT-ACK", on(Event::Complaint, BusinessDays(10))),
    duty("CDI-2NDOP-72H", on(Event::Request, Hours(72))),
];

/// federal-and-public.md 2, 4 and 5: the programmes of California.
pub(super) const PUBLIC: &[Rule] = &[
    member("MC-PLAN-APPEAL-60", on(Event::Notice, Days(60)), Roll::None),
    duty("MC-PLAN-DEC-30", on(Event::Appeal, Days(30))),
    duty("MC-PLAN-DEC-72H", on(Event::Appeal, Hours(72))),
    // The earlier of the notice and day 30 without one (README.md 4); the statute's receipt is later.
    member_or(
        "MC-HEARING-120",
        since(
            Since::Earliest(&[Since::On(Event::Answer), Since::After(&APPEAL, Days(30))]),
            Days(120),
        ),
        &[on(Event::Answer, Days(120)), on(Event::AnswerArrived, Days(120))],
        Roll::California,
    ),
    member("MC-HEARING-90", on(Event::Notice, Days(90)), Roll::California),
    // Late with good cause: up to day 180.
    member("MC-HEARING-90", on(Event::Notice, Days(180)), Roll::California).case("good-cause"),
    // A temporary waiver, for eligibility only: later than the 90 days, so arguable at most.
    member(
        "MC-REDET-120",
        since(Since::Eligibility(&Since::On(Event::Notice)), Days(120)),
        Roll::California,
    ),
    member("MC-RX", on(Event::Notice, Days(90)), Roll::California),
    // The law gives the later of day 10 and the day of the change; file by the earlier.
    member_or(
        "MC-APP-10",
        since(
            Since::Earliest(&[
                Since::After(&Since::On(Event::Notice), Days(10)),
                Since::On(Event::Effective),
            ]),
            Days(0),
        ),
        &[on(Event::Notice, Days(10)), on(Event::Effective, Days(0))],
        Roll::None,
    ),
    // Again within 10 days of the plan's answer.
    member("MC-APP-10", on(Event::Answer, Days(10)), Roll::None).case("state-hearing.keep-service"),
    member_or(
        "MC-IMR-6M",
        since(
            Since::Earliest(&[Since::On(Event::Answer), Since::After(&APPEAL, Days(30))]),
            MonthsClamped(6),
        ),
        FROM_ANSWER_6M,
        Roll::California,
    ),
    duty("MC-PA-7", on(Event::Request, Days(7))).from(2026, 1, 1),
    duty("MC-PA-7", on(Event::Request, Days(14))).before(2026, 1, 1),
    // From the final decision, or from the outside reviewer's: the first is the safe one.
    member_or(
        "PERS-AR-30",
        on(Event::Answer, Days(30)),
        &[on(Event::ReviewDecided, Days(30))],
        Roll::California,
    ),
    // Service is the date of the notice; some accounts count from receipt.
    member_or(
        "WC-IMR-30",
        on(Event::Notice, Days(30)),
        &[on(Event::NoticeArrived, Days(30))],
        Roll::California,
    ),
    member("WC-IMR-10", on(Event::Notice, Days(10)), Roll::California),
    member("CC-APPEAL-90", on(Event::Notice, Days(90)), Roll::None),
    // jurisdiction.md 6, row 9a, has the two numbers and no more: 60 days from the notice, 120 from the
    // answer. The program counts no day from silence and moves nothing here, as the row does not.
    member("jurisdiction.row.9a", on(Event::Notice, Days(60)), Roll::None),
    member("jurisdiction.row.9a", on(Event::Answer, Days(120)), Roll::None)
        .case("state-hearing.file"),
];
