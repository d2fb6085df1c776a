//! The marks that are open at a place, in the order in which the tree wants them.

use content::document::{Href, LinkAttrs, Mark};

const KINDS: [Mark; 7] =
    [Mark::Bold, Mark::Italic, Mark::Underline, Mark::Strike, Mark::Superscript, Mark::Subscript, Mark::Code];

/// Counts of open elements by the mark they make. Marks need not nest: old pages close them in any order, and one that
/// was left open goes on in the next paragraph, as browsers have it.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    open: [u32; KINDS.len()],
    link: Option<Href>,
    list: Vec<Mark>,
}

impl Marks {
    /// The marks of text at this place.
    pub(super) fn list(&self) -> &[Mark] {
        &self.list
    }

    pub(super) fn open(&mut self, mark: &Mark) {
        self.change(mark, |count| count.saturating_add(1));
    }

    pub(super) fn close(&mut self, mark: &Mark) {
        self.change(mark, |count| count.saturating_sub(1));
    }

    /// A link ends the one before it: links do not nest.
    pub(super) fn link(&mut self, href: Option<Href>) {
        self.link = href;
        self.write();
    }

    fn change(&mut self, mark: &Mark, change: impl Fn(u32) -> u32) {
        if let Some(at) = KINDS.iter().position(|kind| kind == mark) {
            let before = self.open[at];
            self.open[at] = change(before);
            // Thousands of <b> within one another make one mark: the list changes with the first and the last of them.
            if (before == 0) != (self.open[at] == 0) {
                self.write();
            }
        }
    }

    fn write(&mut self) {
        let link = self.link.iter().map(|href| Mark::Link { attrs: LinkAttrs { href: href.clone() } });
        let open = KINDS.iter().zip(self.open).filter(|(_, count)| *count > 0).map(|(kind, _)| kind.clone());
        self.list = link.chain(open).collect();
    }
}
