//! Listening to the whole document, for as long as it lives.

use leptos::wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AddEventListenerOptions, Event, EventTarget};

/// Calls `heard` for every event of this name, before the router and the components hear of it (an event of the window
/// itself goes round in the order in which it was asked for). Never removed: only for what belongs to the app as a whole.
pub fn listen(target: &EventTarget, name: &str, heard: impl Fn(Event) + 'static) {
    let heard = Closure::<dyn Fn(Event)>::new(heard);
    let options = AddEventListenerOptions::new();
    options.set_capture(true);
    options.set_passive(true);
    // A listener that cannot be added is a convenience that is missing, no more.
    let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
        name,
        heard.as_ref().unchecked_ref(),
        &options,
    );
    heard.forget();
}
