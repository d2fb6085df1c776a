//! The addresses of the admin: which room each one opens. A room asks for the numbers in its address by its [`Place`].

use content::{ArticleId, ImportId};

/// Where somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `/admin/sign-in`
    SignIn,
    /// `/admin/link/{token}`
    Link(String),
    /// `/admin`
    Desk,
    /// `/admin/articles`
    Articles,
    /// `/admin/articles/{article}`
    Writing(ArticleId),
    /// `/admin/articles/{article}/history`
    History(ArticleId),
    /// `/admin/articles/{article}/preview`
    Preview(ArticleId),
    /// `/admin/media`
    Media,
    /// `/admin/bin`
    Bin,
    /// `/admin/fragments`
    Fragments,
    /// `/admin/front`
    Front,
    /// `/admin/sections`
    Sections,
    /// `/admin/site`
    Identity,
    /// `/admin/accounts`
    Accounts,
    /// `/admin/tokens`
    Tokens,
    /// `/admin/record`
    Record,
    /// `/admin/moving`
    Moving,
    /// `/admin/moving/{import}`
    Import(ImportId),
    /// `/admin/moving/{import}/{page}`
    Found(ImportId, i64),
    /// `/admin/me`
    Me,
    /// Any other address.
    Nowhere,
}

impl Place {
    /// Reads a path.
    pub fn of(path: &str) -> Self {
        Self::read(path).unwrap_or(Self::Nowhere)
    }

    fn read(path: &str) -> Option<Self> {
        let mut parts = path.trim_end_matches('/').split('/').skip(1);
        parts.next().filter(|first| *first == "admin")?;
        let parts: Vec<&str> = parts.collect();
        Some(match parts.as_slice() {
            [] => Self::Desk,
            ["sign-in"] => Self::SignIn,
            ["link", token] => Self::Link((*token).to_owned()),
            ["articles"] => Self::Articles,
            ["articles", id] => Self::Writing(id.parse().ok()?),
            ["articles", id, "history"] => Self::History(id.parse().ok()?),
            ["articles", id, "preview"] => Self::Preview(id.parse().ok()?),
            ["media"] => Self::Media,
            ["bin"] => Self::Bin,
            ["fragments"] => Self::Fragments,
            ["front"] => Self::Front,
            ["sections"] => Self::Sections,
            ["site"] => Self::Identity,
            ["accounts"] => Self::Accounts,
            ["tokens"] => Self::Tokens,
            ["record"] => Self::Record,
            ["moving"] => Self::Moving,
            ["moving", import] => Self::Import(import.parse().ok()?),
            ["moving", import, page] => Self::Found(import.parse().ok()?, page.parse().ok()?),
            ["me"] => Self::Me,
            _ => return None,
        })
    }

    /// The article that the address names.
    pub fn article(&self) -> Option<ArticleId> {
        match self {
            Self::Writing(id) | Self::History(id) | Self::Preview(id) => Some(*id),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;
    use content::{ArticleId, ImportId};

    #[test]
    fn every_room_has_one_address() {
        for (path, place) in [
            ("/admin", Place::Desk),
            ("/admin/", Place::Desk),
            ("/admin/sign-in", Place::SignIn),
            ("/admin/link/0f", Place::Link("0f".to_owned())),
            ("/admin/articles", Place::Articles),
            ("/admin/articles/12", Place::Writing(ArticleId(12))),
            ("/admin/articles/12/history", Place::History(ArticleId(12))),
            ("/admin/articles/12/preview", Place::Preview(ArticleId(12))),
            ("/admin/moving/3", Place::Import(ImportId(3))),
            ("/admin/moving/3/45", Place::Found(ImportId(3), 45)),
            ("/admin/me", Place::Me),
        ] {
            assert_eq!(Place::of(path), place, "{path}");
        }
        for nowhere in
            ["/admin/articles/x", "/admin/articles/0", "/admin/articles/12/x", "/admin/nothing", "/administer", "/"]
        {
            assert_eq!(Place::of(nowhere), Place::Nowhere, "{nowhere}");
        }
    }
}
