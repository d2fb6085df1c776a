//! Dialogs.

use leptos::{html, prelude::*};

/// The element of a dialog that is open, above everything else, while something is so.
#[must_use]
pub fn open_while(so: impl Fn() -> bool + Send + Sync + 'static) -> NodeRef<html::Dialog> {
    follow(Signal::derive(so))
}

fn follow(open: Signal<bool>) -> NodeRef<html::Dialog> {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let (open, dialog) = (open.get(), dialog.get());
        let Some(dialog) = dialog else { return };
        if open && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open {
            dialog.close();
        }
    });
    dialog
}
