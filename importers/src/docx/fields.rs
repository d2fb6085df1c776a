//! Fields: an instruction, and what it came to. Of an instruction only links mean something; a table of contents goes
//! with its entries, since readers get one of the headings.

use super::drawing;
use crate::left_out::LeftOut;
use content::document::Href;

/// The most fields within one another.
const DEEPEST: usize = 64;

/// The longest instruction that is read, in bytes.
const LONGEST: usize = 8 * 1024;

/// The fields that are open.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// Fields that are too deep to be kept.
    deeper: usize,
    contents: bool,
}

#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether the instruction has ended.
    shown: bool,
    link: Option<Href>,
    dropping: bool,
}

impl Fields {
    /// `contents` says whether tables of contents are kept.
    pub(super) fn new(contents: bool) -> Self {
        Self { contents, ..Self::default() }
    }

    /// A field begins, shows, or ends.
    pub(super) fn mark(&mut self, kind: &str, left_out: &mut LeftOut) {
        match kind {
            "begin" if self.open.len() == DEEPEST => self.deeper += 1,
            "begin" => self.open.push(Field::default()),
            "separate" if self.deeper == 0 => self.show(left_out),
            "end" if self.deeper > 0 => self.deeper -= 1,
            "end" => drop(self.open.pop()),
            _ => {}
        }
    }

    /// A field whose instruction is given at once.
    pub(super) fn simple(&mut self, instruction: &str, left_out: &mut LeftOut) {
        self.mark("begin", left_out);
        if self.deeper == 0 {
            self.instruction(instruction);
            self.show(left_out);
        }
    }

    pub(super) fn instruction(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.shown)
            && field.instruction.len() + text.len() <= LONGEST
        {
            field.instruction.push_str(text);
        }
    }

    fn show(&mut self, left_out: &mut LeftOut) {
        let contents = self.contents;
        let Some(field) = self.open.last_mut() else { return };
        field.shown = true;
        let mut words = field.instruction.trim().splitn(2, char::is_whitespace);
        match words.next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "HYPERLINK" => {
                let address = address(words.next().unwrap_or_default());
                field.link = drawing::href(&address);
                if field.link.is_none() && !address.is_empty() {
                    let why = "text kept, the address is not a safe and absolute one";
                    left_out.example("link", why, &address);
                }
            }
            "TOC" if !contents => {
                left_out.count("table of contents", "left out");
                field.dropping = true;
            }
            _ => {}
        }
    }

    /// No instruction goes on in the next paragraph: one that never ended would silence all that follows.
    pub(super) fn end_of_paragraph(&mut self) {
        while self.open.last().is_some_and(|field| !field.shown) {
            self.open.pop();
        }
        self.deeper = 0;
    }

    /// Whether text at this place is an instruction or goes with a table of contents.
    pub(super) fn are_silent(&self) -> bool {
        self.open.iter().any(|field| !field.shown || field.dropping)
    }

    pub(super) fn is_dropping(&self) -> bool {
        self.open.iter().any(|field| field.dropping)
    }

    /// Where text at this place leads.
    pub(super) fn link(&self) -> Option<Href> {
        self.open.iter().rev().find_map(|field| field.link.clone())
    }
}

/// The address in the arguments of a link. A place within the document stands behind `\l` and is none.
fn address(arguments: &str) -> String {
    let arguments = arguments.trim();
    match arguments.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
        None if arguments.starts_with('\\') => String::new(),
        None => arguments.split_whitespace().next().unwrap_or_default().to_owned(),
    }
}
