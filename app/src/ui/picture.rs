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
            decoding="async"
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use content::MediaId;

    fn html(picture: &Picture, first: bool) -> String {
        Owner::new().with(|| linked(picture, Place { class: None, sizes: "12rem", first }).to_html())
    }

    #[test]
    fn a_picture_offers_its_widths_and_keeps_its_place() {
        let picture = Picture {
            id: MediaId(1),
            key: "ab.jpg".to_owned(),
            width: 4000,
            height: 3000,
            alt: "会场".to_owned(),
            widths: vec![480, 960],
            focus: Focus { x: 20, y: 70 },
        };
        let first = html(&picture, true);
        for part in [
            "srcset=\"/media/ab-480.webp 480w, /media/ab-960.webp 960w\"",
            "sizes=\"12rem\"",
            "src=\"/media/ab-480.webp\"",
            "width=\"4000\"",
            "height=\"3000\"",
            "fetchpriority=\"high\"",
            "object-position:20% 70%",
            "decoding=\"async\"",
            "alt=\"\"",
        ] {
            assert!(first.contains(part), "{part} in {first}");
        }
        assert!(!first.contains("lazy") && html(&picture, false).contains("loading=\"lazy\""));
        let bare = html(&Picture { widths: vec![], focus: Focus::default(), ..picture }, false);
        assert!(
            bare.contains("src=\"/media/ab.jpg\"") && !bare.contains("srcset=\"") && !bare.contains("style"),
            "{bare}"
        );
    }
}
