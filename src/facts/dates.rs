//! The dates a rule may count from, by name.

use std::fmt;

use chrono::{NaiveDate, NaiveTime};

/// A day, with the hour when the record gives one; local time of the place, never a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day.
    pub date: NaiveDate,
    /// The time of day, where a clock of hours can start from it.
    pub time: Option<NaiveTime>,
}

impl From<NaiveDate> for Moment {
    fn from(date: NaiveDate) -> Self {
        Moment { date, time: None }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time {
            Some(time) => write!(f, "{} {}", self.date, time.format("%H:%M")),
            None => write!(f, "{}", self.date),
        }
    }
}

macro_rules! dates {
    ($($variant:ident $name:literal $means:literal;)+) => {
        /// The name of a date that a record can give.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DateName {
            $(#[doc = $means] $variant,)+
        }

        impl DateName {
            /// Every name, in the order of this table.
            pub const ALL: &[DateName] = &[$(DateName::$variant,)+];

            /// Returns the name as packs and rulings write it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(DateName::$variant => $name,)+ }
            }

            /// Returns what the date is, in words.
            #[must_use]
            pub fn means(self) -> &'static str {
                match self { $(DateName::$variant => $means,)+ }
            }

            /// Finds a date by its name.
            #[must_use]
            pub fn find(name: &str) -> Option<DateName> {
                Self::ALL.iter().copied().find(|d| d.name() == name)
            }
        }
    };
}

// In the order in which they happen, so that what falls on one day is told in that order.
dates! {
    PolicyIssued "policy-issued" "the day the contract or policy was issued";
    RequestMade "request-made" "the day the service was asked for";
    RequestReceived "request-received" "the day the plan received the request for the service";
    InformationReceived "information-received" "the day the plan had all the information it asked for";
    ServiceGiven "service-given" "the first day the service was given";
    ClaimReceived "claim-received" "the day the plan received the complete claim";
    Incident "incident" "the day of the oral refusal, or the event complained of";
    NoticeDated "notice-dated" "the date printed on the denial notice";
    NoticeReceived "notice-received" "the day the denial notice arrived";
    GrievanceFiled "grievance-filed" "the day the appeal (grievance) was sent";
    GrievanceReceived "grievance-received" "the day the plan received the appeal (grievance)";
    GrievanceAcknowledged "grievance-acknowledged" "the date on the plan's acknowledgement";
    GrievanceDecided "grievance-decided" "the date on the plan's written answer";
    GrievanceAnswerReceived "grievance-answer-received" "the day the plan's written answer arrived";
    ImrFiled "imr-filed" "the day independent medical review was asked for";
    ImrPapersComplete "imr-papers-complete" "the day the reviewers had the application and the papers";
    ImrDecided "imr-decided" "the date of the independent medical review decision";
    ComplaintFiled "complaint-filed" "the day the complaint to the regulator was sent";
    ComplaintReceived "complaint-received" "the day the regulator received the complaint";
    ComplaintDecided "complaint-decided" "the date of the regulator's answer";
    HearingRequested "hearing-requested" "the day a state hearing was asked for";
    HearingHeld "hearing-held" "the day the state hearing was held";
    CancellationEffective "cancellation-effective" "the day the coverage or an approved service ends or is cut";
    ExtensionNoticed "extension-noticed" "the date on the plan's notice that it needs more time";
    ExtensionAnswered "extension-answered" "the day the plan received what it had asked for";
}
