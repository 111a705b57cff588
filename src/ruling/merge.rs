//! One ruling for several services that take the same stage.

use super::Ruling;

impl Ruling {
    /// Returns whether two rulings make one letter: the same stage, in the same colour.
    #[must_use]
    pub fn goes_with(&self, other: &Ruling) -> bool {
        let ids = |r: &Ruling| r.also.iter().map(|s| s.id.clone()).collect::<Vec<_>>();
        self.track == other.track
            && self.stage == other.stage
            && ids(self) == ids(other)
            && self.expedited == other.expedited
            && self.late == other.late
            && self.marks == other.marks
    }

    /// Takes in the dates, rights and law of another service's ruling; of two dates for one act the
    /// earlier stays.
    pub fn take_in(&mut self, other: Ruling) {
        for theirs in other.deadlines {
            match self.deadlines.iter_mut().find(|d| d.id == theirs.id) {
                None => self.deadlines.push(theirs),
                Some(ours) => {
                    let day = |d: &super::Deadline| d.file_by.or(d.due);
                    if day(&theirs).is_some_and(|t| day(ours).is_none_or(|o| t < o)) {
                        *ours = theirs;
                    }
                }
            }
        }
        self.deadlines
            .sort_by_key(|d| (d.file_by.or(d.due).unwrap_or(chrono::NaiveDate::MAX), d.id.clone()));
        for right in other.rights {
            if !self.rights.iter().any(|r| r.id == right.id) {
                self.rights.push(right);
            }
        }
        for authority in other.authorities {
            if !self.authorities.iter().any(|a| a.id == authority.id) {
                self.authorities.push(authority);
            }
        }
        for ahead in other.ahead {
            if !self.ahead.contains(&ahead) {
                self.ahead.push(ahead);
            }
        }
        for warning in other.warnings {
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
        for need in other.needs {
            if !self.needs.contains(&need) {
                self.needs.push(need);
            }
        }
        for stage in other.open {
            if !self.open.iter().any(|s| s.id == stage.id) {
                self.open.push(stage);
            }
        }
        for next in other.next {
            if !self.next.iter().any(|n| n.stage == next.stage) {
                self.next.push(next);
            }
        }
        self.happened.extend(other.happened);
        self.trace.extend(other.trace);
    }
}
