//! Insured policies of Colorado, Maryland, Virginia, Oregon, Washington.

use super::*;

const COLORADO: &str =
    "program=commercial funding=insured regulator=other issued-in=colorado grandfathered=no";
const MARYLAND: &str =
    "program=commercial funding=insured regulator=other issued-in=maryland grandfathered=no";
const VIRGINIA: &str =
    "program=commercial funding=insured regulator=other issued-in=virginia grandfathered=no";
const OREGON: &str =
    "program=commercial funding=insured regulator=other issued-in=oregon grandfathered=no";
const WASHINGTON: &str =
    "program=commercial funding=insured regulator=other issued-in=washington grandfathered=no";

/// A denial that is no decision on medical necessity.
const COVERAGE: &str = "service=procedure ground=not-a-covered-benefit outcome=denied";
const ONGOING: &str = "timing=ongoing urgency=urgent";
const REVIEWED: &str = "imr=filed";

/// An appeal mailed on day 0, received some days later, or nobody knows when.
const MAILED: &[Falls] = &[
    On(Notice, -21),
    On(AppealSent, 0),
    Each(Appeal, &[Some(0), Some(2), Some(4), Some(5), Some(6), Some(9), None]),
];

/// The same, seen on a day after day 30.
const UNANSWERED: &[Falls] = &[
    On(Notice, -21),
    Each(NoticeArrived, &[Some(-21), Some(-18), None]),
    On(AppealSent, -2),
    On(Appeal, 0),
    Each(Complaint, &[Some(31), Some(60)]),
];

/// A first answer, and the appeal that follows it and is not answered.
const SECOND: &[Falls] = &[
    On(Notice, -60),
    On(NoticeArrived, -57),
    On(Answer, 0),
    Since(Answer, AnswerArrived, &[Some(0), Some(2), Some(5), None]),
    On(AppealSent, 12),
    On(Appeal, 14),
];

/// Review was asked for; the reviewers have the papers at once, some days later, or not yet.
const PAPERS_FOLLOW: &[Falls] = &[
    On(Notice, -120),
    On(Appeal, -90),
    On(Answer, -65),
    On(ReviewAsked, 0),
    Each(Papers, &[Some(0), Some(2), Some(5), Some(6), Some(14), None]),
];

const A_REQUEST: Scene = scene("a request", &[NO_ANSWER, STANDARD], REQUEST, "claim.decide");
const AN_URGENT_REQUEST: Scene =
    scene("an urgent request", &[NO_ANSWER, URGENT], REQUEST, "claim.decide.urgent");
const A_CLAIM: Scene = scene("a claim", &[UNPAID, GIVEN], CLAIM, "claim.decide.given");
const A_LETTER: Scene =
    scene("a letter", &[NECESSITY, STANDARD, NONE], LETTER, "internal-appeal.file");
const RECEIPT_KNOWN: Scene =
    scene("only receipt known", &[NECESSITY, STANDARD, NONE], RECEIPT_ONLY, "internal-appeal.file");
const AN_APPEAL: Scene = scene(
    "an appeal and its answer",
    &[NECESSITY, STANDARD, "levels=one"],
    ANSWERED,
    "internal-appeal.file internal-appeal.decide external-review.file",
);
const CARE_GIVEN: Scene = scene(
    "care given",
    &[NECESSITY, GIVEN, "levels=one"],
    ANSWERED,
    "internal-appeal.decide.given external-review.file",
);
const AN_URGENT_APPEAL: Scene = scene(
    "an urgent appeal by the hour",
    &[NECESSITY, URGENT, OPEN],
    OPEN_APPEAL,
    "internal-appeal.decide.urgent",
);
const AN_URGENT_REVIEW: Scene = scene(
    "urgent review under way",
    &[NECESSITY, URGENT, UPHELD, REVIEWED],
    REVIEW_ASKED,
    "external-review.decide.urgent",
);

