//! The form of one section.

use super::{Room, SectionWriters, api, words};
use crate::{
    admin::{
        site::{identity::focus, preview::Preview},
        ui::{Choice, Field, Flag, caught_up},
        words as admin_words,
    },
    error::AppError,
};
use content::{
    Refusal, SectionId, Slug,
    section::{MOST_STAGES, SectionDraft, SectionFields, SectionKind, SectionRow, Template},
    site::SiteDraft,
};
use leptos::{ev, prelude::*, task::spawn_local};
use serde_json::Value;

/// What is written. The slug is text until it is one.
#[derive(Clone, Copy)]
struct Held {
    id: Option<SectionId>,
    slug: RwSignal<String>,
    name: RwSignal<String>,
    parent: RwSignal<String>,
    kind: RwSignal<String>,
    link: RwSignal<String>,
    description: RwSignal<String>,
    keywords: RwSignal<String>,
    column_type: RwSignal<String>,
    template: RwSignal<String>,
    visible: RwSignal<bool>,
    stages: RwSignal<String>,
    base: RwSignal<Option<SectionDraft>>,
    version: RwSignal<i32>,
    clashes: RwSignal<Vec<(String, Value)>>,
}

impl Held {
    fn new(row: Option<&SectionRow>) -> Self {
        let (text, base) = (|| RwSignal::new(String::new()), row.map(draft_of));
        let held = Self {
            id: row.map(|row| row.id),
            slug: text(),
            name: text(),
            parent: text(),
            kind: RwSignal::new(SectionKind::List.key().to_owned()),
            link: text(),
            description: text(),
            keywords: text(),
            column_type: text(),
            template: text(),
            visible: RwSignal::new(true),
            stages: RwSignal::new("0".to_owned()),
            base: RwSignal::new(None),
            version: RwSignal::new(row.map_or(0, |row| row.version)),
            clashes: RwSignal::new(Vec::new()),
        };
        if let Some(base) = base {
            held.fill(&base);
            held.base.set(Some(base));
        }
        held
    }

    fn fill(self, draft: &SectionDraft) {
        let SectionDraft { parent, fields, .. } = draft.clone();
        self.slug.set(fields.slug.to_string());
        self.name.set(fields.name);
        self.parent.set(parent.map(|id| id.to_string()).unwrap_or_default());
        self.kind.set(fields.kind.key().to_owned());
        self.link.set(fields.link);
        self.description.set(fields.description);
        self.keywords.set(fields.keywords);
        self.column_type.set(fields.column_type);
        self.template.set(fields.template.key().to_owned());
        self.visible.set(fields.visible);
        self.stages.set(fields.stages.to_string());
    }

    /// What is written; an error where the slug is none.
    fn draft(self) -> Result<SectionDraft, Refusal> {
        let text = |signal: RwSignal<String>| signal.get().trim().to_owned();
        let slug = text(self.slug);
        if slug.is_empty() {
            return Err(Refusal::Missing { field: "slug".to_owned() });
        }
        let fields = SectionFields {
            slug: slug.parse::<Slug>()?,
            name: text(self.name),
            description: text(self.description),
            keywords: text(self.keywords),
            column_type: text(self.column_type),
            kind: SectionKind::of_key(&self.kind.get()),
            link: text(self.link),
            template: Template::of_key(&self.template.get()),
            visible: self.visible.get(),
            stages: self.stages.get().parse().unwrap_or(0),
        };
        Ok(SectionDraft { id: self.id, parent: self.parent.get().parse().ok(), fields })
    }

    fn faults(self) -> Vec<(&'static str, Refusal)> {
        match self.draft() {
            Ok(draft) => draft.fields.faults(),
            Err(refusal) => vec![("slug", refusal)],
        }
    }

    /// Somebody else has saved the same section: what this person wrote stays.
    fn catch_up(self, theirs: &SectionRow) {
        let (mine, base) = (untrack(|| self.draft()), self.base.get_untracked());
        let theirs_draft = draft_of(theirs);
        if let (Ok(mine), Some(base)) = (mine, base)
            && let Some((fields, mut clashes)) = caught_up(&base.fields, &mine.fields, &theirs_draft.fields)
        {
            let parent = if mine.parent == base.parent { theirs_draft.parent } else { mine.parent };
            clashes.retain(|(_, value)| value.is_string());
            self.fill(&SectionDraft { id: self.id, parent, fields });
            self.clashes.set(clashes);
        }
        self.base.set(Some(theirs_draft));
        self.version.set(theirs.version);
    }
}

fn draft_of(row: &SectionRow) -> SectionDraft {
    SectionDraft { id: Some(row.id), parent: row.parent, fields: row.fields.clone() }
}

