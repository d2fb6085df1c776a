//! Rows and cells of a table while the text is read.

use super::{
    body::Body,
    flat::{self, Flat},
    properties,
    table::{self, Given, GivenRow},
};
use crate::xml::Element;

/// The most rows and cells of all tables together, and the most cells of a row.
const MOST_CELLS: usize = 100_000;
const MOST_IN_ROW: usize = 1_000;

impl Body<'_> {
    /// Whether rows and cells belong to a table of the tree.
    pub(super) fn in_table(&self) -> bool {
        self.flat_tables == 0 && !self.rows.is_empty()
    }

    /// A row begins; `false` says that it is one too many.
    pub(super) fn open_row(&mut self) -> bool {
        self.cells += 1;
        if self.cells > MOST_CELLS {
            return false;
        }
        if let Some(rows) = self.rows.last_mut() {
            rows.push(GivenRow::default());
        }
        true
    }

    /// A cell begins; `false` says that it is one too many, and text of what is around the table.
    pub(super) fn open_cell(&mut self) -> bool {
        self.cells += 1;
        if self.cells == MOST_CELLS {
            self.left_out.count("table", "larger than is kept: the text of its last cells stands beside it");
        }
        let row = self.rows.last_mut().and_then(|rows| rows.last_mut());
        let Some(row) = row.filter(|row| self.cells <= MOST_CELLS && row.cells.len() < MOST_IN_ROW) else {
            return false;
        };
        row.cells.push(Given { columns: 1, ..Given::default() });
        self.holders.push(Vec::new());
        true
    }

    pub(super) fn drop_row(&mut self) {
        self.left_out.count("row", "deleted in tracked changes: left out");
        if let Some(row) = self.rows.last_mut().and_then(|rows| rows.last_mut()) {
            row.deleted = true;
        }
    }

    pub(super) fn cell_property(&mut self, element: &Element<'_>) {
        let value = element.attribute("val");
        let number = value.as_deref().and_then(|value| value.parse().ok()).unwrap_or(1);
        let Some(row) = self.rows.last_mut().and_then(|rows| rows.last_mut()) else { return };
        match (element.name(), row.cells.last_mut()) {
            ("tblHeader", _) => row.header = value.as_deref().is_none_or(properties::is_on),
            ("gridBefore", _) => row.before = number,
            ("gridSpan", Some(cell)) => cell.columns = number,
            ("vMerge", Some(cell)) if value.as_deref() == Some("restart") => cell.begins = true,
            ("vMerge", Some(cell)) => cell.goes_on = true,
            _ => {}
        }
    }

    pub(super) fn close_cell(&mut self) {
        let flats = self.holders.pop().unwrap_or_default();
        let blocks = flat::blocks(flats, false, &|level| level.saturating_add(1).clamp(2, 4));
        if let Some(cell) = self.rows.last_mut().and_then(|rows| rows.last_mut()?.cells.last_mut()) {
            cell.content = blocks;
        }
    }

    pub(super) fn close_table(&mut self) {
        let mut rows = self.rows.pop().unwrap_or_default();
        rows.retain(|row| !row.deleted);
        self.hold(table::table(rows).into_iter().map(Flat::Table).collect());
    }
}
