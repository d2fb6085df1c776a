//! A list of titles with their days, as the front page has many.

use content::reading::ArticleLink;
use leptos::prelude::*;

/// Titles left, days right.
#[component]
pub fn Titles(
    /// In the order in which they are shown.
    articles: Vec<ArticleLink>,
) -> impl IntoView {
    let entry = |link: ArticleLink| {
        let href = link.address();
        let (date, day) = (link.shown.date().to_owned(), link.shown.month_day().to_owned());
        view! { <li><a href=href>{link.title}</a><time datetime=date>{day}</time></li> }
    };
    view! { <ul class="titles">{articles.into_iter().map(entry).collect_view()}</ul> }
}
