//! The closed table of facts and their words.

/// One fact: its name, its words, and how a person finds it out.
#[derive(Debug)]
pub struct FactDef {
    /// The name, as packs, JSON and messages write it.
    pub name: &'static str,
    /// Every word it can be; `unknown` is a state of the fact, not a word.
    pub words: &'static [&'static str],
    /// Whether several words can hold at once.
    pub several: bool,
    /// What the fact is.
    pub means: &'static str,
    /// How to find it out, said to the person who has to.
    pub ask: &'static str,
}

macro_rules! facts {
    ($($variant:ident $name:literal $(($several:ident))? [$($word:literal)+] $means:literal $ask:literal;)+) => {
        /// A fact that a rule may ask about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fact {
            $(#[doc = $means] $variant,)+
        }

        impl Fact {
            /// Every fact, in the order of this table.
            pub const ALL: &[Fact] = &[$(Fact::$variant,)+];

            /// Returns the fact's entry in the table.
            #[must_use]
            pub fn def(self) -> &'static FactDef {
                match self {
                    $(Fact::$variant => {
                        static DEF: FactDef = FactDef {
                            name: $name,
                            words: &[$($word,)+],
                            several: facts!(@several $($several)?),
                            means: $means,
                            ask: $ask,
                        };
                        &DEF
                    })+
                }
            }
        }
    };
    (@several several) => { true };
    (@several) => { false };
}