pub(super) const TRACKS: &[Track] = &[
    Track {
        id: "us-co-doi",
        facts: COLORADO,
        scenes: &[
            A_LETTER,
            RECEIPT_KNOWN,
            AN_APPEAL,
            CARE_GIVEN,
            scene(
                "care given or not",
                &[NECESSITY, "urgency=standard", OPEN, "levels=one"],
                OPEN_APPEAL,
                "internal-appeal.decide internal-appeal.decide.unclear",
            ),
            AN_URGENT_APPEAL,
            scene(
                "no answer after day 30",
                &[NECESSITY, STANDARD, OPEN, "levels=one"],
                UNANSWERED,
                "external-review.file.silence",
            ),
            scene(
                "a group policy",
                &[NECESSITY, STANDARD, "sponsor=private-employer levels=two"],
                ANSWERED,
                "second-level.file external-review.file",
            ),
            scene(
                "review under way",
                &[NECESSITY, STANDARD, UPHELD, REVIEWED],
                REVIEW_ASKED,
                "external-review.pass external-review.decide",
            ),
            AN_URGENT_REVIEW,
            A_REQUEST,
            AN_URGENT_REQUEST,
            A_CLAIM,
        ],
    },
    Track {
        id: "us-md-mia",
        facts: MARYLAND,
        scenes: &[
            scene("a letter", &[NECESSITY, STANDARD, NONE], LETTER, "grievance.file"),
            scene(
                "only receipt known",
                &[NECESSITY, STANDARD, NONE],
                RECEIPT_ONLY,
                "grievance.file",
            ),
            scene("care given", &[NECESSITY, GIVEN, NONE], LETTER, "grievance.file.given"),
            scene(
                "an urgent letter",
                &[NECESSITY, URGENT, NONE],
                LETTER,
                "grievance.file commissioner-complaint.file.urgent",
            ),
            scene(
                "a letter on coverage",
                &[COVERAGE, STANDARD, NONE],
                LETTER,
                "coverage-appeal.file",
            ),
            scene(
                "a grievance and its answer",
                &[NECESSITY, STANDARD],
                ANSWERED,
                "grievance.file grievance.decide grievance.decide.federal commissioner-complaint.file",
            ),
            scene(
                "a grievance on care given and its answer",
                &[NECESSITY, GIVEN],
                ANSWERED,
                "grievance.decide.given grievance.decide.federal-given commissioner-complaint.file",
            ),
            scene(
                "an appeal on coverage and its answer",
                &[COVERAGE, STANDARD],
                ANSWERED,
                "coverage-appeal.decide coverage-appeal.decide.federal commissioner-complaint.file.coverage",
            ),
            scene(
                "a grievance by mail",
                &[NECESSITY, STANDARD, OPEN],
                MAILED,
                "grievance.decide commissioner-complaint.opens",
            ),
            scene(
                "a grievance by mail on care given",
                &[NECESSITY, GIVEN, OPEN],
                MAILED,
                "grievance.decide.given commissioner-complaint.opens",
            ),
            scene(
                "a grievance by mail, care given or not",
                &[NECESSITY, "urgency=standard", OPEN],
                MAILED,
                "grievance.decide grievance.decide.unclear",
            ),
            scene(
                "an urgent grievance by mail",
                &[NECESSITY, URGENT, OPEN],
                MAILED,
                "grievance.decide.urgent commissioner-complaint.opens",
            ),
            scene(
                "an urgent grievance on care given",
                &[NECESSITY, OPEN, "timing=given urgency=urgent"],
                UNANSWERED,
                "commissioner-complaint.file.open-given",
            ),
            scene(
                "an urgent grievance by the hour",
                &[NECESSITY, URGENT, OPEN],
                OPEN_APPEAL,
                "grievance.decide.urgent commissioner-complaint.file.urgent",
            ),
            scene(
                "an appeal on coverage by mail",
                &[COVERAGE, STANDARD, OPEN],
                MAILED,
                "coverage-appeal.decide coverage-appeal.decide.federal",
            ),
            scene(
                "an appeal on coverage by mail, care given",
                &[COVERAGE, GIVEN, OPEN],
                MAILED,
                "coverage-appeal.decide coverage-appeal.decide.federal-given",
            ),
            scene(
                "an urgent appeal on coverage by the hour",
                &[COVERAGE, URGENT, OPEN],
                OPEN_APPEAL,
                "coverage-appeal.decide coverage-appeal.decide.urgent",
            ),
            scene(
                "the complaint is made",
                &[NECESSITY, STANDARD, UPHELD, REVIEWED],
                REVIEW_ASKED,
                "commissioner-complaint.tell commissioner-complaint.decide",
            ),
            scene(
                "the urgent complaint is made",
                &[NECESSITY, URGENT, UPHELD, REVIEWED],
                REVIEW_ASKED,
                "commissioner-complaint.tell commissioner-complaint.decide.urgent",
            ),
            A_REQUEST,
            AN_URGENT_REQUEST,
            A_CLAIM,
        ],
    },
    Track {
        id: "us-va-scc",
        facts: VIRGINIA,
        scenes: &[
            A_LETTER,
            RECEIPT_KNOWN,
            AN_APPEAL,
            CARE_GIVEN,
            AN_URGENT_APPEAL,
            scene(
                "an urgent letter",
                &[NECESSITY, URGENT, NONE, "cancer=no"],
                LETTER,
                "internal-appeal.file external-review.file.urgent",
            ),
            scene(
                "a letter on cancer",
                &[NECESSITY, STANDARD, NONE, "cancer=yes"],
                LETTER,
                "internal-appeal.file external-review.file.cancer",
            ),
            scene(
                "an urgent appeal on cancer",
                &[NECESSITY, URGENT, OPEN, "cancer=yes"],
                OPEN_APPEAL,
                "internal-appeal.decide.urgent external-review.file.cancer",
            ),
            scene(
                "care under way",
                &[NECESSITY, ONGOING, OPEN, "cancer=no"],
                OPEN_APPEAL,
                "internal-appeal.decide.ongoing external-review.file.urgent",
            ),
            scene(
                "care under way that is ended",
                &[
                    "service=procedure ground=not-medically-necessary outcome=terminated",
                    ONGOING,
                    OPEN,
                    "cancer=no",
                ],
                OPEN_APPEAL,
                "internal-appeal.decide.urgent-ended",
            ),
            scene(
                "two levels",
                &[NECESSITY, STANDARD, OPEN, "levels=two"],
                OPEN_APPEAL,
                "internal-appeal.decide.first-level internal-appeal.exhausted",
            ),
            scene(
                "care given, two levels",
                &[NECESSITY, GIVEN, OPEN, "levels=two"],
                OPEN_APPEAL,
                "internal-appeal.decide.given.first-level internal-appeal.exhausted",
            ),
            scene(
                "an appeal by mail",
                &[NECESSITY, STANDARD, OPEN, "levels=one"],
                MAILED,
                "internal-appeal.decide internal-appeal.exhausted",
            ),
            scene(
                "no answer after day 30",
                &[NECESSITY, STANDARD, OPEN, "levels=one cancer=no"],
                UNANSWERED,
                "internal-appeal.exhausted external-review.file.silence",
            ),
            scene(
                "a second appeal, open",
                &[NECESSITY, STANDARD, OPEN, "levels=two answer=upheld cancer=no"],
                SECOND,
                "external-review.file.second",
            ),
            scene(
                "review under way",
                &[NECESSITY, STANDARD, UPHELD, REVIEWED],
                REVIEW_ASKED,
                "external-review.decide",
            ),
            AN_URGENT_REVIEW,
            scene(
                "urgent experimental review under way",
                &[EXPERIMENTAL, URGENT, UPHELD, REVIEWED],
                REVIEW_ASKED,
                "external-review.decide.urgent.experimental",
            ),
            A_REQUEST,
            AN_URGENT_REQUEST,
            A_CLAIM,
        ],
    },
    Track {
        id: "us-or-dfr",
        facts: OREGON,
        scenes: &[
            A_LETTER,
            RECEIPT_KNOWN,
            scene(
                "an appeal and its answer",
                &[NECESSITY, STANDARD],
                ANSWERED,
                "internal-appeal.file internal-appeal.acknowledge internal-appeal.decide external-review.file",
            ),
            scene(
                "care given",
                &[NECESSITY, GIVEN],
                ANSWERED,
                "internal-appeal.acknowledge internal-appeal.decide external-review.file",
            ),
            scene(
                "care under way outside the network",
                &[
                    "service=procedure ground=network outcome=denied timing=ongoing urgency=standard",
                ],
                ANSWERED,
                "external-review.file.continuity",
            ),
            AN_URGENT_APPEAL,
            scene(
                "review under way",
                &[NECESSITY, STANDARD, UPHELD, REVIEWED],
                REVIEW_ASKED,
                "external-review.notice external-review.decide",
            ),
            AN_URGENT_REVIEW,
            A_REQUEST,
            AN_URGENT_REQUEST,
            A_CLAIM,
        ],
    },
    Track {
        id: "us-wa-oic",
        facts: WASHINGTON,
        scenes: &[
            A_LETTER,
            RECEIPT_KNOWN,
            AN_APPEAL,
            CARE_GIVEN,
            AN_URGENT_APPEAL,
            scene(
                "a grandfathered plan",
                &[NECESSITY, STANDARD, OPEN, "grandfathered=yes"],
                OPEN_APPEAL,
                "internal-appeal.decide.grandfathered",
            ),
            scene(
                "a grandfathered plan that asks for more",
                &[NECESSITY, STANDARD, OPEN, "grandfathered=yes"],
                MORE_ASKED,
                "internal-appeal.decide.grandfathered.extended",
            ),
            scene(
                "a second appeal, open",
                &[NECESSITY, STANDARD, OPEN, "levels=two answer=upheld"],
                SECOND,
                "external-review.file.second",
            ),
            scene(
                "review under way",
                &[NECESSITY, STANDARD, UPHELD, REVIEWED],
                PAPERS_FOLLOW,
                "external-review.decide external-review.decide.request",
            ),
            AN_URGENT_REVIEW,
            A_REQUEST,
            AN_URGENT_REQUEST,
            A_CLAIM,
        ],
    },
];
