//! Times of the form: typed in the zone of the site, kept as instants.

use super::{
    form::{Held, id_of, place},
    words,
};
use content::{Timestamp, manuscript::Placement};
use leptos::{ev, prelude::*};

/// A time that may be empty.
#[component]
pub fn TimeInput(engine: Held, name: &'static str, of: fn(&mut Placement) -> &mut Option<Timestamp>) -> impl IntoView {
    let (screen, bundle, zone) =
        engine.with_value(|engine| (engine.screen, engine.bundle.clone(), engine.zone.clone()));
    let script = StoredValue::new_local((bundle, zone));
    let wrong = RwSignal::new(false);
    let value = move || {
        screen.rewritten.track();
        let instant = screen.placement.with_untracked(|place| *of(&mut place.clone()));
        // A double holds milliseconds exactly for the next 285,000 years.
        let civil = |at: Timestamp| script.with_value(|(bundle, zone)| bundle.civil_of(at.0 as f64, zone));
        instant.map(civil).unwrap_or_default()
    };
    let on_change = move |event: ev::Event| {
        let text = event_target_value(&event);
        let half = event_target::<web_sys::HtmlInputElement>(&event).validity().bad_input();
        let instant = script.with_value(|(bundle, zone)| bundle.instant_of(&text, zone));
        wrong.set(half || (!text.is_empty() && instant.is_nan()));
        if !wrong.get_untracked() {
            place(engine, |place| *of(place) = (!text.is_empty()).then_some(Timestamp(instant as i64)));
        }
    };
    view! {
        <div class="write-field" data-field=name>
            <label for=id_of(name)>{words::label(name)}</label>
            <input id=id_of(name) type="datetime-local" step="1" max="9999-12-31T23:59:59" prop:value=value on:change=on_change/>
            <p class="write-hint">{words::hint(name)}</p>
            <p class="write-fault" aria-live="polite">
                {move || wrong.get().then_some(words::BAD_TIME)}
            </p>
        </div>
    }
    .into_any()
}
