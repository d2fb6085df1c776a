//! How sections move in their tree of two levels.

use crate::admin::ui::Way;
use content::{
    SectionId,
    section::{SectionPlace, in_order},
};

/// Moves a section; a section of the first level takes those below it along. Whether anything has changed.
pub fn arrange(tree: &mut Vec<SectionPlace>, id: SectionId, way: Way) -> bool {
    let before = tree.clone();
    let Some(place) = tree.iter().find(|place| place.id == id).copied() else { return false };
    let siblings: Vec<SectionId> = level(tree, place.parent);
    let at = siblings.iter().position(|sibling| *sibling == id).unwrap_or_default();
    match way {
        Way::Up => {
            if let Some(other) = at.checked_sub(1) {
                beside(tree, id, siblings[other], false);
            }
        }
        Way::Down => {
            if let Some(other) = siblings.get(at + 1) {
                beside(tree, id, *other, true);
            }
        }
        // Below the one before it, behind those that stand there already.
        Way::In => {
            let above = at.checked_sub(1).map(|other| siblings[other]);
            if place.parent.is_none() && level(tree, Some(id)).is_empty() && above.is_some() {
                let moved = take(tree, id);
                tree.extend(moved.map(|moved| SectionPlace { parent: above, ..moved }));
            }
        }
        // Out, right behind the one that it stood below.
        Way::Out => {
            if let Some(parent) = place.parent {
                beside(tree, id, parent, true);
            }
        }
        Way::Before(other) => beside(tree, id, SectionId(other), false),
        Way::After(other) => beside(tree, id, SectionId(other), true),
    }
    match in_order(tree) {
        Ok(ordered) => *tree = ordered,
        Err(_) => tree.clone_from(&before),
    }
    *tree != before
}

/// The sections of a level in their order.
fn level(tree: &[SectionPlace], parent: Option<SectionId>) -> Vec<SectionId> {
    tree.iter().filter(|place| place.parent == parent).map(|place| place.id).collect()
}

fn take(tree: &mut Vec<SectionPlace>, id: SectionId) -> Option<SectionPlace> {
    let at = tree.iter().position(|place| place.id == id)?;
    Some(tree.remove(at))
}

/// Puts a section beside another one on its level. One that has others below it stays on the first level, so it goes
/// beside the one above.
fn beside(tree: &mut Vec<SectionPlace>, id: SectionId, other: SectionId, behind: bool) {
    let Some(mut target) = tree.iter().find(|place| place.id == other).copied() else { return };
    if let Some(above) = target.parent
        && !level(tree, Some(id)).is_empty()
    {
        match tree.iter().find(|place| place.id == above) {
            Some(first) => target = *first,
            None => return,
        }
    }
    if target.id == id {
        return;
    }
    let Some(moved) = take(tree, id) else { return };
    let at = tree.iter().position(|place| place.id == target.id).unwrap_or_default();
    tree.insert(at + usize::from(behind), SectionPlace { parent: target.parent, ..moved });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `1 (2 3) 4 5`: two sections stand below the first.
    fn tree() -> Vec<SectionPlace> {
        let place = |id, parent: Option<i64>| SectionPlace { id: SectionId(id), parent: parent.map(SectionId) };
        vec![place(1, None), place(2, Some(1)), place(3, Some(1)), place(4, None), place(5, None)]
    }

    fn after(id: i64, way: Way) -> String {
        let mut tree = tree();
        let changed = arrange(&mut tree, SectionId(id), way);
        let shown: Vec<String> =
            tree.iter().map(|p| format!("{}{}", if p.parent.is_some() { "-" } else { "" }, p.id)).collect();
        format!("{}{}", shown.join(" "), if changed { "" } else { " (same)" })
    }

    #[test]
    fn a_section_moves_with_those_below_it() {
        assert_eq!(after(1, Way::Down), "4 1 -2 -3 5");
        assert_eq!(after(4, Way::Up), "4 1 -2 -3 5");
        assert_eq!(after(1, Way::After(5)), "4 5 1 -2 -3");
        assert_eq!(after(5, Way::Before(1)), "5 1 -2 -3 4");
    }

    #[test]
    fn those_below_move_among_themselves_in_and_out() {
        assert_eq!(after(2, Way::Down), "1 -3 -2 4 5");
        assert_eq!(after(2, Way::Up), "1 -2 -3 4 5 (same)");
        assert_eq!(after(3, Way::Out), "1 -2 3 4 5");
        assert_eq!(after(4, Way::In), "1 -2 -3 -4 5");
        assert_eq!(after(5, Way::Before(3)), "1 -2 -5 -3 4");
        assert_eq!(after(2, Way::After(5)), "1 -3 4 5 2");
    }

    #[test]
    fn there_is_no_third_level() {
        assert_eq!(after(1, Way::In), "1 -2 -3 4 5 (same)");
        assert_eq!(after(2, Way::In), "1 -2 -3 4 5 (same)");
        assert_eq!(after(1, Way::Before(2)), "1 -2 -3 4 5 (same)");
        let mut tree = tree();
        assert!(arrange(&mut tree, SectionId(5), Way::In), "below 4");
        assert!(!arrange(&mut tree, SectionId(4), Way::In), "4 has one below it now");
    }
}
