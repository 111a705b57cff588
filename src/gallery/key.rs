//! When two parts of a letter are the same, and what words they hold.

use crate::layout::{Block, Inline};

/// The words of a block.
pub(super) fn text(block: &Block) -> String {
    let joined = |texts: Vec<String>| texts.join(" ");
    match block {
        Block::Paragraph(inline) | Block::Heading(_, inline) | Block::Code(inline) => {
            inline.text.clone()
        }
        Block::Quote(blocks) => joined(blocks.iter().map(text).collect()),
        Block::List { items, .. } => joined(items.iter().flatten().map(text).collect()),
        Block::Table(table) => {
            let rows = std::iter::once(&table.head).chain(&table.rows);
            joined(rows.flatten().map(|i| i.text.clone()).collect())
        }
        Block::Rule | Block::Space => String::new(),
    }
}

/// All that makes a block what it is: two with the same key look the same.
pub(super) fn key(block: &Block) -> String {
    let all = |name: &str, parts: Vec<String>| format!("{name}({})", parts.join("\n"));
    match block {
        Block::Paragraph(inline) => format!("p {}", styled(inline)),
        Block::Heading(level, inline) => format!("h{level} {}", styled(inline)),
        Block::Code(inline) => format!("code {}", styled(inline)),
        Block::Quote(blocks) => all("quote", blocks.iter().map(key).collect()),
        Block::List { first, items, .. } => {
            let items = items.iter().map(|i| all("item", i.iter().map(key).collect()));
            all(&format!("list {first:?}"), items.collect())
        }
        Block::Table(table) => {
            let rows = std::iter::once(&table.head).chain(&table.rows);
            all("table", rows.map(|r| all("row", r.iter().map(styled).collect())).collect())
        }
        Block::Rule => "rule".to_owned(),
        Block::Space => "space".to_owned(),
    }
}

/// The words of a paragraph with their styles.
pub(super) fn styled(inline: &Inline) -> String {
    format!("{} {:?} {:?}", inline.text, inline.spans, inline.urls)
}
