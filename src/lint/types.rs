//! What each name of a template stands for, read from the types that hold it, so that the two never part.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// A group of fields, by the name of its type.
    Group(&'static str),
    /// Several of a kind.
    List(Box<Type>),
    /// Several of a kind, each by a name of its own.
    Map(Box<Type>),
    /// Words of the record: anything at all.
    Record,
    /// Words of ours: dates, words of the vocabulary, sentences of the law.
    Ours,
    /// A whole number.
    Number,
    /// True or false.
    Truth,
    /// Not known.
    Any,
}

/// Fields of a group, in the order in which they are declared.
pub(super) type Fields = Vec<(&'static str, Type)>;

/// The group that holds every name.
pub(super) const ROOT: &str = "Context";

const SOURCES: [&str; 6] = [
    include_str!("../letter/context/mod.rs"),
    include_str!("../letter/context/people.rs"),
    include_str!("../letter/context/case.rs"),
    include_str!("../letter/context/history.rs"),
    include_str!("../letter/context/evidence.rs"),
    include_str!("../letter/context/law.rs"),
];

/// Returns every group by its name.
pub(super) fn groups() -> &'static BTreeMap<&'static str, Fields> {
    static GROUPS: OnceLock<BTreeMap<&'static str, Fields>> = OnceLock::new();
    GROUPS.get_or_init(|| SOURCES.into_iter().flat_map(declared).collect())
}

/// The fields of a group; none for what is no group.
pub(super) fn fields(of: &Type) -> Option<&'static Fields> {
    match of {
        Type::Group(name) => groups().get(name),
        Type::List(_)
        | Type::Map(_)
        | Type::Record
        | Type::Ours
        | Type::Number
        | Type::Truth
        | Type::Any => None,
    }
}

/// Returns the groups that a file declares.
fn declared(source: &'static str) -> Vec<(&'static str, Fields)> {
    let mut groups: Vec<(&'static str, Fields)> = Vec::new();
    let mut open = false;
    let mut renamed = None;
    for line in source.lines() {
        if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.split([' ', '<', '{']).next().unwrap_or(rest);
            groups.push((name, Fields::new()));
            open = true;
        } else if line == "}" {
            open = false;
        } else if let Some(name) = line.trim().strip_prefix("#[serde(rename = \"") {
            renamed = name.split('"').next();
        } else if let Some((name, kind)) =
            line.strip_prefix("    pub ").and_then(|l| l.split_once(": ")).filter(|_| open)
            && let Some((_, fields)) = groups.last_mut()
        {
            fields.push((renamed.take().unwrap_or(name), typed(kind.trim_end_matches(','))));
        }
    }
    groups
}

/// Reads a type as it is written.
fn typed(written: &'static str) -> Type {
    let inside = |name: &str| written.strip_prefix(name).and_then(|w| w.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return typed(inner);
    }
    if let Some(inner) = inside("Vec<") {
        return Type::List(Box::new(typed(inner)));
    }
    if let Some(inner) = inside("BTreeMap<String, ") {
        return Type::Map(Box::new(typed(inner)));
    }
    match written {
        "Text" => Type::Record,
        "String" | "&'static str" => Type::Ours,
        "bool" => Type::Truth,
        "usize" | "i64" | "u16" | "u32" => Type::Number,
        name => Type::Group(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_of_a_known_kind() {
        let all = groups();
        for (group, fields) in all {
            for (name, of) in fields {
                let mut inner = of;
                while let Type::List(next) | Type::Map(next) = inner {
                    inner = next;
                }
                if let Type::Group(of) = inner {
                    assert!(all.contains_key(of), "{group}.{name} is a {of}");
                }
            }
        }
        let root = all.get(ROOT).expect("it is declared");
        assert!(root.len() > 30 && root.iter().any(|(n, _)| *n == "backing"), "{root:?}");
        let letter = &all["LetterWords"];
        assert!(letter.contains(&("final", Type::Truth)), "{letter:?}");
    }
}
