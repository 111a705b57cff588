//! What each name of a template stands for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::letter;

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// A group of fields, by the name under which they are told.
    Group(String),
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

/// Fields of a group.
pub(super) type Fields = Vec<(String, Type)>;

/// The group that holds every name.
pub(super) const ROOT: &str = "";

/// Returns every group, by the name under which its fields are told.
fn groups() -> &'static BTreeMap<String, Fields> {
    static GROUPS: OnceLock<BTreeMap<String, Fields>> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let mut groups: BTreeMap<String, Fields> = BTreeMap::new();
        for name in letter::names() {
            let (group, field) = name.name.rsplit_once('.').unwrap_or((ROOT, &name.name));
            let of = typed(&name.kind, &name.fields_as, &name.name);
            groups.entry(group.to_owned()).or_default().push((field.to_owned(), of));
        }
        groups
    })
}

/// The names that stand alone.
pub(super) fn root() -> &'static [(String, Type)] {
    groups().get(ROOT).map_or(&[], Vec::as_slice)
}

/// The fields of a group; none for what is no group.
pub(super) fn fields(of: &Type) -> Option<&'static [(String, Type)]> {
    match of {
        Type::Group(name) => groups().get(name).map(Vec::as_slice),
        Type::List(_)
        | Type::Map(_)
        | Type::Record
        | Type::Ours
        | Type::Number
        | Type::Truth
        | Type::Any => None,
    }
}

/// Reads what a name is said to hold.
fn typed(kind: &str, fields_as: &Option<String>, name: &str) -> Type {
    let group =
        |entry: &str| Type::Group(fields_as.clone().unwrap_or_else(|| format!("{name}{entry}")));
    let one = |kind: &str, entry: &str| match kind {
        "text as typed" | "texts as typed" => Type::Record,
        "text" | "texts" => Type::Ours,
        "number" | "numbers" => Type::Number,
        "yes or no" => Type::Truth,
        "group" | "groups" => group(entry),
        _ => Type::Any,
    };
    if let Some(each) = kind.strip_prefix("list of ") {
        return Type::List(Box::new(one(each, "[]")));
    }
    if let Some(each) = kind.strip_suffix(" by id") {
        return Type::Map(Box::new(one(each, ".ID")));
    }
    one(kind, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_of_a_known_kind() {
        for (group, fields) in groups() {
            for (name, of) in fields {
                let mut inner = of;
                while let Type::List(next) | Type::Map(next) = inner {
                    inner = next;
                }
                assert_ne!(*inner, Type::Any, "{group}.{name}");
                if let Type::Group(of) = inner {
                    assert!(groups().contains_key(of), "{group}.{name} is a {of}");
                }
            }
        }
        let of = |name: &str| root().iter().find(|(n, _)| n == name).map(|(_, of)| of);
        assert!(root().len() > 30, "{:?}", root());
        let Some(Type::Map(right)) = of("backing") else { panic!("{:?}", of("backing")) };
        assert!(fields(right).is_some_and(|f| f.contains(&("cite".to_owned(), Type::Ours))));
        let Some(Type::List(service)) = of("services") else { panic!("{:?}", of("services")) };
        assert!(fields(service).is_some_and(|f| f.iter().any(|(n, _)| n == "kind")));
        assert!(fields(of("service").expect("it is there")).is_some());
    }
}