/// Adds a section or changes one.
#[component]
pub fn SectionForm(room: Room, row: Option<SectionRow>, #[prop(into)] done: Callback<()>) -> impl IntoView {
    let held = Held::new(row.as_ref());
    let of = held.id.map_or_else(|| "new".to_owned(), |id| id.to_string());
    let faults = Memo::new(move |_| held.faults());
    let (busy, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    let prefix = StoredValue::new(["section-", &of, "-"].concat());
    let id_of = move |field: &str| prefix.with_value(|prefix| [prefix, field].concat());
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if let Some((field, _)) = faults.with_untracked(|faults| faults.first().cloned()) {
            said.set(words::FAULTS.to_owned());
            focus(&id_of(field));
            return;
        }
        let Ok(draft) = untrack(|| held.draft()) else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = match held.id {
                Some(id) => {
                    api::change_section(id, draft, held.version.get_untracked()).await.map(|_| admin_words::SAVED)
                }
                None => api::add_section(draft).await.map(|_| words::SECTION_ADDED),
            };
            busy.try_set(false);
            match answer {
                Ok(text) => {
                    room.toasts.show(text.to_owned(), None);
                    room.load();
                    done.run(());
                }
                Err(AppError::Refused(Refusal::Stale)) => catch_up(room, held, said).await,
                Err(error) => {
                    room.session.guard(&error);
                    said.try_set(admin_words::error(&error));
                }
            }
        });
    };
    let field = move |name: &'static str, label: &'static str, value: RwSignal<String>, hint: &'static str| {
        let fault = Signal::derive(move || {
            faults.with(|faults| faults.iter().find(|(field, _)| *field == name).map(|(_, refusal)| refusal.clone()))
        });
        let theirs = Signal::derive(move || {
            held.clashes.with(|clashes| {
                let clash = clashes.iter().find(|(field, _)| field == name);
                clash.map(|(_, value)| value.as_str().unwrap_or_default().to_owned())
            })
        });
        if name == "column_type" {
            view! { <Field id=id_of(name) label value fault hint theirs list="column-types"/> }
        } else {
            view! { <Field id=id_of(name) label value fault hint theirs/> }
        }
    };
    let parents = Signal::derive(move || {
        let first = room.rows().into_iter().filter(|row| row.parent.is_none() && Some(row.id) != held.id);
        let none = (String::new(), words::NO_PARENT.to_owned());
        [none].into_iter().chain(first.map(|row| (row.id.to_string(), row.fields.name))).collect::<Vec<_>>()
    });
    let kinds = Signal::stored(pairs(SectionKind::ALL.map(|kind| (kind.key(), words::kind(kind)))));
    let templates = Signal::stored(pairs(Template::ALL.map(|template| (template.key(), words::template(template)))));
    let stages = Signal::stored((0..=MOST_STAGES).map(|n| (n.to_string(), n.to_string())).collect::<Vec<_>>());
    let old = row
        .filter(|row| !row.old.is_empty())
        .map(|row| row.old.iter().map(|slug| ["/", slug.as_str()].concat()).collect::<Vec<_>>().join("、"));
    let is_link = Memo::new(move |_| held.kind.with(|kind| kind == SectionKind::Link.key()));
    let draft = move |()| {
        let draft = untrack(|| held.draft()).ok()?;
        Some(SiteDraft { sections: Some(room.drafts(Some(draft))), ..SiteDraft::default() })
    };
    view! {
        <form class="form section-form" on:submit=send novalidate>
            {field("name", words::NAME, held.name, "")} {field("slug", words::SLUG, held.slug, words::SLUG_HELP)}
            <Choice id=id_of("parent") label=words::PARENT value=held.parent options=parents hint=words::PARENT_HELP/>
            <Choice id=id_of("kind") label=words::KIND value=held.kind options=kinds/>
            {move || is_link.get().then(|| field("link", words::LINK, held.link, ""))}
            {field("description", words::DESCRIPTION, held.description, words::DESCRIPTION_HELP)}
            {field("keywords", words::KEYWORDS, held.keywords, words::KEYWORDS_HELP)}
            {field("column_type", words::COLUMN_TYPE, held.column_type, words::COLUMN_TYPE_HELP)}
            <Choice id=id_of("template") label=words::TEMPLATE value=held.template options=templates/>
            <Choice id=id_of("stages") label=words::STAGES value=held.stages options=stages hint=words::STAGES_HELP/>
            <Flag label=words::VISIBLE value=held.visible/>
            {old.map(|old| view! { <p class="field-hint">{words::OLD_ADDRESSES} {old}</p> })}
            {held.id.map(|section| view! { <SectionWriters room section/> })}
            <p class="form-said" role="alert">
                {move || said.get()}
            </p>
            <div class="site-acts">
                <button type="submit" disabled=move || busy.get()>
                    {if held.id.is_some() { words::SAVE } else { words::ADD_SECTION }}
                </button>
                <Preview draft/>
            </div>
        </form>
    }
    .into_any()
}

fn pairs<const N: usize>(words: [(&str, &str); N]) -> Vec<(String, String)> {
    words.into_iter().map(|(key, name)| (key.to_owned(), name.to_owned())).collect()
}

async fn catch_up(room: Room, held: Held, said: RwSignal<String>) {
    match api::get_section_tree().await {
        Ok(tree) => {
            if let Some(theirs) = tree.rows.iter().find(|row| Some(row.id) == held.id) {
                held.catch_up(theirs);
                said.try_set(words::STALE.to_owned());
            } else {
                said.try_set(admin_words::refusal(&Refusal::NotFound));
            }
        }
        Err(error) => {
            room.session.guard(&error);
            said.try_set(admin_words::error(&error));
        }
    }
}
