//! Pictures and files of an old site into the media library: each once, however many pages show it.

use super::Source;
use crate::installation::Installation;
use content::{Actor, MediaId, moving::Parity};
use importers::{PictureRef, pages::Referred};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use store::media::{LARGEST_FILE, LARGEST_PICTURE};
use tokio::runtime::Handle;

/// What became of a picture or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    Came(MediaId),
    Missing(String),
}

/// The way of media into the library. Called from threads that may wait.
pub struct Media<'a> {
    installation: Option<&'a Installation>,
    actor: &'a Actor,
    source: Option<&'a Source>,
    runtime: Handle,
    /// By the name of the file in the source, or by the address where it is not there.
    fates: Mutex<HashMap<String, Fate>>,
}

impl<'a> Media<'a> {
    /// Into the library of an installation; without one nothing is taken in, and what is there is said to be.
    ///
    /// # Panics
    /// Outside of a runtime.
    pub fn new(installation: Option<&'a Installation>, actor: &'a Actor, source: Option<&'a Source>) -> Self {
        Self { installation, actor, source, runtime: Handle::current(), fates: Mutex::default() }
    }

    /// The picture that a page shows.
    pub fn picture(&self, referred: &Referred) -> Option<PictureRef> {
        let id = self.take(self.place_of(referred), &referred.given, true)?;
        Some(PictureRef { id, alt: String::new() })
    }

    /// The file that a page offers.
    pub fn file(&self, referred: &Referred) -> Option<MediaId> {
        self.take(self.place_of(referred), &referred.given, false)
    }

    /// Where it lies in the source: where the page says, or where its address says.
    fn place_of(&self, referred: &Referred) -> Option<&str> {
        let source = self.source?;
        let address = referred.address.as_deref().unwrap_or(&referred.given);
        source.find(referred.paths.iter().map(String::as_str)).or_else(|| source.find_address(address))
    }

    /// The picture at an address of the old site.
    pub fn at_address(&self, address: &str) -> Option<PictureRef> {
        let place = self.source.and_then(|source| source.find_address(address));
        Some(PictureRef { id: self.take(place, address, true)?, alt: String::new() })
    }

    /// Counts what came and what did not.
    pub fn count(&self, parity: &mut Parity) -> Vec<(String, String)> {
        let (came, missing) = self.counted();
        parity.pictures.came += came;
        parity.pictures.missing += missing.len() as u64;
        for (_, why) in &missing {
            parity.because(format!("picture or file: {why}"));
        }
        missing
    }

    /// How many came, and how many did not and why.
    fn counted(&self) -> (u64, Vec<(String, String)>) {
        let fates = self.fates.lock().unwrap_or_else(PoisonError::into_inner);
        let mut missing = Vec::new();
        let mut came = 0;
        for (name, fate) in fates.iter() {
            match fate {
                Fate::Came(_) => came += 1,
                Fate::Missing(why) => missing.push((name.clone(), why.clone())),
            }
        }
        missing.sort_unstable();
        (came, missing)
    }

    fn take(&self, place: Option<&str>, given: &str, picture: bool) -> Option<MediaId> {
        let key = place.unwrap_or(given);
        // Held while one is taken in: two pages that show the same picture do not bring it twice.
        let mut fates = self.fates.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fate) = fates.get(key) {
            return if let Fate::Came(id) = fate { Some(*id) } else { None };
        }
        let fate = match (place, self.installation) {
            (None, _) => Fate::Missing("not in the folder".to_owned()),
            (Some(_), None) => Fate::Came(MediaId(1)),
            (Some(place), Some(installation)) => self.brought(installation, place, picture),
        };
        let id = if let Fate::Came(id) = &fate { Some(*id) } else { None };
        fates.insert(key.to_owned(), fate);
        id
    }

    fn brought(&self, installation: &Installation, place: &str, picture: bool) -> Fate {
        let limit = if picture { LARGEST_PICTURE as u64 } else { LARGEST_FILE.min(64 * 1024 * 1024) };
        let Some(source) = self.source else { return Fate::Missing("not in the folder".to_owned()) };
        let bytes = match source.read(place, limit) {
            Ok(bytes) => bytes,
            Err(why) => return Fate::Missing(why),
        };
        let name = place.rsplit('/').next().unwrap_or(place);
        let (store, files) = (&installation.store, &installation.files);
        let taken = self.runtime.block_on(async {
            if picture {
                store.add_picture(files, self.actor, name, bytes, "").await
            } else {
                store.add_file(files, self.actor, name, bytes).await.map(|file| file.id)
            }
        });
        taken.map_or_else(|error| Fate::Missing(error.to_string()), Fate::Came)
    }
}
