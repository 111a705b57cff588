//! Self-funded plans, and the federal floor.

use super::*;

const SELF_FUNDED: &[Scene] = &[
    scene("a letter", &[NECESSITY, STANDARD, NONE], LETTER, "internal-appeal.file"),
    scene("only receipt known", &[NECESSITY, STANDARD, NONE], RECEIPT_ONLY, "internal-appeal.file"),
    scene(
        "an appeal and its answer",
        &[NECESSITY, STANDARD, "levels=one"],
        ANSWERED,
        "internal-appeal.file internal-appeal.decide external-review.file",
    ),
    scene(
        "two levels",
        &[NECESSITY, STANDARD, OPEN, "levels=two"],
        OPEN_APPEAL,
        "internal-appeal.decide.first-level",
    ),
    scene(
        "care given",
        &[NECESSITY, GIVEN, OPEN, "levels=one"],
        OPEN_APPEAL,
        "internal-appeal.decide.given",
    ),
    scene(
        "care given, two levels",
        &[NECESSITY, GIVEN, OPEN, "levels=two"],
        OPEN_APPEAL,
        "internal-appeal.decide.given.first-level",
    ),
    scene(
        "the second of two levels",
        &[NECESSITY, STANDARD, OPEN, "levels=two appeal-level=last"],
        OPEN_APPEAL,
        "internal-appeal.decide.second-level",
    ),
    scene(
        "care given, the second of two levels",
        &[NECESSITY, GIVEN, OPEN, "levels=two appeal-level=last"],
        OPEN_APPEAL,
        "internal-appeal.decide.given.second-level",
    ),
    scene(
        "an urgent appeal by the hour",
        &[NECESSITY, URGENT, OPEN],
        OPEN_APPEAL,
        "internal-appeal.decide.urgent",
    ),
    scene(
        "review under way",
        &[NECESSITY, STANDARD, UPHELD, "imr=filed"],
        REVIEW,
        "external-review.decide",
    ),
    scene(
        "urgent review under way",
        &[NECESSITY, URGENT, UPHELD, "imr=filed"],
        REVIEW,
        "external-review.decide.urgent",
    ),
    scene("a request", &[NO_ANSWER, STANDARD], REQUEST, "claim.decide"),
    scene("an urgent request", &[NO_ANSWER, URGENT], REQUEST, "claim.decide.urgent"),
    scene("a claim", &[UNPAID, GIVEN], CLAIM, "claim.decide.given"),
    scene(
        "care given or not",
        &[NECESSITY, "urgency=standard", OPEN, "levels=one"],
        OPEN_APPEAL,
        "internal-appeal.decide internal-appeal.decide.unclear",
    ),
    scene(
        "care given or not, two levels",
        &[NECESSITY, "urgency=standard", OPEN, "levels=two"],
        OPEN_APPEAL,
        "internal-appeal.decide.first-level internal-appeal.decide.unclear.first-level",
    ),
    scene(
        "urgent, and care given",
        &[NECESSITY, "timing=given urgency=urgent", OPEN, "levels=one"],
        OPEN_APPEAL,
        "internal-appeal.answer.given",
    ),
    scene(
        "urgent, and care given, two levels",
        &[NECESSITY, "timing=given urgency=urgent", OPEN, "levels=two"],
        OPEN_APPEAL,
        "internal-appeal.answer.given.first-level",
    ),
    scene(
        "more of an ongoing treatment",
        &[NO_ANSWER, "timing=ongoing urgency=urgent"],
        REQUEST,
        "claim.decide.urgent claim.answer.concurrent",
    ),
    scene(
        "an urgent claim for care given",
        &[UNPAID, "timing=given urgency=urgent"],
        CLAIM,
        "claim.answer.given",
    ),
    scene(
        "the second of two levels",
        &[NECESSITY, STANDARD, OPEN, "levels=two appeal-level=last"],
        OPEN_APPEAL,
        "internal-appeal.decide.second-level",
    ),
    scene(
        "the second of two levels, care given",
        &[NECESSITY, GIVEN, OPEN, "levels=two appeal-level=last"],
        OPEN_APPEAL,
        "internal-appeal.decide.given.second-level",
    ),
    scene(
        "the second of two levels, care given or not",
        &[NECESSITY, "urgency=standard", OPEN, "levels=two appeal-level=last"],
        OPEN_APPEAL,
        "internal-appeal.decide.unclear.second-level",
    ),
    scene(
        "a claim, care given or not",
        &[UNPAID, "urgency=standard"],
        CLAIM,
        "claim.decide.unclear",
    ),
];

/// A grandfathered plan owes external review of a surprise bill.
const SURPRISE: &[Scene] = &[scene(
    "a surprise bill",
    &["service=claim-payment ground=billing outcome=modified", GIVEN, "levels=one"],
    ANSWERED,
    "external-review.file.surprise",
)];

/// Churches and colleges: times that are only reported.
const REPORTED: &[Scene] = &[
    scene("a letter", &[NECESSITY, STANDARD, NONE], LETTER, "internal-appeal.file.reported"),
    scene(
        "an appeal and its answer",
        &[NECESSITY, STANDARD, "levels=one"],
        ANSWERED,
        "internal-appeal.file.reported internal-appeal.decide.reported external-review.file.reported",
    ),
    scene(
        "care given",
        &[NECESSITY, GIVEN, OPEN, "levels=one"],
        OPEN_APPEAL,
        "internal-appeal.decide.given.reported",
    ),
];

pub(super) const TRACKS: &[Track] = &[
    Track { id: "us-erisa", facts: ERISA, scenes: SELF_FUNDED },
    Track { id: "us-self-funded-public", facts: PUBLIC, scenes: SELF_FUNDED },
    Track {
        id: "us-erisa",
        facts: "program=commercial funding=self-funded sponsor=private-employer grandfathered=yes",
        scenes: SURPRISE,
    },
    Track {
        id: "us-self-funded-public",
        facts: "program=commercial funding=self-funded sponsor=government grandfathered=yes",
        scenes: SURPRISE,
    },
    Track {
        id: "us-self-funded-public",
        facts: "program=commercial funding=self-funded sponsor=church grandfathered=no",
        scenes: REPORTED,
    },
    Track {
        id: "us-federal-floor",
        facts: FLOOR,
        scenes: &[
            scene("a letter", &[NECESSITY, STANDARD, NONE], LETTER, "internal-appeal.file"),
            scene(
                "an appeal",
                &[NECESSITY, STANDARD, OPEN, "levels=one"],
                OPEN_APPEAL,
                "internal-appeal.file internal-appeal.decide",
            ),
            scene(
                "two levels",
                &[NECESSITY, STANDARD, OPEN, "levels=two"],
                OPEN_APPEAL,
                "internal-appeal.decide.first-level",
            ),
            scene(
                "care given",
                &[NECESSITY, GIVEN, OPEN, "levels=one"],
                OPEN_APPEAL,
                "internal-appeal.decide.given",
            ),
            scene(
                "an urgent appeal by the hour",
                &[NECESSITY, URGENT, OPEN],
                OPEN_APPEAL,
                "internal-appeal.decide.urgent",
            ),
        ],
    },
    Track {
        id: "us-other-state",
        facts: ELSEWHERE,
        scenes: &[scene("a letter", &[NECESSITY, STANDARD, NONE], LETTER, "internal-appeal.file")],
    },
];
