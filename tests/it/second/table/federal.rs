//! Self-funded plans, the federal floor, Medicare, federal employees, the military.

use super::california::RECEIPT;
use super::*;

/// Receipt of the plan's answer; unknown, its date, which is earlier.
const ANSWER_RECEIPT: Since =
    Since::FirstKnown(&[Since::On(Event::AnswerArrived), Since::On(Event::Answer)]);

/// The date on the notice; unknown, the day it arrived.
const NOTICE: Since =
    Since::FirstKnown(&[Since::On(Event::Notice), Since::On(Event::NoticeArrived)]);

/// federal-and-public.md 1, 3 and 4.
pub(super) const RULES: &[Rule] = &[
    member("ERISA-APPEAL-180", since(RECEIPT, Days(180)), Roll::None),
    duty("ERISA-DEC-URG", on(Event::Appeal, Hours(72))),
    duty("ERISA-DEC-PRE", on(Event::Appeal, Days(30))),
    duty("ERISA-DEC-PRE", on(Event::Appeal, Days(15))).case("first-level"),
    duty("ERISA-DEC-PRE", on(Event::Appeal, Days(15))).case("second-level"),
    duty("ERISA-DEC-POST", on(Event::Appeal, Days(60))),
    duty("ERISA-DEC-POST", on(Event::Appeal, Days(30))).case("first-level"),
    duty("ERISA-DEC-POST", on(Event::Appeal, Days(30))).case("second-level"),
    // Before the service the claim is the request for it.
    duty("ERISA-INIT-URG", on(Event::Request, Hours(72))),
    // If asked 24 hours before the course ends, which no record says.
    duty_open("ERISA-CONCURRENT", on(Event::Request, Hours(24))),
    duty_more("ERISA-INIT-PRE", on(Event::Request, Days(15)), Days(15)),
    duty_more("ERISA-INIT-POST", on(Event::Claim, Days(30)), Days(15)),
    member("ERISA-EXT-4M", since(ANSWER_RECEIPT, MonthsOver(4)), Roll::Federal),
    // Churches and colleges: from memory, and no roll was read for them.
    member("ERISA-EXT-4M", since(ANSWER_RECEIPT, MonthsClamped(4)), Roll::None).case("reported"),
    // From the reviewer's receipt, which is the day it had the request and the papers.
    duty("ERISA-EXT-DEC", on(Event::Papers, Days(45))),
    duty("ERISA-EXT-DEC", on(Event::Papers, Hours(72))).case("urgent"),
    // Told within 72 hours, written within 48 more.
    duty_more("FED-EXT-URG", on(Event::Papers, Hours(72)), Hours(48)),
    // Day 60 from the notice's date to plan with; in law 60 from receipt, presumed on day 5.
    member_or(
        "MA-RECON-65",
        since(NOTICE, Days(60)),
        &[on(Event::Notice, Days(65)), on(Event::NoticeArrived, Days(60))],
        Roll::None,
    ),
    duty("MA-RECON-DEC", on(Event::Appeal, Days(30))),
    duty("MA-RECON-DEC", on(Event::Appeal, Days(60))).case("given"),
    duty("MA-RECON-DEC", on(Event::Appeal, Days(7))).case("drug"),
    duty("MA-RECON-DEC", on(Event::Appeal, Hours(72))).case("urgent"),
    duty("MA-OD-7", on(Event::Request, Days(7))).from(2026, 1, 1),
    duty("MA-OD-7", on(Event::Request, Days(14))).before(2026, 1, 1),
    duty("MA-OD-7", on(Event::Request, Hours(72))).case("urgent"),
    member("MA-GRV-60", on(Event::Incident, Days(60)), Roll::None),
    member_or(
        "PARTD-REDET-65",
        since(NOTICE, Days(60)),
        &[on(Event::Notice, Days(65)), on(Event::NoticeArrived, Days(60))],
        Roll::None,
    ),
    duty("PARTD-REDET-DEC", on(Event::Appeal, Days(7))),
    duty("PARTD-REDET-DEC", on(Event::Appeal, Days(14))).case("given"),
    duty("PARTD-REDET-DEC", on(Event::Appeal, Hours(72))).case("urgent"),
    member_or(
        "PARTD-IRE-65",
        on(Event::Answer, Days(60)),
        &[on(Event::Answer, Days(65))],
        Roll::None,
    ),
    member_or(
        "OM-REDET-120",
        since(NOTICE, Days(120)),
        &[on(Event::Notice, Days(125)), on(Event::NoticeArrived, Days(120))],
        Roll::None,
    ),
    // No month-end rule was read: the last day of the month is the safer.
    member("FEHB-RECON-6M", on(Event::Notice, MonthsClamped(6)), Roll::None),
    duty("FEHB-CARRIER-30", on(Event::Appeal, Days(30))),
    member("FEHB-OPM-90", on(Event::Answer, Days(90)), Roll::None),
    // From the date of the request for reconsideration, not from its receipt.
    member("FEHB-OPM-120", on(Event::AppealSent, Days(120)), Roll::None).case("silent"),
    member("FEHB-OPM-120", on(Event::MoreAsked, Days(120)), Roll::None).case("information"),
    member("TRI-RECON-90", on(Event::Notice, Days(90)), Roll::None),
    member("TRI-RECON-90", on(Event::Answer, Days(60)), Roll::None).case("later-level.file"),
    member("VA-NOD-1Y", on(Event::Notice, Years(1)), Roll::None),
];
