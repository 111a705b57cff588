//! The public JSON of a ruling: `explain --format json`, versioned by its `schema` number.

use chrono::NaiveDate;
use serde_json::{Value, json as object};

use super::{Authority, Deadline, Recipient, Ruling};

/// Returns a ruling in the public form, under the id of its case.
#[must_use]
pub fn json(case_id: &str, ruling: &Ruling) -> Value {
    let also: Vec<&str> = ruling.also.iter().map(|s| s.id.as_str()).collect();
    object!({
        "schema": 1,
        "case_id": case_id,
        "as_of": date(ruling.as_of),
        "late": ruling.late,
        "expedited": ruling.expedited,
        "track": ruling.track,
        "regulator": ruling.regulator,
        "forum": ruling.forum,
        "stage": ruling.stage,
        "title": ruling.title,
        "says": ruling.says,
        "also": also,
        "open": ruling.open.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(),
        "marks": ruling.marks,
        "recipient": recipient(&ruling.recipient),
        "deadlines": ruling.deadlines.iter().map(deadline).collect::<Vec<_>>(),
        "rights": ruling.rights.iter().map(|r| object!({
            "id": r.id, "topic": r.topic, "says": r.says, "authorities": r.authorities,
        })).collect::<Vec<_>>(),
        "authorities": ruling.authorities.iter().map(authority).collect::<Vec<_>>(),
        "warnings": ruling.warnings.iter().map(|w| object!({
            "code": w.code, "message": w.message,
        })).collect::<Vec<_>>(),
        "ahead": ruling.ahead.iter().map(|a| object!({
            "from": date(a.from), "says": a.says,
        })).collect::<Vec<_>>(),
        "needs": ruling.needs.iter().map(|n| object!({
            "fact": n.fact, "how": n.how,
        })).collect::<Vec<_>>(),
        "next": ruling.next.iter().map(|n| object!({
            "stage": n.stage, "title": n.title, "opens": n.opens.map(date), "when": n.when, "body": n.body, "phone": n.phone, "caution": n.caution,
        })).collect::<Vec<_>>(),
        "timeline": ruling.timeline().iter().map(|e| object!({
            "place": e.place.word(), "date": e.date.map(date), "says": e.says,
        })).collect::<Vec<_>>(),
        "trace": ruling.trace.iter().map(|t| object!({
            "rule": t.rule, "applied": t.applied, "because": t.because,
        })).collect::<Vec<_>>(),
        "law_reviewed": date(ruling.law_reviewed),
    })
}

fn date(date: NaiveDate) -> String {
    date.to_string()
}

fn recipient(recipient: &Recipient) -> Value {
    object!({
        "plan": recipient.plan,
        "name": recipient.name,
        "address": recipient.address,
        "phone": recipient.phone,
        "tty": recipient.tty,
        "fax": recipient.fax,
        "url": recipient.url,
        "form": recipient.form,
        "note": recipient.note,
        "caution": recipient.caution,
    })
}

fn deadline(deadline: &Deadline) -> Value {
    object!({
        "id": deadline.id,
        "rules": deadline.rules,
        "stage": deadline.stage,
        "actor": deadline.actor,
        "act": deadline.act,
        "action": deadline.action,
        "says": deadline.says,
        "file_by": deadline.file_by.map(date),
        "last_working_day": deadline.last_working_day.map(date),
        "arguable_until": deadline.arguable_until.map(date),
        "due": deadline.due.map(date),
        "late_after": deadline.late_after.map(date),
        "about": deadline.about,
        "time": deadline.time.map(|t| t.format("%H:%M").to_string()),
        "status": deadline.word(),
        "days_left": deadline.days_left,
        "trigger": deadline.trigger.as_ref().map(|t| object!({
            "event": t.event, "date": date(t.date),
        })),
        "if_today": deadline.if_today.map(date),
        "period": deadline.period,
        "printable": deadline.printable,
        "advisory": deadline.advisory,
        "authorities": deadline.authorities,
        "steps": deadline.steps.iter().map(|s| object!({
            "kind": s.kind.word(), "date": s.date.map(date), "by": s.by, "says": s.says,
        })).collect::<Vec<_>>(),
    })
}

fn authority(authority: &Authority) -> Value {
    object!({
        "id": authority.id,
        "citation": authority.citation,
        "letter": authority.letter,
        "says": authority.says,
        "confidence": authority.confidence,
        "url": authority.url,
        "checked": date(authority.checked),
    })
}
