//! The filters and functions of our own that templates use; their formats are fixed here.

use chrono::{NaiveDate, NaiveTime};
use tera::{Kwargs, Map, State, Tera, Value};

use super::escape::escape;
use super::mark;
use crate::calendar;

type Answer = Result<Value, tera::Error>;

/// Registers everything; must come before the first template.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("long_date", long_date);
    tera.register_filter("long_dates", long_dates);
    tera.register_filter("clock", clock);
    tera.register_filter("list", list);
    tera.register_filter("plural", plural);
    tera.register_filter("or_blank", or_blank);
    tera.register_filter("narrative", narrative);
    tera.register_filter("quote", quote);
    tera.register_filter("words", words);
    tera.register_function("cite", cite);
}

/// `2026-03-09` becomes "March 9, 2026"; with `weekday=true` "Monday, March 9, 2026". No date stays empty.
fn long_date(value: &Value, kwargs: Kwargs, _: &State) -> Answer {
    let Some(text) = said(value, "a date")? else { return Ok(Value::from("")) };
    let date: NaiveDate =
        text.parse().map_err(|_| tera::Error::message("`long_date` takes a date"))?;
    let weekday = kwargs.get::<bool>("weekday")?.unwrap_or(false);
    Ok(Value::from(say_date(date, weekday)))
}

/// `long_date` for each of several dates.
fn long_dates(values: Vec<String>, _: Kwargs, _: &State) -> Answer {
    let dates: Result<Vec<String>, _> =
        values.iter().map(|v| v.parse().map(|d| say_date(d, false))).collect();
    dates.map(Value::from).map_err(|_| tera::Error::message("`long_dates` takes dates"))
}

/// Writes a date in full.
pub(super) fn say_date(date: NaiveDate, weekday: bool) -> String {
    if weekday { calendar::weekday_date(date) } else { calendar::long_date(date) }
}

/// `15:00:00` becomes "3:00 p.m.". No time stays empty.
fn clock(value: &Value, _: Kwargs, _: &State) -> Answer {
    let Some(text) = said(value, "a time")? else { return Ok(Value::from("")) };
    let time: NaiveTime = text.parse().map_err(|_| tera::Error::message("`clock` takes a time"))?;
    let text = time.format("%-I:%M %P").to_string();
    Ok(Value::from(text.replace("am", "a.m.").replace("pm", "p.m.")))
}

/// The text of a value; nothing for an empty one.
fn said<'a>(value: &'a Value, wanted: &str) -> Result<Option<&'a str>, tera::Error> {
    match value.as_str() {
        Some("") => Ok(None),
        Some(text) => Ok(Some(text)),
        None if value.is_none() => Ok(None),
        None => Err(tera::Error::message(format!("expected {wanted}"))),
    }
}

/// Joins: "a", "a and b", "a, b and c". With `word="or"` the last joint is "or"; with
/// `word=""` a comma.
fn list(values: Vec<String>, kwargs: Kwargs, _: &State) -> Answer {
    let word = kwargs.get::<String>("word")?.unwrap_or_else(|| "and".to_owned());
    Ok(match values.as_slice() {
        [] => Value::from(""),
        [one] => Value::from(one.clone()),
        all if word.is_empty() => Value::from(all.join(", ")),
        [first @ .., last] => Value::from(format!("{} {word} {last}", first.join(", "))),
    })
}

/// A count with its noun: `1 | plural(one="page", many="pages")` is "1 page".
fn plural(count: i64, kwargs: Kwargs, _: &State) -> Answer {
    let noun = kwargs.must_get::<String>(if count == 1 { "one" } else { "many" })?;
    Ok(Value::from(format!("{count} {noun}")))
}

/// A word of the vocabulary as ordinary words: `not-medically-necessary` is "not medically necessary".
fn words(value: &str, _: Kwargs, _: &State) -> Answer {
    Ok(Value::from(value.replace('-', " ")))
}

/// A value, or a blank that carries the key of the record and the words to show.
fn or_blank(value: &Value, kwargs: Kwargs, _: &State) -> Answer {
    let key = kwargs.must_get::<String>("key")?;
    let label = kwargs.must_get::<String>("label")?;
    let empty = value.is_none()
        || value.is_undefined()
        || value.as_str().is_some_and(|s| mark::strip(s).trim().is_empty())
        || value.as_array().is_some_and(<[Value]>::is_empty);
    if !empty {
        return Ok(value.clone());
    }
    let (blank, between) = (mark::BLANK, mark::LABEL);
    Ok(Value::safe_string(&format!("{blank}{key}{between}{}{blank}", escape(&label))))
}

/// Several lines of one person's words: a blank line makes a paragraph, a line end a hard break.
fn narrative(value: &str, _: Kwargs, _: &State) -> Answer {
    Ok(Value::safe_string(&lines(value).join("\n")))
}

/// As `narrative`, in a block quote.
fn quote(value: &str, _: Kwargs, _: &State) -> Answer {
    let quoted: Vec<String> =
        lines(value).iter().map(|l| format!("> {l}").trim_end().to_owned()).collect();
    Ok(Value::safe_string(&quoted.join("\n")))
}

/// Escapes line by line, and keeps each line's words marked as the record's if the whole was.
fn lines(value: &str) -> Vec<String> {
    let typed = value.contains(mark::OPEN);
    let text = mark::strip(value).replace("\r\n", "\n").replace('\r', "\n");
    let mut out: Vec<String> = Vec::new();
    let mut open_line = false;
    for line in text.trim().lines() {
        if line.trim().is_empty() {
            if open_line {
                out.push(String::new());
            }
            open_line = false;
            continue;
        }
        if open_line && let Some(last) = out.last_mut() {
            last.push('\\');
        }
        let words = escape(line);
        out.push(if typed { format!("{}{words}{}", mark::OPEN, mark::CLOSE) } else { words });
        open_line = true;
    }
    out
}

/// The citation of an authority, as the ruling lets a letter print it.
fn cite(kwargs: Kwargs, state: &State) -> Answer {
    let id = kwargs.must_get::<String>("id")?;
    let authorities = state.get::<Map>("authorities")?.unwrap_or_default();
    let authority = authorities.get(&id.clone().into()).ok_or_else(|| {
        tera::Error::message(format!("the ruling does not rest on an authority `{id}`"))
    })?;
    let text = authority.as_map().and_then(|a| a.get(&"cite".into())).and_then(Value::as_str);
    match text {
        Some(text) if !text.is_empty() => Ok(Value::from(text.to_owned())),
        _ => Err(tera::Error::message(format!(
            "the authority `{id}` is not confirmed enough for a letter"
        ))),
    }
}
