//! An article that was given as the manuscript that is to be written: put onto what stands, or onto nothing.

use super::{
    article::{ArticleGiven, WantedState},
    given,
    problem::Problem,
    text,
};
use crate::web::WebState;
use content::{
    Actor, Document, MediaId, Refusal, SectionId,
    article::Fields,
    manuscript::{Manuscript, Placement},
};
use http::StatusCode;
use store::{articles::Going, sections::Section};

/// What is to be written.
pub struct Written {
    /// The article.
    pub manuscript: Manuscript,
    /// Where it goes.
    pub going: Going,
    /// What was left out of its text.
    pub left_out: Vec<String>,
}

/// What was given, put onto what stands or onto nothing.
pub async fn written(
    state: &WebState,
    actor: &Actor,
    mut given: ArticleGiven,
    stands: Option<Manuscript>,
) -> Result<Written, Problem> {
    let sections = state.installation.store.sections().await?;
    let section = given.section.as_deref().map(|slug| section_of(&sections, "section", slug)).transpose()?;
    let going = going(state, &given)?;
    let mut manuscript = match (stands, section) {
        (Some(stands), _) => stands,
        (None, Some(section)) => Manuscript {
            fields: Fields::default(),
            placement: Placement::in_section(section),
            body: Document::default(),
        },
        (None, None) => return Err(Refusal::Missing { field: "section".to_owned() }.into()),
    };
    let read = text::read(state, actor, &mut given).await?;
    let mut left_out = Vec::new();
    if let Some((body, dropped)) = read {
        (manuscript.body, left_out) = (body, dropped);
    }
    put_fields(&mut manuscript.fields, &mut given);
    place(state, &mut manuscript.placement, &given, section, &sections)?;
    Ok(Written { manuscript, going, left_out })
}

fn put_fields(fields: &mut Fields, given: &mut ArticleGiven) {
    for (field, given) in [
        (&mut fields.title, &mut given.title),
        (&mut fields.subtitle, &mut given.subtitle),
        (&mut fields.byline, &mut given.byline),
        (&mut fields.dateline, &mut given.dateline),
        (&mut fields.source, &mut given.source),
        (&mut fields.author, &mut given.author),
        (&mut fields.editor, &mut given.editor),
        (&mut fields.summary, &mut given.summary),
        (&mut fields.keywords, &mut given.keywords),
    ] {
        if let Some(given) = given.take() {
            *field = given;
        }
    }
}

fn place(
    state: &WebState,
    place: &mut Placement,
    given: &ArticleGiven,
    section: Option<SectionId>,
    sections: &[Section],
) -> Result<(), Problem> {
    place.section = section.unwrap_or(place.section);
    if let Some(further) = &given.further {
        let find = |(at, slug): (usize, &String)| section_of(sections, &format!("further/{at}"), slug);
        place.further = further.iter().enumerate().map(find).collect::<Result<_, _>>()?;
    }
    if let Some(lead) = given.lead {
        place.lead = lead.map(MediaId);
    }
    if let Some(attachments) = &given.attachments {
        place.attachments = attachments.iter().copied().map(MediaId).collect();
    }
    let time =
        |field: &str, text: &Option<String>| text.as_deref().map(|text| given::time(state, field, text)).transpose();
    if let Some(shown) = &given.shown {
        place.shown = time("shown", shown)?;
    }
    if let Some(until) = &given.pinned_until {
        place.pinned_until = time("pinned_until", until)?;
    }
    Ok(())
}

fn going(state: &WebState, given: &ArticleGiven) -> Result<Going, Problem> {
    let missing = |field: &str| Problem::from(Refusal::Missing { field: field.to_owned() });
    let wanted = given.state.unwrap_or(WantedState::Draft);
    for (field, is_there, belongs) in [
        ("scheduled_at", given.scheduled_at.is_some(), WantedState::Scheduled),
        ("reason", given.reason.is_some(), WantedState::Withdrawn),
    ] {
        if is_there && wanted != belongs {
            let said = format!("{field} 和 state 不相配。");
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_field", said).at(field));
        }
    }
    Ok(match wanted {
        WantedState::Draft => Going::Stay,
        WantedState::Submitted => Going::Submit,
        WantedState::Published => Going::Publish,
        WantedState::Scheduled => {
            let at = given.scheduled_at.as_deref().ok_or_else(|| missing("scheduled_at"))?;
            Going::Schedule(given::time(state, "scheduled_at", at)?)
        }
        WantedState::Withdrawn => Going::Withdraw(given.reason.clone().unwrap_or_default()),
    })
}

fn section_of(sections: &[Section], field: &str, slug: &str) -> Result<SectionId, Problem> {
    let found = sections.iter().find(|section| section.link.slug.as_str() == slug);
    let unknown = || Problem::of_field(field, Refusal::UnknownSection { given: content::refusal::quoted(slug) });
    found.map(|section| section.id).ok_or_else(unknown)
}
