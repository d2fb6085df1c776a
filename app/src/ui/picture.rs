//! A picture that stands for an article: in the width that its place needs, cut around its focal point.

use content::media::{Focus, Picture};
use leptos::prelude::*;

/// Where a picture stands.
#[derive(Clone, Copy)]
pub struct Place {
    /// The class of the image.
    pub class: Option<&'static str>,
    /// How wide the place is, as `sizes` takes it. It is kept in step with the style sheet.
    pub sizes: &'static str,
    /// Whether it is what readers see first: it is fetched at once, and everything else when it comes near.
    pub first: bool,
}

/// The picture of a link: the title beside it says what it shows, so nothing is said in its place. Its width and height
/// are those of the whole picture: together with the style sheet they keep the place before the bytes are there.
pub fn linked(picture: &Picture, place: Place) -> AnyView {
    let Place { class, sizes, first } = place;
    let srcset = picture.srcset();
    let sizes = srcset.is_some().then_some(sizes);
    let (priority, loading) = if first { (Some("high"), None) } else { (None, Some("lazy")) };
    let style = (picture.focus != Focus::default()).then(|| ["object-position:", &picture.focus.css()].concat());
    // `loading` and `sizes` stand before `src`, or browsers begin with what they then would not have taken.
    view! {
        <img
            class=class
            loading=loading
            fetchpriority=priority
            sizes=sizes
            srcset=srcset
            src=picture.fallback()
            alt=""
            width=picture.width.to_string()
            height=picture.height.to_string()
            style=style
        />
    }
    .into_any()
}
