//! Paragraphs as they were set before, kept from letter to letter.
//!
//! Most letters of a house share most of their words, and a paragraph of the same words, styles, width
//! and fonts is set the same way each time. What is kept changes no letter, it only spares the work: a
//! paragraph is found by all that its lines depend on. It is kept when it comes a second time, so that the
//! words of one member alone take no room from the house's own; two generations bound it.

use std::{
    cell::{Cell, RefCell},
    collections::{HashMap, HashSet},
    hash::BuildHasher as _,
    mem,
    rc::Rc,
};

use super::{
    blocks::{Inline, Span},
    breaks::Set,
    text::Face,
};

/// Bytes of text in one generation; its lines take some thirty times as much.
const GENERATION: usize = 64 * 1024;
/// Paragraphs in one generation of those that came once; of each only a hash is kept.
const ONCE: usize = 4096;
/// What a short text counts for besides its own length.
const EACH: usize = 32;
/// A longer text is some member's story and does not come again.
const LONGEST: usize = 4 * 1024;

/// Everything that a paragraph's lines depend on, save the width.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    text: String,
    spans: Vec<Span>,
    sizes: (u32, u32),
    styles: (bool, bool, u8, u8),
    families: Rc<[String]>,
}

impl Key {
    pub(super) fn new(inline: &Inline, face: Face, families: &Rc<[String]>) -> Self {
        Self {
            text: inline.text.clone(),
            spans: inline.spans.clone(),
            sizes: (face.size.to_bits(), face.leading.to_bits()),
            styles: (face.bold, face.italic, face.gray, face.align as u8),
            families: Rc::clone(families),
        }
    }
}

/// What is known of a paragraph.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) right_to_left: bool,
    pub(super) widths: Cell<Option<(f32, f32)>>,
    /// Beside each width it was set to, its lines.
    lines: RefCell<Vec<(u32, Rc<Set>)>>,
}

impl Known {
    pub(super) fn new(right_to_left: bool) -> Self {
        Self { right_to_left, widths: Cell::new(None), lines: RefCell::default() }
    }

    pub(super) fn lines(&self, width: f32) -> Option<Rc<Set>> {
        let lines = self.lines.borrow();
        let known = lines.iter().find(|(known, _)| *known == width.to_bits());
        known.map(|(_, set)| Rc::clone(set))
    }

    pub(super) fn keep(&self, width: f32, set: &Rc<Set>) {
        let mut lines = self.lines.borrow_mut();
        // A column that grows with a member's words has a new width in every letter.
        if lines.len() >= 4 {
            lines.remove(0);
        }
        lines.push((width.to_bits(), Rc::clone(set)));
    }
}

/// Paragraphs that were set lately.
#[derive(Debug, Default)]
pub(super) struct Kept {
    young: HashMap<Key, Rc<Known>>,
    old: HashMap<Key, Rc<Known>>,
    bytes: usize,
    /// Hashes of paragraphs that came once: lately, and before.
    once: [HashSet<u64>; 2],
}

impl Kept {
    pub(super) fn find(&mut self, key: &Key) -> Option<Rc<Known>> {
        if let Some(known) = self.young.get(key) {
            return Some(Rc::clone(known));
        }
        let (key, known) = self.old.remove_entry(key)?;
        self.put(key, &known);
        Some(known)
    }

    /// Keeps a paragraph that was set, if it was set before.
    pub(super) fn keep(&mut self, key: Key, known: &Rc<Known>) {
        if key.text.len() <= LONGEST && self.came(&key) {
            self.put(key, known);
        }
    }

    /// Whether a paragraph came before; from now on it did.
    fn came(&mut self, key: &Key) -> bool {
        let hash = self.young.hasher().hash_one(key);
        let [young, old] = &mut self.once;
        if young.contains(&hash) || old.contains(&hash) {
            return true;
        }
        if young.len() >= ONCE {
            *old = mem::take(young);
        }
        young.insert(hash);
        false
    }

    fn put(&mut self, key: Key, known: &Rc<Known>) {
        self.bytes += key.text.len() + EACH;
        self.young.insert(key, Rc::clone(known));
        if self.bytes > GENERATION {
            self.old = mem::take(&mut self.young);
            self.bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use parley::Alignment;

    use super::*;

    fn key(text: &str) -> Key {
        let face = Face {
            size: 10.0,
            leading: 1.3,
            bold: false,
            italic: false,
            gray: 0,
            align: Alignment::Start,
        };
        Key::new(&Inline::plain(text), face, &Rc::from([]))
    }

    fn keep(kept: &mut Kept, text: &str) {
        kept.keep(key(text), &Rc::new(Known::new(false)));
    }

    #[test]
    fn what_is_asked_for_stays_and_the_rest_is_forgotten() {
        let mut kept = Kept::default();
        (0..2).for_each(|_| keep(&mut kept, "house"));
        for n in 0..20_000 {
            (0..2).for_each(|_| keep(&mut kept, &format!("member {n}")));
            assert!(kept.find(&key("house")).is_some(), "{n}");
        }
        assert!(kept.find(&key("member 0")).is_none());
        assert!(kept.find(&key("member 19999")).is_some());
        assert!(kept.young.len() + kept.old.len() < 2 * GENERATION / EACH);
    }

    #[test]
    fn what_comes_once_takes_no_room() {
        let mut kept = Kept::default();
        for n in 0..20_000 {
            keep(&mut kept, &format!("member {n}"));
        }
        assert!(kept.young.is_empty() && kept.old.is_empty());
        assert!(kept.once.iter().map(HashSet::len).sum::<usize>() <= 2 * ONCE);
        keep(&mut kept, "member 19999");
        assert!(kept.find(&key("member 19999")).is_some());
        keep(&mut kept, "member 0");
        assert!(kept.find(&key("member 0")).is_none());
    }

    #[test]
    fn a_long_story_is_not_kept() {
        let mut kept = Kept::default();
        (0..2).for_each(|_| keep(&mut kept, &"x".repeat(LONGEST + 1)));
        assert!(kept.young.is_empty());
    }
}
