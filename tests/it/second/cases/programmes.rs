//! The programmes of California, and Medicare, federal employees, the military.

use super::*;

pub(super) const TRACKS: &[Track] = &[
    Track {
        id: "us-ca-medi-cal",
        facts: MEDI_CAL,
        scenes: &[
            scene("a letter", &[NECESSITY, STANDARD, NONE], LETTER, "plan-appeal.file"),
            scene(
                "an appeal and its answer",
                &[NECESSITY, STANDARD],
                APPEAL,
                "plan-appeal.file plan-appeal.decide state-hearing.file dmhc-imr.file",
            ),
            scene(
                "an appeal, only its sending known",
                &[NECESSITY, STANDARD],
                APPEAL_SENT,
                "state-hearing.file dmhc-imr.file",
            ),
            scene(
                "an urgent appeal by the hour",
                &[NECESSITY, URGENT, OPEN],
                OPEN_APPEAL,
                "plan-appeal.decide.urgent",
            ),
            scene(
                "a letter on eligibility",
                &[NOT_ELIGIBLE, STANDARD, NONE],
                LETTER,
                "state-hearing.file.eligibility state-hearing.file.eligibility.good-cause",
            ),
            scene(
                "a letter on a drug",
                &[DRUG, STANDARD, NONE],
                LETTER,
                "state-hearing.file.drug state-hearing.file.drug.good-cause",
            ),
            scene("a service is cut", &[CUT_OFF, NONE], CUT, "plan-appeal.keep-service.effective"),
            scene(
                "a service is cut, and the answer",
                &[CUT_OFF],
                ANSWERED,
                "plan-appeal.keep-service state-hearing.keep-service",
            ),
            scene("a request", &[NO_ANSWER, STANDARD], REQUEST, "plan-decision.decide"),
        ],
    },
    Track {
        id: "us-ca-medi-cal-ffs",
        facts: "program=medi-cal-fee-for-service",
        scenes: &[
            scene(
                "a letter",
                &[NECESSITY, STANDARD, NONE],
                LETTER,
                "state-hearing.file state-hearing.file.good-cause",
            ),
            scene(
                "a letter on eligibility",
                &[ELIGIBILITY, STANDARD, NONE],
                LETTER,
                "state-hearing.file.renewal state-hearing.file.good-cause \
                 state-hearing.keep-service.notice",
            ),
            scene(
                "coverage is ended",
                &[ELIGIBILITY, STANDARD, NONE],
                CUT,
                "state-hearing.file.renewal state-hearing.keep-service.effective",
            ),
            scene(
                "a service is cut",
                &[CUT_OFF, NONE],
                CUT,
                "state-hearing.file state-hearing.keep-service.effective",
            ),
        ],
    },
    Track {
        id: "us-ca-medi-cal-rx",
        facts: "program=medi-cal-rx",
        scenes: &[
            scene(
                "a letter",
                &[DRUG, STANDARD, NONE],
                LETTER,
                "state-hearing.file state-hearing.file.good-cause",
            ),
            scene(
                "a drug is ended",
                &[DRUG_ENDED, NONE],
                LETTER,
                "state-hearing.file state-hearing.keep-service.notice",
            ),
            scene(
                "a drug is ended, and the day is known",
                &[DRUG_ENDED, NONE],
                CUT,
                "state-hearing.file state-hearing.keep-service.effective",
            ),
        ],
    },
    Track {
        id: "us-ca-county-mental-health",
        facts: "program=county-mental-health",
        scenes: &[scene(
            "an appeal and its answer",
            &[STANDARD, "service=behavioral-health ground=not-medically-necessary outcome=denied"],
            ANSWERED,
            "county-appeal.file state-hearing.file",
        )],
    },
    Track {
        id: "us-ca-calpers",
        facts: CALPERS,
        scenes: &[
            scene(
                "an appeal and its answer",
                &[NECESSITY, STANDARD, "levels=one"],
                ANSWERED,
                "internal-appeal.file internal-appeal.decide administrative-review.file",
            ),
            scene("a letter", &[NECESSITY, STANDARD, NONE], LETTER, "internal-appeal.file"),
            scene(
                "an urgent appeal by the hour",
                &[NECESSITY, URGENT, OPEN],
                OPEN_APPEAL,
                "internal-appeal.decide.urgent",
            ),
            scene(
                "care given",
                &[NECESSITY, GIVEN, OPEN, "levels=one"],
                OPEN_APPEAL,
                "internal-appeal.decide.given",
            ),
            scene(
                "review decided",
                &[NECESSITY, STANDARD, UPHELD, "imr=decided"],
                REVIEW_DECIDED,
                "administrative-review.file",
            ),
            scene(
                "care given or not",
                &[NECESSITY, "urgency=standard", OPEN, "levels=one"],
                OPEN_APPEAL,
                "internal-appeal.decide internal-appeal.decide.unclear",
            ),
            scene(
                "urgent, and care given",
                &[NECESSITY, "timing=given urgency=urgent", OPEN, "levels=one"],
                OPEN_APPEAL,
                "internal-appeal.answer.given",
            ),
            scene("a request", &[NO_ANSWER, STANDARD], REQUEST, "claim.decide"),
            scene("an urgent request", &[NO_ANSWER, URGENT], REQUEST, "claim.decide.urgent"),
            scene(
                "more of an ongoing treatment",
                &[NO_ANSWER, "timing=ongoing urgency=urgent"],
                REQUEST,
                "claim.answer.concurrent",
            ),
            scene("a claim", &[UNPAID, GIVEN], CLAIM, "claim.decide.given"),
            scene(
                "an urgent claim for care given",
                &[UNPAID, "timing=given urgency=urgent"],
                CLAIM,
                "claim.answer.given",
            ),
            scene(
                "a claim, care given or not",
                &[UNPAID, "urgency=standard"],
                CLAIM,
                "claim.decide.unclear",
            ),
        ],
    },
    Track {
        id: "us-ca-workers-comp",
        facts: "program=workers-comp",
        scenes: &[scene(
            "a letter",
            &[DRUG, STANDARD],
            LETTER,
            "medical-review.file medical-review.file.formulary",
        )],
    },
    Track {
        id: "us-ca-covered-california",
        facts: "program=covered-california-eligibility",
        scenes: &[scene("a letter", &[ELIGIBILITY, STANDARD], LETTER, "state-appeal.file")],
    },
    Track {
        id: "us-fixed-benefit",
        facts: "program=fixed-benefit funding=insured sponsor=individual issued-in=california",
        scenes: &[scene(
            "a complaint",
            &[NECESSITY, STANDARD, UPHELD, "complaint=filed"],
            COMPLAINT,
            "claims-complaint.acknowledge",
        )],
    },
    Track {
        id: "us-ca-short-term",
        facts: "program=short-term issued-in=california",
        scenes: &[scene(
            "a complaint",
            &[NECESSITY, STANDARD, UPHELD, "complaint=filed"],
            COMPLAINT,
            "claims-complaint.acknowledge",
        )],
    },
    Track {
        id: "us-medicare-advantage",
        facts: "program=medicare-advantage",
        scenes: &[
            scene("a letter", &[NECESSITY, STANDARD, NONE], LETTER, "reconsideration.file"),
            scene(
                "only receipt known",
                &[NECESSITY, STANDARD, NONE],
                RECEIPT_ONLY,
                "reconsideration.file",
            ),
            scene(
                "an appeal",
                &[NECESSITY, STANDARD, OPEN],
                OPEN_APPEAL,
                "reconsideration.file reconsideration.decide",
            ),
            scene(
                "an urgent appeal by the hour",
                &[NECESSITY, URGENT, OPEN],
                OPEN_APPEAL,
                "reconsideration.decide.urgent",
            ),
            scene("a drug", &[DRUG, STANDARD, OPEN], OPEN_APPEAL, "reconsideration.decide.drug"),
            // Row 2 takes the Part D drugs of these plans, and the record does not say which part it is.
            scene("a drug, answered", &[DRUG, STANDARD], ANSWERED, "part-d-ire.file"),
            scene(
                "care given",
                &[NECESSITY, GIVEN, OPEN],
                OPEN_APPEAL,
                "reconsideration.decide.given",
            ),
            scene("a request", &[NO_ANSWER, STANDARD], REQUEST, "plan-decision.decide"),
            scene(
                "an urgent request",
                &[NO_ANSWER, URGENT],
                REQUEST,
                "plan-decision.decide.urgent",
            ),
            scene(
                "quality of care",
                &[STANDARD, NONE, "service=procedure ground=quality outcome=denied"],
                INCIDENT,
                "grievance.file",
            ),
        ],
    },
    Track {
        id: "us-part-d",
        facts: "program=part-d",
        scenes: &[
            scene("a letter", &[DRUG, STANDARD, NONE], LETTER, "redetermination.file"),
            scene(
                "only receipt known",
                &[DRUG, STANDARD, NONE],
                RECEIPT_ONLY,
                "redetermination.file",
            ),
            scene(
                "an appeal and its answer",
                &[DRUG, STANDARD],
                ANSWERED,
                "redetermination.file redetermination.decide ire.file",
            ),
            scene("care given", &[DRUG, GIVEN, OPEN], OPEN_APPEAL, "redetermination.decide.given"),
            scene(
                "an urgent appeal by the hour",
                &[DRUG, URGENT, OPEN],
                OPEN_APPEAL,
                "redetermination.decide.urgent",
            ),
        ],
    },
    Track {
        id: "us-original-medicare",
        facts: "program=medicare",
        scenes: &[
            scene("a letter", &[NECESSITY, GIVEN, NONE], LETTER, "redetermination.file"),
            scene(
                "only receipt known",
                &[NECESSITY, GIVEN, NONE],
                RECEIPT_ONLY,
                "redetermination.file",
            ),
        ],
    },
    Track {
        id: "us-fehb",
        facts: "program=fehb",
        scenes: &[
            scene("a letter", &[NECESSITY, STANDARD, NONE], LETTER, "reconsideration.file"),
            scene(
                "an appeal and its answer",
                &[NECESSITY, STANDARD],
                ANSWERED,
                "reconsideration.file reconsideration.decide opm.file",
            ),
            scene(
                "an urgent appeal",
                &[NECESSITY, URGENT, OPEN],
                OPEN_APPEAL,
                "reconsideration.outer.urgent",
            ),
            scene(
                "the carrier silent",
                &[NECESSITY, STANDARD, OPEN],
                OPEN_APPEAL,
                "opm.file.silent",
            ),
            scene(
                "the carrier asks for more",
                &[NECESSITY, STANDARD, OPEN],
                MORE_ASKED,
                "opm.file.information",
            ),
            scene(
                "an urgent appeal",
                &[NECESSITY, URGENT, OPEN],
                OPEN_APPEAL,
                "reconsideration.outer.urgent",
            ),
        ],
    },
    Track {
        id: "us-tricare",
        facts: "program=tricare",
        scenes: &[scene(
            "an appeal and its answer",
            &[NECESSITY, STANDARD],
            ANSWERED,
            "reconsideration.file later-level.file",
        )],
    },
    Track {
        id: "us-va",
        facts: "program=va",
        scenes: &[scene("a letter", &[NECESSITY, STANDARD], LETTER, "disagreement.file")],
    },
];
