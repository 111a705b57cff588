//! A folder of templates before the built-in ones.

use std::path::Path;

use appeal::letter::{Error, Templates};

use super::fixtures::{full, grievance, imr};
use super::written;

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn a_clinic_replaces_the_letterhead_and_extends_a_letter() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "parts/letterhead.md", "**Example Legal Aid**\n");
    put(
        folder.path(),
        "letters/grievance.md",
        "{% extends \"builtin/letters/grievance.md\" %}\
         {% block ask %}{{ super() }}\n\nWe write for {{ member.name }}.{% endblock %}",
    );
    let templates = Templates::with_dir(folder.path()).unwrap();
    let text =
        written(&full(), &grievance(), "grievance", &templates).unwrap().markdown.to_string();
    assert!(text.contains("**Example Legal Aid**") && !text.contains("1 Example Street"), "{text}");
    assert!(
        text.contains("This is a grievance and appeal.")
            && text.contains("We write for Ana Example.")
    );
    let other = written(&full(), &imr(), "dmhc-imr", &templates).unwrap().markdown.to_string();
    assert!(other.contains("**Example Legal Aid**"));
    let names = templates.names();
    assert!(
        names.contains(&"letters/grievance.md") && names.contains(&"builtin/letters/grievance.md")
    );
}

#[test]
fn a_misspelt_name_is_shown_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "parts/letterhead.md", "**A**\n\nDear {{ member.nmae }}\n");
    let templates = Templates::with_dir(folder.path()).unwrap();
    let error = written(&full(), &grievance(), "grievance", &templates).unwrap_err();
    let Error::Template { message, place: Some(place) } = error else { panic!("{error}") };
    assert!(message.contains("nmae"), "{message}");
    assert_eq!(place.to_string(), "parts/letterhead.md:3:16");
    assert!(!place.report.contains("Ana"), "{}", place.report);
}

#[test]
fn faults_of_a_folder_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Templates::with_dir(&folder.path().join("none")), Err(Error::Read { .. })));
    put(folder.path(), "a.md", "{% if x %}");
    let error = Templates::with_dir(folder.path()).unwrap_err();
    assert!(error.to_string().contains("a.md:1"), "{error}");
    put(folder.path(), "a.md", "{{ x | no_such_filter }}");
    assert!(matches!(Templates::with_dir(folder.path()), Err(Error::Template { .. })));
    put(folder.path(), "a.md", "a mark: \u{E000}");
    assert!(matches!(Templates::with_dir(folder.path()), Err(Error::Refused { .. })));
    put(folder.path(), "a.md", &"x".repeat(300_000));
    assert!(matches!(Templates::with_dir(folder.path()), Err(Error::Refused { .. })));
}

#[test]
fn a_missing_value_without_or_blank_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "parts/letterhead.md", "Dear {{ member.gender }}\n");
    let templates = Templates::with_dir(folder.path()).unwrap();
    let error = written(&full(), &grievance(), "grievance", &templates).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`letters/grievance.md` prints a value that is missing, after `# Grievance and Appeal  Dear`"
    );
}
