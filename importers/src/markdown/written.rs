//! Markdown as HTML: what its parser finds, in the elements that the reader of HTML knows.

use super::notes;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::HashMap;

/// The most notes of a text.
const MOST_NOTES: usize = 10_000;

/// A text as HTML.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) html: String,
    /// The heading at the beginning, where a title was looked for.
    pub(super) title: String,
    /// The notes by their numbers.
    pub(super) notes: Vec<String>,
}

/// Writes a text. `titled` says that a heading at its beginning is its title.
pub(super) fn html(text: &str, titled: bool) -> Written {
    let text = notes::without_signs(text);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let levels = levels(&text, options, titled);
    let mut writing = Writing { levels, titled, ..Writing::default() };
    for event in Parser::new_ext(&text, options) {
        writing.event(event);
    }
    writing.finish()
}

/// The highest heading of a text besides its title: it becomes the first level below the title.
fn levels(text: &str, options: Options, titled: bool) -> Option<u8> {
    let headings = Parser::new_ext(text, options).filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level as u8),
        _ => None,
    });
    let first_is_title = titled && begins_with_heading(text, options);
    headings.skip(usize::from(first_is_title)).min()
}

fn begins_with_heading(text: &str, options: Options) -> bool {
    matches!(Parser::new_ext(text, options).next(), Some(Event::Start(Tag::Heading { .. })))
}

#[derive(Default)]
struct Writing {
    out: Written,
    levels: Option<u8>,
    titled: bool,
    /// Whether anything was written yet.
    begun: bool,
    in_title: bool,
    /// The numbers of notes by their labels, and the texts that were found for them.
    numbers: HashMap<String, usize>,
    /// The note that is being read.
    note: Option<usize>,
    /// What is said in the place of an open picture: its address and title, and its words.
    pictures: Vec<(String, String, String)>,
    in_head: bool,
}

impl Writing {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Code(text) => {
                self.tag("<code>");
                self.text(&text);
                self.tag("</code>");
            }
            Event::Html(text) | Event::InlineHtml(text) => self.tag(&text),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.tag("<br>"),
            Event::Rule => self.tag("<hr>"),
            Event::TaskListMarker(done) => self.text(if done { "☑ " } else { "☐ " }),
            Event::FootnoteReference(label) => self.reference(&label),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let first = !std::mem::replace(&mut self.begun, true);
        match tag {
            Tag::Heading { .. } if first && self.titled => self.in_title = true,
            Tag::Heading { level, .. } => self.tag(&format!("<h{}>", self.level(level))),
            Tag::Paragraph => self.tag("<p>"),
            Tag::BlockQuote(_) => self.tag("<blockquote>"),
            Tag::CodeBlock(_) => self.tag("<pre>\n"),
            Tag::List(None) => self.tag("<ul>"),
            Tag::List(Some(start)) => self.tag(&format!("<ol start=\"{start}\">")),
            Tag::Item => self.tag("<li>"),
            Tag::FootnoteDefinition(label) => self.note = self.number(&label),
            Tag::Table(_) => self.tag("<table>"),
            Tag::TableHead => {
                self.in_head = true;
                self.tag("<tr>");
            }
            Tag::TableRow => self.tag("<tr>"),
            Tag::TableCell => self.tag(if self.in_head { "<th>" } else { "<td>" }),
            Tag::Emphasis => self.tag("<em>"),
            Tag::Strong => self.tag("<strong>"),
            Tag::Strikethrough => self.tag("<s>"),
            Tag::Superscript => self.tag("<sup>"),
            Tag::Subscript => self.tag("<sub>"),
            Tag::Link { dest_url, .. } => self.tag(&format!("<a href=\"{}\">", escaped(&dest_url))),
            Tag::Image { dest_url, title, .. } => {
                self.pictures.push((dest_url.to_string(), title.to_string(), String::new()));
            }
            Tag::HtmlBlock
            | Tag::MetadataBlock(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) if self.in_title => self.in_title = false,
            TagEnd::Heading(level) => self.tag(&format!("</h{}>", self.level(level))),
            TagEnd::Paragraph => self.tag("</p>"),
            TagEnd::BlockQuote(_) => self.tag("</blockquote>"),
            TagEnd::CodeBlock => self.tag("</pre>"),
            TagEnd::List(false) => self.tag("</ul>"),
            TagEnd::List(true) => self.tag("</ol>"),
            TagEnd::Item => self.tag("</li>"),
            TagEnd::FootnoteDefinition => self.note = None,
            TagEnd::Table => self.tag("</table>"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.tag("</tr>");
            }
            TagEnd::TableRow => self.tag("</tr>"),
            TagEnd::TableCell => self.tag(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.tag("</em>"),
            TagEnd::Strong => self.tag("</strong>"),
            TagEnd::Strikethrough => self.tag("</s>"),
            TagEnd::Superscript => self.tag("</sup>"),
            TagEnd::Subscript => self.tag("</sub>"),
            TagEnd::Link => self.tag("</a>"),
            TagEnd::Image => self.picture(),
            TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => {}
        }
    }

    /// Writes markup. A title and a note have none, nor has what is said in the place of a picture.
    fn tag(&mut self, tag: &str) {
        self.begun = true;
        if let Some(note) = self.note {
            if matches!(tag, "</p>" | "<br>" | "</li>") {
                self.noted(note, " ");
            }
        } else if !self.in_title && self.pictures.is_empty() {
            self.out.html.push_str(tag);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, _, words)) = self.pictures.last_mut() {
            words.push_str(text);
        } else if let Some(note) = self.note {
            self.noted(note, text);
        } else if self.in_title {
            self.out.title.push_str(text);
        } else {
            self.out.html.push_str(&escaped(text));
        }
    }

    fn noted(&mut self, note: usize, text: &str) {
        if let Some(found) = self.out.notes.get_mut(note) {
            found.push_str(&text.replace(char::is_control, " "));
        }
    }

    fn picture(&mut self) {
        let Some((address, title, words)) = self.pictures.pop() else { return };
        if let Some((_, _, outer)) = self.pictures.last_mut() {
            outer.push_str(&words);
            return;
        }
        let caption =
            if title.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>", escaped(&title)) };
        let (address, words) = (escaped(&address), escaped(&words));
        self.tag(&format!("<figure><img src=\"{address}\" alt=\"{words}\">{caption}</figure>"));
    }

    fn reference(&mut self, label: &str) {
        let number = self.number(label).filter(|_| self.note.is_none() && !self.in_title);
        if let Some(number) = number {
            self.out.html.push_str(&notes::sign(number));
        }
    }

    fn number(&mut self, label: &str) -> Option<usize> {
        if let Some(number) = self.numbers.get(label) {
            return Some(*number);
        }
        if self.out.notes.len() == MOST_NOTES {
            return None;
        }
        self.out.notes.push(String::new());
        self.numbers.insert(label.to_owned(), self.out.notes.len() - 1);
        Some(self.out.notes.len() - 1)
    }

    fn level(&self, level: HeadingLevel) -> u8 {
        ((level as u8).saturating_sub(self.levels.unwrap_or(1)) + 2).clamp(2, 4)
    }

    fn finish(mut self) -> Written {
        for note in &mut self.out.notes {
            *note = note.trim().to_owned();
        }
        self.out
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
