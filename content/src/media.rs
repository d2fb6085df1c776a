//! What the media library keeps.

mod kind;
mod library;
mod name;

pub use kind::{FileKind, MediaKind, PictureKind, is_high_efficiency};
pub use library::{Making, MediaDetail, MediaFields, MediaFilter, MediaPage, MediaRow, MediaUse, UseRole};
pub use name::{LONGEST_NAME, shown_name};

use crate::MediaId;
use serde::{Deserialize, Serialize};

/// The point of a picture that stays in sight where it is cut: per cent from the left and from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    /// Per cent from the left, 100 at most.
    pub x: u8,
    /// Per cent from the top, 100 at most.
    pub y: u8,
}

impl Default for Focus {
    fn default() -> Self {
        Self { x: 50, y: 50 }
    }
}

impl Focus {
    /// As `object-position` takes it: `50% 50%`.
    #[must_use]
    pub fn css(self) -> String {
        format!("{}% {}%", self.x, self.y)
    }
}

/// A picture as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The media record.
    pub id: MediaId,
    /// The name under which the bytes are kept and served: `<sha-256>.<extension>`.
    pub key: String,
    /// Width in pixels, as it stands upright.
    pub width: u32,
    /// Height in pixels, as it stands upright.
    pub height: u32,
    /// What is said in place of the picture.
    pub alt: String,
    /// The widths that were made of it, ascending, as WebP. Empty while they are made, and where it moves.
    #[serde(default)]
    pub widths: Vec<u32>,
    /// What stays in sight where it is cut.
    #[serde(default)]
    pub focus: Focus,
}

impl Picture {
    /// The address of the picture's bytes. They never change, the name is their hash.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/media/{}", self.key)
    }

    /// The address of one of its widths.
    #[must_use]
    pub fn at(&self, width: u32) -> String {
        format!("/media/{}", width_key(&self.key, width))
    }

    /// Its widths as `srcset` takes them; none where there are none.
    #[must_use]
    pub fn srcset(&self) -> Option<String> {
        let widths: Vec<String> = self.widths.iter().map(|width| format!("{} {width}w", self.at(*width))).collect();
        (!widths.is_empty()).then(|| widths.join(", "))
    }

    /// The address for browsers that choose none: the middle width, or the picture as it came.
    #[must_use]
    pub fn fallback(&self) -> String {
        match self.widths.get(self.widths.len().saturating_sub(1) / 2) {
            Some(middle) => self.at(*middle),
            None => self.address(),
        }
    }
}

/// The name under which a width of the picture with this key is kept.
#[must_use]
pub fn width_key(key: &str, width: u32) -> String {
    let hash = key.split_once('.').map_or(key, |(hash, _)| hash);
    format!("{hash}-{width}.webp")
}

/// A picture or another file as the text and its form name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The media record.
    pub id: MediaId,
    /// The name under which the bytes are kept and served: `<sha-256>.<extension>`.
    pub key: String,
    /// The name under which it came, which readers are shown.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Width in pixels; 0 where it is no picture.
    pub width: u32,
    /// Height in pixels; 0 where it is no picture.
    pub height: u32,
    /// What is said in place of a picture.
    #[serde(default)]
    pub alt: String,
    /// The widths that were made of a picture, ascending. Empty while they are made, and where there are none.
    #[serde(default)]
    pub widths: Vec<u32>,
    /// What of a picture stays in sight where it is cut.
    #[serde(default)]
    pub focus: Focus,
}

impl File {
    /// `PDF，1.2 MB`: what somebody wants to know before they download it.
    #[must_use]
    pub fn kind_and_size(&self) -> String {
        let kind = self.key.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_uppercase();
        let kilobytes = self.bytes.div_ceil(1024);
        if kilobytes < 1024 {
            format!("{kind}，{kilobytes} KB")
        } else {
            format!("{kind}，{:.1} MB", kilobytes as f64 / 1024.0)
        }
    }

    /// The address of the bytes. They never change, the name is their hash.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/media/{}", self.key)
    }

    /// The file as a picture; none where it is none.
    #[must_use]
    pub fn picture(&self) -> Option<Picture> {
        PictureKind::of_key(&self.key).map(|_| Picture {
            id: self.id,
            key: self.key.clone(),
            width: self.width,
            height: self.height,
            alt: self.alt.clone(),
            widths: self.widths.clone(),
            focus: self.focus,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(widths: &[u32]) -> Picture {
        let (width, height, alt, focus) = (4000, 3000, String::new(), Focus { x: 20, y: 70 });
        Picture { id: MediaId(1), key: "ab.jpg".to_owned(), width, height, alt, widths: widths.to_vec(), focus }
    }

    #[test]
    fn a_picture_without_widths_is_shown_as_it_came() {
        let picture = picture(&[]);
        assert_eq!((picture.srcset(), picture.fallback()), (None, "/media/ab.jpg".to_owned()));
        assert_eq!(picture.focus.css(), "20% 70%");
    }

    #[test]
    fn the_widths_are_offered_and_the_middle_one_is_for_those_who_cannot_choose() {
        let picture = picture(&[480, 960, 1440, 1920]);
        assert_eq!(picture.fallback(), "/media/ab-960.webp");
        assert!(picture.srcset().unwrap().starts_with("/media/ab-480.webp 480w, /media/ab-960.webp 960w, "));
    }

    #[test]
    fn a_record_of_an_earlier_version_is_still_read() {
        let old = r#"{"id":1,"key":"ab.pdf","name":"a.pdf","bytes":1,"width":0,"height":0}"#;
        let file: File = serde_json::from_str(old).unwrap();
        assert_eq!((file.focus, file.picture()), (Focus::default(), None));
    }
}
