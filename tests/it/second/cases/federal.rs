//! Self-funded plans, and the federal floor.

use super::*;

const SELF_FUNDED: &[Scene] = &[
    scene("a letter", &[NECESSITY, STANDARD, NONE], LETTER, "internal-appeal.file"),
    scene("only receipt known", &[NECESSITY, STANDARD, NONE], RECEIPT_ONLY, "internal-appeal.file"),
    scene(
        "an appeal and its answer",
        &[NECESSITY, STANDARD, "levels=one"],
        APPEAL,
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
];

pub(super) const TRACKS: &[Track] = &[
    Track { id: "us-erisa", facts: ERISA, scenes: SELF_FUNDED },
    Track { id: "us-self-funded-public", facts: PUBLIC, scenes: SELF_FUNDED },
    Track {
        id: "us-self-funded-public",
        facts: CHURCH,
        scenes: &[
            scene("a letter", &[NECESSITY, STANDARD, NONE], LETTER, "internal-appeal.file.church"),
            scene(
                "an appeal and its answer",
                &[NECESSITY, STANDARD],
                APPEAL,
                "internal-appeal.decide.church external-review.file.church",
            ),
            scene(
                "care given",
                &[NECESSITY, GIVEN, OPEN],
                OPEN_APPEAL,
                "internal-appeal.decide.given.church",
            ),
        ],
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
