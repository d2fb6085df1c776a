//! Two texts for one place, side by side, until somebody has chosen.

use super::{engine::ShownClash, form::Held, publish::Acting, words};
use content::{
    document::{Block, text},
    manuscript::Clash,
    merge,
};
use leptos::prelude::*;

/// Everything that waits for a choice. Nothing is shown where nothing waits.
#[component]
pub fn Clashes() -> impl IntoView {
    let engine = expect_context::<Acting>().engine;
    let clashes = engine.with_value(|engine| engine.screen.clashes);
    let list = move || clashes.get().into_iter().map(|clash| view! { <OneClash engine clash/> }).collect_view();
    move || {
        clashes.with(|clashes| !clashes.is_empty()).then(|| {
            view! {
                <section class="write-clashes" aria-labelledby="clashes-title" role="alert">
                    <h2 id="clashes-title">{words::CLASHES}</h2>
                    <p>{words::CLASHES_HELP}</p>
                    {list}
                </section>
            }
        })
    }
}

#[component]
fn OneClash(engine: Held, clash: ShownClash) -> impl IntoView {
    let (place, mine, theirs) = sides(&clash.clash);
    let name = place.clone();
    let by = format!("{}{}", clash.by, words::THEIRS);
    let block = match &clash.clash {
        Clash::Block { id, .. } => Some(id.clone()),
        Clash::Field { .. } => None,
    };
    let clash = StoredValue::new(clash);
    let choose = move |how: fn(&content::manuscript::Manuscript, &Clash) -> content::manuscript::Manuscript| {
        let engine = engine.get_value();
        let clash = clash.get_value();
        let chosen = how(&engine.current(), &clash.clash);
        engine.choose(&clash, Some(chosen));
    };
    let leave = move |_| engine.get_value().choose(&clash.get_value(), None);
    let both = block.is_some();
    let show = block.map(|id| {
        let show = move |_| {
            engine.get_value().with_editor(|editor| editor.scroll_to_block(&id));
        };
        view! {
            <button type="button" class="quiet" on:click=show>
                {words::SHOW_PLACE}
            </button>
        }
    });
    view! {
        <article class="write-clash" aria-label=name>
            <h3>{place} {show}</h3>
            <div class="write-sides">
                <div>
                    <h4>{words::MINE}</h4>
                    <p class="write-side">{mine}</p>
                </div>
                <div>
                    <h4>{by}</h4>
                    <p class="write-side">{theirs}</p>
                </div>
            </div>
            <div class="write-choices">
                <button type="button" on:click=move |_| choose(merge::keep_ours)>
                    {words::USE_MINE}
                </button>
                <button type="button" on:click=leave>
                    {words::USE_THEIRS}
                </button>
                {both
                    .then(|| {
                        view! {
                            <button type="button" on:click=move |_| choose(merge::keep_both)>
                                {words::USE_BOTH}
                            </button>
                        }
                    })}
            </div>
        </article>
    }
    .into_any()
}

/// What a clash is about, the person's own words, and what stands.
#[must_use]
pub fn sides(clash: &Clash) -> (String, String, String) {
    match clash {
        Clash::Field { field, ours, theirs } => (words::label(field).to_owned(), ours.clone(), theirs.clone()),
        Clash::Block { ours, theirs, .. } => {
            let said = |block: &Option<Block>| block.as_ref().map_or_else(|| words::DELETED.to_owned(), text::of_block);
            (words::TEXT.to_owned(), said(ours), said(theirs))
        }
    }
}
