//! The families of cases that the sweep goes through, track by track.

mod california;
mod federal;
mod programmes;
mod states;

use super::oracle::Event::{
    Answer, AnswerArrived, Appeal, AppealSent, Claim, Complaint, Effective, Incident, Information,
    MoreAsked, Notice, NoticeArrived, Papers, Request, ReviewAsked, ReviewDecided,
};
use super::scenes::Falls::{self, Answers, At, Each, On, Since};
use super::scenes::{Scene, Track, scene};

/// A letter that arrives at once, some days later, or nobody knows when.
const LETTER: &[Falls] = &[
    On(Notice, 0),
    Each(NoticeArrived, &[Some(0), Some(1), Some(2), Some(3), Some(5), Some(7), Some(12), None]),
];

/// A letter that may follow the event complained of.
const LETTER_AND_INCIDENT: &[Falls] = &[
    On(Notice, 0),
    Each(NoticeArrived, &[Some(0), Some(2), Some(3), Some(7), None]),
    Each(Incident, &[Some(-9), Some(-1), Some(4), None]),
];

/// Only the receipt of the letter is known.
const RECEIPT_ONLY: &[Falls] = &[On(NoticeArrived, 0)];

/// An appeal received on day 0 and answered on any of the next 200 days, or never.
const APPEAL: &[Falls] = &[
    On(Notice, -21),
    On(NoticeArrived, -18),
    On(Appeal, 0),
    Answers,
    Since(Answer, AnswerArrived, &[Some(0), Some(1), Some(3), None, Some(4), Some(9)]),
];

/// The same with fewer answers, where nothing waits for both the appeal and its answer: then each answer is a
/// trigger of its own, and falls on every day of the years.
const ANSWERED: &[Falls] = &[
    On(Notice, -21),
    On(NoticeArrived, -18),
    On(Appeal, 0),
    Each(Answer, FEW),
    Since(Answer, AnswerArrived, &[Some(0), Some(1), Some(3), None, Some(4), Some(9)]),
];

/// The same, with only the day of sending known.
const APPEAL_SENT: &[Falls] = &[On(Notice, -21), On(AppealSent, 0), Each(Answer, FEW)];

/// Answers around the days on which something opens, and none.
const FEW: &[Option<i32>] =
    &[Some(0), Some(2), Some(3), Some(4), Some(29), Some(30), Some(31), Some(119), None];

/// An appeal that is open, received at an hour that may be known.
const OPEN_APPEAL: &[Falls] =
    &[On(Notice, -21), On(NoticeArrived, -18), On(AppealSent, -2), At(Appeal, 0)];

/// The same, and the carrier has asked for more.
const MORE_ASKED: &[Falls] =
    &[On(Notice, -21), On(AppealSent, -12), On(Appeal, -10), On(MoreAsked, 0)];

/// A letter that cuts a service, and the day of the cut.
const CUT: &[Falls] =
    &[On(Notice, 0), Each(Effective, &[Some(2), Some(9), Some(10), Some(11), Some(30)])];

/// Review was asked for; the reviewers had the papers a few days later.
const REVIEW: &[Falls] =
    &[On(Notice, -120), On(Appeal, -90), On(Answer, -65), On(ReviewAsked, -4), At(Papers, 0)];

/// Review was asked for at an hour that may be known.
const REVIEW_ASKED: &[Falls] =
    &[On(Notice, -120), On(Appeal, -90), On(Answer, -65), At(ReviewAsked, 0)];

const REVIEW_DECIDED: &[Falls] = &[
    On(Notice, -180),
    On(Appeal, -150),
    Each(Answer, &[Some(-120), Some(-33)]),
    On(ReviewAsked, -30),
    On(Papers, -25),
    On(ReviewDecided, 0),
];

const COMPLAINT: &[Falls] = &[On(Notice, -120), On(Appeal, -90), On(Answer, -65), On(Complaint, 0)];

/// A request for a service, at an hour that may be known, and no decision.
const REQUEST: &[Falls] = &[At(Request, 0)];

/// The same, with the information that was asked for.
const INFORMATION: &[Falls] = &[On(Request, -6), At(Information, 0)];

const CLAIM: &[Falls] = &[On(Claim, 0)];

const INCIDENT: &[Falls] = &[On(Incident, 0)];

// Facts that many cases share.
const DMHC: &str =
    "program=commercial funding=insured regulator=dmhc issued-in=california grandfathered=no";
const CDI: &str =
    "program=commercial funding=insured regulator=cdi issued-in=california grandfathered=no";
const MEDI_CAL: &str = "program=medi-cal knox-keene=yes hearing=none";
const CALPERS: &str = "program=calpers funding=self-funded grandfathered=no";
const ERISA: &str =
    "program=commercial funding=self-funded sponsor=private-employer grandfathered=no";
const PUBLIC: &str = "program=commercial funding=self-funded sponsor=government grandfathered=no";
const FLOOR: &str = "program=commercial funding=insured grandfathered=no";
const ELSEWHERE: &str =
    "program=commercial funding=insured regulator=other issued-in=nevada grandfathered=no";
const NECESSITY: &str =
    "service=procedure ground=not-medically-necessary outcome=denied imr-access=yes";
const EXPERIMENTAL: &str = "service=procedure ground=experimental outcome=denied";
const NO_ANSWER: &str = "service=procedure ground=no-answer outcome=no-decision grievance=none";
const UNPAID: &str = "service=claim-payment ground=claim-unpaid outcome=no-decision grievance=none";
const DRUG_ASKED: &str = "service=drug ground=not-on-formulary outcome=no-decision grievance=none";
const DRUG: &str = "service=drug ground=not-medically-necessary outcome=denied";
const OPINION: &str = "service=second-opinion ground=no-answer outcome=no-decision grievance=none";
const CUT_OFF: &str = "service=procedure ground=not-medically-necessary outcome=terminated timing=ongoing urgency=standard";
const DRUG_ENDED: &str = "service=drug ground=not-medically-necessary outcome=terminated timing=ongoing urgency=standard";
const NOT_ELIGIBLE: &str = "service=procedure ground=eligibility outcome=denied";
const ELIGIBILITY: &str = "service=coverage ground=eligibility outcome=terminated";
const STANDARD: &str = "timing=not-yet-given urgency=standard";
const URGENT: &str = "timing=not-yet-given urgency=urgent";
const GIVEN: &str = "timing=given urgency=standard";
const UPHELD: &str = "grievance=answered answer=upheld";
const NONE: &str = "grievance=none";
const OPEN: &str = "grievance=open";

/// Every track whose pack has deadlines.
pub(super) fn tracks() -> impl Iterator<Item = &'static Track> {
    [california::TRACKS, programmes::TRACKS, federal::TRACKS, states::TRACKS].into_iter().flatten()
}
