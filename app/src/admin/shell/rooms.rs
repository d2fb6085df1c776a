//! What is fetched when somebody comes to it. Whatever some of these functions share becomes a file for just these: three
//! beside the shell make a dozen files that the writing room needs, and one for each room would make hundreds. So the
//! writing room has one function for itself, and nothing that it opens by a click is in it.

use super::palette;
use crate::admin::{
    accounts::AccountsPage,
    articles::{ArticlesPage, BinPage, DeskPage},
    fetched::{NotLoaded, Room},
    media::{MediaRoom, PickerChoices},
    moving::{FoundRoom, ImportRoom, MovingRoom},
    preview::PreviewRoom,
    record::RecordRoom,
    session::{Again, LinkPage, MePage, SignInPage},
    site::{FrontPage, IdentityPage, SectionsPage},
    tokens::TokensRoom,
    writing::{Clashes, FormUploads, FragmentsPage, HistoryPage, Keep, Question, Schedule, Withdraw, WritingPage},
};
use content::merge::{Merge, merge};
use leptos::prelude::*;

/// The writing room.
#[cfg_attr(feature = "admin-only", lazy(fallible))]
pub async fn writing() -> Result<Room, NotLoaded> {
    Ok(Room(|| view! { <WritingPage/> }.into_any()))
}

/// What is opened beside a text, because somebody asked for it or because something happened.
#[derive(Clone, Copy)]
pub enum Beside {
    /// What is asked before something is done.
    Asking(Question),
    /// Texts that clashed.
    Clashes,
    /// Files on their way.
    Uploads,
}

/// Something beside a text.
#[cfg_attr(feature = "admin-only", lazy(fallible))]
pub async fn beside(what: Beside) -> Result<Room, NotLoaded> {
    Ok(Room(match what {
        Beside::Asking(Question::Schedule) => || view! { <Schedule/> }.into_any(),
        Beside::Asking(Question::Withdraw) => || view! { <Withdraw/> }.into_any(),
        Beside::Asking(Question::Keep) => || view! { <Keep/> }.into_any(),
        Beside::Clashes => || view! { <Clashes/> }.into_any(),
        Beside::Uploads => || view! { <FormUploads/> }.into_any(),
    }))
}

/// Merging, which is needed where somebody else has saved meanwhile.
#[cfg_attr(feature = "admin-only", lazy(fallible))]
pub async fn merging() -> Result<Merge, NotLoaded> {
    Ok(merge as Merge)
}

/// Where somebody arrives, lists of articles, and the ways there.
#[derive(Clone, Copy)]
pub enum Desk {
    SignIn,
    /// What is asked of somebody whose session has ended.
    Again,
    Overview,
    Articles,
    Bin,
    /// What the palette of commands shows.
    Palette,
}

/// A room of the desk.
#[cfg_attr(feature = "admin-only", lazy(fallible))]
pub async fn desk(which: Desk) -> Result<Room, NotLoaded> {
    Ok(Room(match which {
        Desk::SignIn => || view! { <SignInPage/> }.into_any(),
        Desk::Again => || view! { <Again/> }.into_any(),
        Desk::Overview => || view! { <DeskPage/> }.into_any(),
        Desk::Articles => || view! { <ArticlesPage/> }.into_any(),
        Desk::Bin => || view! { <BinPage/> }.into_any(),
        Desk::Palette => || view! { <palette::Choices/> }.into_any(),
    }))
}

/// Everything else: what is opened beside an article, and what is seen to now and then.
#[derive(Clone, Copy)]
pub enum Other {
    History,
    Preview,
    Fragments,
    Media,
    /// What the picker of the library shows.
    Picker,
    Front,
    Sections,
    Identity,
    Accounts,
    Tokens,
    Record,
    /// All imports of old sites.
    Moving,
    /// One of them.
    Import,
    /// A page of it.
    Found,
    Me,
    Link,
}

/// Another room.
#[cfg_attr(feature = "admin-only", lazy(fallible))]
pub async fn other(which: Other) -> Result<Room, NotLoaded> {
    Ok(Room(match which {
        Other::History => || view! { <HistoryPage/> }.into_any(),
        Other::Preview => || view! { <PreviewRoom/> }.into_any(),
        Other::Fragments => || view! { <FragmentsPage/> }.into_any(),
        Other::Media => || view! { <MediaRoom/> }.into_any(),
        Other::Picker => || view! { <PickerChoices/> }.into_any(),
        Other::Front => || view! { <FrontPage/> }.into_any(),
        Other::Sections => || view! { <SectionsPage/> }.into_any(),
        Other::Identity => || view! { <IdentityPage/> }.into_any(),
        Other::Accounts => || view! { <AccountsPage/> }.into_any(),
        Other::Tokens => || view! { <TokensRoom/> }.into_any(),
        Other::Record => || view! { <RecordRoom/> }.into_any(),
        Other::Moving => || view! { <MovingRoom/> }.into_any(),
        Other::Import => || view! { <ImportRoom/> }.into_any(),
        Other::Found => || view! { <FoundRoom/> }.into_any(),
        Other::Me => || view! { <MePage/> }.into_any(),
        Other::Link => || view! { <LinkPage/> }.into_any(),
    }))
}