facts! {
    Program "program"
        ["commercial" "medi-cal" "medi-cal-fee-for-service" "medi-cal-rx" "county-mental-health"
         "dual-plan" "medicare-advantage" "part-d" "medicare" "fehb" "calpers" "tricare" "va"
         "workers-comp" "covered-california-eligibility" "sharing-ministry" "fixed-benefit"
         "short-term" "mewa"]
        "the programme that the coverage belongs to"
        "Look at the card and the letter: Medicare, Medi-Cal, a federal or CalPERS plan, a work injury, or ordinary (commercial) coverage from a job or bought yourself.";
    Funding "funding"
        ["insured" "self-funded"]
        "who pays the benefits: an insurer or plan (insured), or the employer or fund itself (self-funded)"
        "Ask the employer's benefits office: \"Is our health plan insured or self-funded?\" The words \"claims administered by\" or \"the employer pays benefits\" mean self-funded; a Certificate of Insurance or an Evidence of Coverage issued by a plan means insured.";
    Regulator "regulator"
        ["dmhc" "cdi" "other"]
        "the agency that licenses the plan or insurer"
        "Read the Evidence of Coverage or Certificate: it prints the legal name of the plan and the agency that regulates it. You can also call DMHC at 1-888-466-2219 or CDI at 1-800-927-4357 and ask which of them has your plan.";
    Sponsor "sponsor"
        ["individual" "private-employer" "government" "church" "union" "student"]
        "through whom the coverage is held"
        "Say whether the coverage comes from a private employer, a government or school, a church, a union fund, a college, or was bought yourself.";
    IssuedIn "issued-in"
        ["alabama" "alaska" "arizona" "arkansas" "california" "colorado" "connecticut" "delaware"
         "district-of-columbia" "florida" "georgia" "hawaii" "idaho" "illinois" "indiana" "iowa"
         "kansas" "kentucky" "louisiana" "maine" "maryland" "massachusetts" "michigan"
         "minnesota" "mississippi" "missouri" "montana" "nebraska" "nevada" "new-hampshire"
         "new-jersey" "new-mexico" "new-york" "north-carolina" "north-dakota" "ohio" "oklahoma"
         "oregon" "pennsylvania" "rhode-island" "south-carolina" "south-dakota" "tennessee"
         "texas" "utah" "vermont" "virginia" "washington" "west-virginia" "wisconsin" "wyoming"
         "american-samoa" "guam" "northern-mariana-islands" "puerto-rico" "virgin-islands"]
        "the state where the policy was issued"
        "The policy or certificate says in which state it was issued; for coverage from a job, ask the benefits office.";
    Grandfathered "grandfathered"
        ["yes" "no"]
        "whether the plan is grandfathered (unchanged since March 2010)"
        "A grandfathered plan must say so in its benefit summary.";
    KnoxKeene "knox-keene"
        ["yes" "no"]
        "whether a Medi-Cal plan holds a Knox-Keene licence for Medi-Cal"
        "The \"Your Rights\" page that came with the notice offers a DMHC Independent Medical Review when it does.";
    Scope "scope"
        ["full" "dental-only" "vision-only"]
        "whether the plan covers medical care or only dental or vision care"
        "The name of the plan and its Evidence of Coverage say what kind of plan it is.";
    PracticeOfMedicine "practice-of-medicine"
        ["yes" "no"]
        "whether the dental or vision service involves the practice of medicine or falls under a medical contract"
        "Ask the treating provider whether a physician gives the service or a medical plan covers it.";
    Service "service"
        ["second-opinion" "procedure" "surgery" "imaging" "drug" "behavioral-health" "emergency"
         "urgent-care" "ambulance" "dme" "appointment" "inpatient" "discharge" "therapy"
         "home-health" "laboratory" "dental" "vision" "claim-payment" "coverage" "other"]
        "the kind of service in dispute"
        "Say what was asked for.";
    Timing "timing"
        ["not-yet-given" "ongoing" "given"]
        "whether the service was already given"
        "Say whether the service has been received, is going on, or is still wanted.";
    Urgency "urgency"
        ["urgent" "standard"]
        "whether waiting is an imminent and serious threat to health"
        "Ask the doctor: is there severe pain, or could waiting cost life, limb or major bodily function?";
    Ground "ground" (several)
        ["not-medically-necessary" "experimental" "step-therapy" "emergency-not-reasonable"
         "not-a-covered-benefit" "network" "no-referral" "no-authorization" "not-on-formulary"
         "drug-exclusion" "untimely" "billing" "claim-unpaid" "eligibility" "cancellation"
         "rescission" "nonrenewal" "delay" "no-answer" "quality"]
        "the reason or reasons given at any stage of the dispute"
        "Quote the reason in the notice; if it gives none, ask the plan for its reason in writing.";
    Outcome "outcome"
        ["denied" "modified" "delayed" "terminated" "rescinded" "no-decision"]
        "what the plan did"
        "Say whether the notice denies, changes, delays or ends the service, or whether there was no decision.";
    Severity "severity"
        ["life-threatening" "seriously-debilitating" "neither"]
        "how grave the condition is"
        "Ask the treating physician whether the condition is life-threatening or seriously debilitating.";
    Cancer "cancer"
        ["yes" "no"]
        "whether the denial concerns treatment of the member's cancer"
        "Say whether the denied service is part of the treatment of a cancer.";
    Certification "certification"
        ["yes" "no"]
        "whether a physician certifies what an experimental review needs"
        "Ask the treating physician for the certification form that came with the denial.";
    PhysicianSaysWaitHarms "wait-harms-treatment"
        ["yes" "no"]
        "whether the physician says the treatment would be significantly less effective if not begun promptly"
        "Ask the treating physician.";
    ImrAccess "imr-access"
        ["yes" "no"]
        "whether a provider recommended the service, it was urgent or emergency care, or an in-plan provider saw the member for the condition"
        "Say who recommended the service, or whether a doctor in the plan has seen you for the condition; if none has, ask the plan for an in-plan visit at once.";
    Request "request"
        ["made" "not-made"]
        "whether the service was asked for"
        "Say when the plan was asked for the service.";
    Grievance "grievance"
        ["none" "open" "answered"]
        "how far the plan's own grievance or appeal has gone"
        "Say when the grievance or appeal was sent and when it was answered.";
    LatestReceipt "latest-receipt"
        ["known" "missing"]
        "whether the record holds the day on which the plan received the latest appeal"
        "Ask the plan on which day it received the latest appeal.";
    Answer "answer"
        ["upheld" "partly" "overturned"]
        "what the plan's written answer decided"
        "Read the plan's answer: does it uphold the denial, grant a part, or grant everything?";
    CarriedOut "carried-out"
        ["yes" "no"]
        "whether the plan has done what its answer granted"
        "Say whether the plan has done what it granted.";
    Imr "imr"
        ["none" "filed" "decided"]
        "how far independent medical review has gone"
        "Say when independent medical review was asked for.";
    Complaint "complaint"
        ["none" "filed" "decided"]
        "how far a complaint to the regulator has gone"
        "Say when the complaint was sent.";
    Hearing "hearing"
        ["none" "requested" "held"]
        "how far a state hearing has gone"
        "Say whether a state hearing was asked for or held.";
    Extraordinary "extraordinary"
        ["yes" "no"]
        "whether the case is extraordinary and compelling"
        "Say why the plan's own process cannot be waited for.";
    QualifiedInNetwork "qualified-in-network"
        ["yes" "no"]
        "whether a provider in the plan's network is qualified to give the service"
        "Ask the plan, or the treating provider, who in the network can give this service.";
    FacilityInNetwork "facility-in-network"
        ["yes" "no"]
        "whether the facility where the service was given is in the plan's network"
        "Ask the facility, or the plan, whether the facility had a contract with the plan on that day.";
    Acknowledged "acknowledged"
        ["yes" "no"]
        "whether the plan acknowledged the grievance or appeal in writing"
        "Say whether a letter came in which the plan says that it has the grievance.";
    FirstOpinionBy "first-opinion-by"
        ["primary-care" "specialist"]
        "whose opinion a second opinion is to check"
        "Say whether the first opinion came from the primary care physician or from a specialist.";
    DecidedBy "decided-by"
        ["plan" "medical-group"]
        "whether the plan or a delegated medical group decided"
        "The letterhead of the notice shows who decided.";
    OwnsPharmacies "owns-pharmacies"
        ["yes" "no"]
        "whether the plan owns its pharmacies and uses no prior-authorization process"
        "Ask the pharmacy whether the plan itself runs it.";
    Levels "levels"
        ["one" "two"]
        "how many levels of appeal the plan requires"
        "The plan booklet says how many levels of appeal there are.";
    AppealLevel "appeal-level"
        ["first" "last"]
        "whether the appeal that is open, or was answered last, is the last that the plan requires"
        "The plan's answer says whether another appeal is required, and how to take it.";
}

impl Fact {
    /// Returns the name, as packs, JSON and messages write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.def().name
    }

    /// Finds a fact by its name.
    #[must_use]
    pub fn find(name: &str) -> Option<Fact> {
        Self::ALL.iter().copied().find(|f| f.name() == name)
    }

    /// Returns the table's own copy of a word of this fact.
    #[must_use]
    pub fn word(self, word: &str) -> Option<&'static str> {
        self.def().words.iter().copied().find(|w| *w == word)
    }

    /// Returns where a word stands in the fact's list.
    #[must_use]
    pub fn rank(self, word: &str) -> usize {
        self.def().words.iter().position(|w| *w == word).unwrap_or(usize::MAX)
    }
}
