//! The document around the app.

mod reader;

use crate::{
    App,
    admin::entrance::{ADMIN_STYLE, is_here, is_writing},
    ui::words,
};
use leptos::prelude::*;
use leptos_meta::MetaTags;
use reader::ReaderHead;

/// The lake in the colour of the masthead's rule: no request of its own, no file to forget.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E\
    %3Crect width='32' height='32' rx='6' fill='%23b4231a'/%3E\
    %3Cpath d='M6 15l7-7 4 4 3-3 6 6M6 20c3.3-2.7 6.7-2.7 10 0s6.7 2.7 10 0M6 25c3.3-2.7 6.7-2.7 10 0s6.7 2.7 10 0' \
    fill='none' stroke='%23fbf8f1' stroke-width='2.4' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

/// The document of every page. That of the admin asks for the client at once; a reader's has its own script for that.
#[must_use]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let pkg = options.pkg_url_path().to_string();
    let style = format!("/{pkg}/{}.css", options.output_name);
    let (admin, reader) = if is_here() { (Some(options.clone()), None) } else { (None, Some(options.clone())) };
    let reader = reader.map(|options| view! { <ReaderHead options/> });
    let admin = admin.map(|options| {
        view! {
            <title>{words::ADMIN}</title>
            <meta name="robots" content="noindex"/>
            <link
                id=ADMIN_STYLE
                rel="stylesheet"
                href=format!("/{pkg}/admin.css")
                data-editor=format!("/{pkg}/editor.js")
            />
            <HydrationScripts options/>
            {is_writing().then(|| view! { <link rel="modulepreload" href=format!("/{pkg}/editor.js")/> })}
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href=ICON/>
                {reader}
                <link rel="stylesheet" href=style/>
                {admin}
                <AutoReload options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
