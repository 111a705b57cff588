//! Markdown as HTML, each block with the lines it comes from.
//!
//! The tags are written here, from a fixed set; everything else is text. What looks like HTML in a letter
//! comes out as the characters typed, as it does on paper.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::diag::markup;

/// Returns a letter as HTML. Blocks have `data-a` and `data-z`: their first and last line in the Markdown,
/// from 0.
#[must_use]
pub fn html(markdown: &str) -> String {
    let mut writer = Writer {
        starts: std::iter::once(0)
            .chain(markdown.match_indices('\n').map(|(at, _)| at + 1))
            .collect(),
        text: markdown,
        out: String::with_capacity(markdown.len() * 2),
        aligns: Vec::new(),
        column: 0,
        head: false,
    };
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter() {
        writer.event(event, &range);
    }
    writer.out
}

struct Writer<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: Vec<usize>,
    out: String,
    aligns: Vec<Alignment>,
    column: usize,
    /// Whether the row being written is the head of its table.
    head: bool,
}

impl Writer<'_> {
    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.out.push_str(&markup(&text)),
            Event::Code(text) => {
                self.put("<code>");
                self.out.push_str(&markup(&text));
                self.put("</code>");
            }
            Event::SoftBreak => self.put("\n"),
            Event::HardBreak => self.put("<br>\n"),
            Event::Rule => self.put("<hr>\n"),
            Event::TaskListMarker(_) => {}
        }
    }

    fn put(&mut self, words: &str) {
        self.out.push_str(words);
    }

    /// Opens a block that has lines of its own.
    fn block(&mut self, tag: &str, range: &Range<usize>) {
        let line = |at: usize| self.starts.partition_point(|s| *s <= at).saturating_sub(1);
        let within = self.text.get(range.clone()).unwrap_or_default().trim_end().len();
        let (a, z) = (line(range.start), line(range.start + within.saturating_sub(1)));
        // The direction follows the first strong character, as on paper.
        let block = format!("<{tag} dir=\"auto\" data-a=\"{a}\" data-z=\"{z}\">");
        self.out.push_str(&block);
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.block("p", range),
            Tag::Heading { level, .. } => self.block(heading(*level), range),
            Tag::BlockQuote(_) => self.put("<blockquote>\n"),
            Tag::CodeBlock(_) => self.block("pre", range),
            Tag::List(Some(first)) => self.out.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::List(None) => self.put("<ul>\n"),
            Tag::Item => self.block("li", range),
            Tag::Table(aligns) => {
                self.aligns.clone_from(aligns);
                self.put("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n");
            }
            Tag::TableHead => {
                self.head = true;
                self.column = 0;
                self.put("<thead>");
                self.block("tr", range);
            }
            Tag::TableRow => {
                self.column = 0;
                self.block("tr", range);
            }
            Tag::TableCell => {
                let class = match self.aligns.get(self.column) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Left | Alignment::None) | None => "",
                };
                let open = if self.head { "<th scope=\"col\"" } else { "<td" };
                self.out.push_str(&format!("{open}{class}>"));
            }
            Tag::Emphasis => self.put("<em>"),
            Tag::Strong => self.put("<strong>"),
            Tag::Strikethrough => self.put("<s>"),
            Tag::Superscript => self.put("<sup>"),
            Tag::Subscript => self.put("<sub>"),
            // Where it leads is not followed from here, and is shown.
            Tag::Link { dest_url, .. } => {
                self.out.push_str(&format!("<span class=\"link\" title=\"{}\">", markup(dest_url)));
            }
            Tag::Image { .. }
            | Tag::HtmlBlock
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.put("</p>\n"),
            TagEnd::Heading(level) => self.out.push_str(&format!("</{}>\n", heading(level))),
            TagEnd::BlockQuote(_) => self.put("</blockquote>\n"),
            TagEnd::CodeBlock => self.put("</pre>\n"),
            TagEnd::List(true) => self.put("</ol>\n"),
            TagEnd::List(false) => self.put("</ul>\n"),
            TagEnd::Item => self.put("</li>\n"),
            TagEnd::Table => self.put("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.head = false;
                self.put("</tr></thead>\n<tbody>");
            }
            TagEnd::TableRow => self.put("</tr>\n"),
            TagEnd::TableCell => {
                self.column += 1;
                self.put(if self.head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.put("</em>"),
            TagEnd::Strong => self.put("</strong>"),
            TagEnd::Strikethrough => self.put("</s>"),
            TagEnd::Superscript => self.put("</sup>"),
            TagEnd::Subscript => self.put("</sub>"),
            TagEnd::Link => self.put("</span>"),
            TagEnd::Image
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }
}

/// One step down: the page has headings of its own above those of the letter.
fn heading(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "h3",
        HeadingLevel::H2 => "h4",
        HeadingLevel::H3 => "h5",
        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => "h6",
    }
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn blocks_know_their_lines() {
        let shown = html(
            "# Title\n\nOne\ntwo.\n\n1. first\n2. second\n\n| a | b |\n|---|--:|\n| c | d |\n",
        );
        assert!(
            shown.starts_with("<h3 dir=\"auto\" data-a=\"0\" data-z=\"0\">Title</h3>"),
            "{shown}"
        );
        for place in [
            "<p dir=\"auto\" data-a=\"2\" data-z=\"3\">One",
            "<li dir=\"auto\" data-a=\"6\" data-z=\"6\">",
        ] {
            assert!(shown.contains(place), "{place} in {shown}");
        }
        assert!(shown.contains("<td class=\"right\">d</td>"), "{shown}");
    }

    #[test]
    fn no_html_passes() {
        let hostile = "<script>alert(1)</script>\n\nx <img src=x onerror=y> [l](javascript:z \"</span><b>\")\n\n\
                       ![i](http://example.org/i.png)\n";
        let shown = html(hostile);
        assert!(
            !shown.contains("<script") && !shown.contains("<img") && !shown.contains("href"),
            "{shown}"
        );
        assert!(shown.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{shown}");
    }
}
