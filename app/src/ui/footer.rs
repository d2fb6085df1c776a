//! Who answers for the site, and its registration.

use super::words;
use content::site::Identity;
use leptos::prelude::*;

/// The bottom of every page but the print view. What the site does not have is left out.
#[component]
pub fn Footer(
    /// Who publishes.
    identity: Identity,
) -> impl IntoView {
    let record = identity.police_record();
    let Identity { organiser, copyright, producer, icp_number, police_number, .. } = identity;
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let line = |text: String| view! { <p>{text}</p> };
    let police = some(police_number).map(|number| match record {
        Some(record) => view! { <p><a href=record>{number}</a></p> }.into_any(),
        None => line(number).into_any(),
    });
    view! {
        <footer class="footer">
            {some(organiser).map(|name| view! { <p class="footer-owner">{words::organiser(&name)}</p> })}
            {some(copyright).map(line)}
            {some(producer).map(|name| line(words::producer(&name)))}
            {some(icp_number).map(|number| view! { <p><a href=words::ICP_REGISTER>{number}</a></p> })}
            {police}
        </footer>
    }
}
