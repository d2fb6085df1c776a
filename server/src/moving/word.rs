//! The pictures of a Word file into the library, before its text can name them.

use crate::installation::Installation;
use content::{Actor, MediaId};
use importers::docx::Word;
use tokio::runtime::Handle;

/// Takes the pictures in, in their order; none where the library does not take one. Called from threads that may wait.
///
/// # Panics
/// Outside of a runtime.
pub fn take_pictures(installation: &Installation, actor: &Actor, word: &Word) -> Vec<Option<MediaId>> {
    let (store, files, runtime) = (&installation.store, &installation.files, Handle::current());
    let take = |picture: &importers::docx::Picture| {
        let bytes = picture.bytes.clone();
        runtime.block_on(store.add_picture(files, actor, &picture.name, bytes, &picture.alt)).ok()
    };
    word.pictures().iter().map(take).collect()
}
