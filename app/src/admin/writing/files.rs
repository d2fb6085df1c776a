//! What the form holds of the media library: the lead picture and the attachments. Both are taken from the library, or
//! brought there on the way.

use super::{
    form::{Held, place},
    words,
};
use crate::admin::{
    media::{Picking, UploadList, Uploads, files_of},
    session::Session,
    shell::{
        room,
        rooms::{self, Beside},
    },
};
use content::{MediaId, manuscript::MOST_ATTACHED, media::File};
use leptos::prelude::*;

/// The smallest of a picture's widths, or the picture as it came.
fn thumbnail(file: &File) -> String {
    let smallest = file.picture().and_then(|picture| picture.widths.first().map(|width| picture.at(*width)));
    smallest.unwrap_or_else(|| file.address())
}

/// The lead picture: the first of the text by itself, or any picture of the text or of the library.
#[component]
pub fn Lead(engine: Held) -> impl IntoView {
    let screen = engine.with_value(|engine| engine.screen);
    let picking = expect_context::<Picking>();
    let lead = Memo::new(move |_| screen.placement.with(|place| place.lead));
    let pictures = Memo::new(move |_| {
        let mut ids = screen.body.with(content::Document::pictures);
        ids.extend(lead.get().filter(|lead| !ids.contains(lead)));
        screen.files.with(|files| {
            ids.iter().filter_map(|id| files.iter().find(|file| file.id == *id).cloned()).collect::<Vec<_>>()
        })
    });
    let none = move || screen.body.with(|body| body.pictures().is_empty());
    let choose = move |lead| place(engine, move |place| place.lead = lead);
    let options = move || {
        let option = |file: File| {
            let (id, source) = (file.id, thumbnail(&file));
            let position = format!("object-position: {}", file.focus.css());
            let chosen = move || (lead.get() == Some(id)).to_string();
            view! {
                <button type="button" aria-pressed=chosen on:click=move |_| choose(Some(id))>
                    <img src=source alt=file.name loading="lazy" style=position/>
                </button>
            }
        };
        pictures.get().into_iter().map(option).collect_view()
    };
    let take = move |file: File| {
        engine.with_value(|engine| engine.add_files(std::slice::from_ref(&file)));
        choose(Some(file.id));
    };
    let pick = move |_| picking.ask(true, Callback::new(take));
    view! {
        <div class="write-field" data-field="lead" role="group" aria-label=words::label("lead")>
            <span class="write-label">{words::label("lead")}</span>
            <div class="write-pictures">
                <button type="button" aria-pressed=move || lead.get().is_none().to_string() on:click=move |_| choose(None)>
                    {move || if none() { words::NO_PICTURE } else { words::FIRST_PICTURE }}
                </button>
                {options}
            </div>
            <button type="button" class="quiet" on:click=pick>
                {words::FROM_LIBRARY}
            </button>
            <p class="write-hint">{words::hint("lead")}</p>
        </div>
    }
    .into_any()
}

/// What is on its way to the attachments.
#[derive(Clone, Copy)]
struct Attaching(Uploads);

/// How far that is; fetched when something is sent.
#[component]
pub fn FormUploads() -> impl IntoView {
    let Attaching(uploads) = expect_context();
    view! { <UploadList uploads/> }
}

/// Files below the text.
#[component]
pub fn Attachments(engine: Held) -> impl IntoView {
    let screen = engine.with_value(|engine| engine.screen);
    let picking = expect_context::<Picking>();
    let attach = move |file: File| {
        engine.with_value(|engine| engine.add_files(std::slice::from_ref(&file)));
        place(engine, |place| {
            if !place.attachments.contains(&file.id) && place.attachments.len() < MOST_ATTACHED {
                place.attachments.push(file.id);
            }
        });
    };
    let uploads = Uploads::begin(expect_context::<Session>(), Some(Callback::new(attach)));
    provide_context(Attaching(uploads));
    let busy = Memo::new(move |_| uploads.has_some());
    let pick = move |_| picking.ask(false, Callback::new(attach));
    let list = move || {
        let ids = screen.placement.with(|place| place.attachments.clone());
        screen.files.with(|files| {
            let line = |(at, id): (usize, MediaId)| {
                let name = files.iter().find(|file| file.id == id).map_or_else(|| id.to_string(), |file| file.name.clone());
                let remove = move |_| place(engine, |place| place.attachments.retain(|other| *other != id));
                let up = move |_| place(engine, |place| place.attachments.swap(at - 1, at));
                view! {
                    <li>
                        <span>{name.clone()}</span>
                        {(at > 0)
                            .then(|| {
                                view! {
                                    <button type="button" class="quiet" aria-label=format!("{}：{name}", words::UP) on:click=up>
                                        "↑"
                                    </button>
                                }
                            })}
                        <button type="button" class="quiet" aria-label=format!("{}：{name}", words::REMOVE) on:click=remove>
                            {words::REMOVE}
                        </button>
                    </li>
                }
            };
            ids.into_iter().enumerate().map(line).collect_view()
        })
    };
    view! {
        <div class="write-field" data-field="attachments">
            <ol class="write-files">{list}</ol>
            <label class="button quiet">
                {words::ADD_FILES}
                <input type="file" multiple class="visually-hidden" on:change=move |event| uploads.add(files_of(&event))/>
            </label>
            <button type="button" class="quiet" on:click=pick>
                {words::FROM_LIBRARY}
            </button>
            {move || busy.get().then(|| room(|| Box::pin(rooms::beside(Beside::Uploads))))}
        </div>
    }
    .into_any()
}
