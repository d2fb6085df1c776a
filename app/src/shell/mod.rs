//! The document around the app.

mod admin;
mod reader;

use crate::{App, admin::entrance::is_here};
use admin::AdminHead;
use leptos::prelude::*;
use leptos_meta::MetaTags;
use reader::ReaderHead;

/// The lake in the colour of the masthead's rule: no request of its own, no file to forget.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E\
    %3Crect width='32' height='32' rx='6' fill='%23b4231a'/%3E\
    %3Cpath d='M6 15l7-7 4 4 3-3 6 6M6 20c3.3-2.7 6.7-2.7 10 0s6.7 2.7 10 0M6 25c3.3-2.7 6.7-2.7 10 0s6.7 2.7 10 0' \
    fill='none' stroke='%23fbf8f1' stroke-width='2.4' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

/// Where the browser finds the admin's client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminClient {
    /// The folder in addresses, such as `pkg-0123456789/admin`.
    pub folder: String,
    /// The files in it that the writing room needs beside, without their ending `.wasm`.
    pub writing: Vec<String>,
}

impl AdminClient {
    /// The client that readers have as well.
    #[must_use]
    pub fn shared(pkg: &str) -> Self {
        Self { folder: pkg.to_owned(), writing: Vec::new() }
    }
}

/// The document of every page. That of the admin asks for its client at once; a reader's has its own script for that.
#[must_use]
pub fn shell(options: LeptosOptions, client: &AdminClient) -> impl IntoView + use<> {
    let pkg = options.pkg_url_path().to_string();
    let style = format!("/{pkg}/{}.css", options.output_name);
    let (admin, reader) = match is_here() {
        true => (Some(view! { <AdminHead options=options.clone() client=client.clone()/> }), None),
        false => (None, Some(view! { <ReaderHead options=options.clone()/> })),
    };
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

/// A script without what is there for people only.
fn lines_of(script: &str) -> String {
    let lines = script.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}
