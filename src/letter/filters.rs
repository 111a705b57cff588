//! The filters and functions of our own that templates use; their formats are fixed here.

use chrono::{NaiveDate, NaiveTime};
use tera::{Kwargs, Map, State, Tera, Value};

use super::escape::escape;
use super::mark;
use crate::calendar;

type Answer = Result<Value, tera::Error>;

/// What a template can call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToolKind {
    /// Written after a value: `denial.received | long_date`.
    Filter,
    /// Written by itself: `cite(id="…")`.
    Function,
}

/// A filter or function of our own.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub kind: ToolKind,
    /// What it does.
    pub says: &'static str,
    /// How a template writes it.
    pub example: &'static str,
    /// What the example prints; empty where that depends on the case.
    pub prints: &'static str,
    #[serde(skip)]
    add: fn(&mut Tera, &'static str),
}

/// Every filter and function of our own. What is not here is not registered.
pub const TOOLS: &[Tool] = &[
    Tool {
        name: "long_date",
        kind: ToolKind::Filter,
        says: "A date in full; `weekday=true` adds the day of the week. No date stays empty.",
        example: "\"2026-03-09\" | long_date(weekday=true)",
        prints: "Monday, March 9, 2026",
        add: |tera, name| tera.register_filter(name, long_date),
    },
    Tool {
        name: "long_dates",
        kind: ToolKind::Filter,
        says: "Each of a list of dates in full.",
        example: "[\"2026-03-09\", \"2026-03-10\"] | long_dates | list",
        prints: "March 9, 2026 and March 10, 2026",
        add: |tera, name| tera.register_filter(name, long_dates),
    },
    Tool {
        name: "clock",
        kind: ToolKind::Filter,
        says: "An hour as people say it. No hour stays empty.",
        example: "\"15:00:00\" | clock",
        prints: "3:00 p.m.",
        add: |tera, name| tera.register_filter(name, clock),
    },
    Tool {
        name: "list",
        kind: ToolKind::Filter,
        says: "Joins a list of texts; `word=\"or\"` changes the last joint, `word=\"\"` makes it a comma.",
        example: "[\"a\", \"b\", \"c\"] | list(word=\"or\")",
        prints: "a, b or c",
        add: |tera, name| tera.register_filter(name, list),
    },
    Tool {
        name: "plural",
        kind: ToolKind::Filter,
        says: "A count with its noun.",
        example: "3 | plural(one=\"page\", many=\"pages\")",
        prints: "3 pages",
        add: |tera, name| tera.register_filter(name, plural),
    },
    Tool {
        name: "or_blank",
        kind: ToolKind::Filter,
        says: "A value that may be missing. Where it is, the letter shows a line with the label, and \
               the blank is listed under the key of the record.",
        example: "none | or_blank(key=\"member.member_id\", label=\"member ID\")",
        prints: "_____ (member ID)",
        add: |tera, name| tera.register_filter(name, or_blank),
    },
    Tool {
        name: "narrative",
        kind: ToolKind::Filter,
        says: "Several lines of one person's words: an empty line begins a paragraph, a line end stays one.",
        example: "statement.what_happened | narrative",
        prints: "",
        add: |tera, name| tera.register_filter(name, narrative),
    },
    Tool {
        name: "quote",
        kind: ToolKind::Filter,
        says: "The same, as a quotation set apart.",
        example: "denial.reason | quote",
        prints: "",
        add: |tera, name| tera.register_filter(name, quote),
    },
    Tool {
        name: "words",
        kind: ToolKind::Filter,
        says: "A word of the vocabulary as ordinary words.",
        example: "\"not-medically-necessary\" | words",
        prints: "not medically necessary",
        add: |tera, name| tera.register_filter(name, words),
    },
    Tool {
        name: "cite",
        kind: ToolKind::Function,
        says: "The citation of an authority, as the ruling lets a letter print it; an error where it does not.",
        example: "cite(id=\"hsc-1368.01-a\")",
        prints: "",
        add: |tera, name| tera.register_function(name, cite),
    },
];

/// Registers everything; must come before the first template.
pub(super) fn register(tera: &mut Tera) {
    TOOLS.iter().for_each(|tool| (tool.add)(tera, tool.name));
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

#[cfg(test)]
mod tests {
    use super::super::{escape, finish};
    use super::*;

    #[test]
    fn each_tool_prints_what_its_example_says() {
        for tool in TOOLS.iter().filter(|t| !t.prints.is_empty()) {
            let mut tera = Tera::default();
            tera.set_escape_fn(escape::for_engine);
            tera.autoescape_on([".md"]);
            register(&mut tera);
            tera.add_raw_template("a.md", &format!("{{{{ {} }}}}", tool.example)).unwrap();
            let text = tera.render("a.md", &tera::Context::new()).unwrap();
            let page = finish::page(&text, "a.md").unwrap();
            assert_eq!(page.markdown.as_str().trim_end(), tool.prints, "{}", tool.name);
        }
    }
}
