//! The demo site: what a newcomer sees first. Identity and sections of the first institution, its captured article, and
//! samples of our own. It comes in the way everything comes in: through the importers and the store's actions.

use crate::{commands::import::to_store, failure::Failure, installation::Installation, moving::Places};
use content::{Actor, MediaId, site::Founding};
use importers::PictureRef;
use std::collections::HashMap;
use store::articles::Outcome;

const FOUNDING: &str = include_str!("../demo/founding.json");
const CAPTURED: &[u8] = include_bytes!("../demo/captured.txt");
const ARTICLES: &str = include_str!("../demo/articles.jsonl");

/// The samples' pictures, under the names by which the samples call them: `demo:<name>`.
const PICTURES: &[(&str, &[u8], &str)] = &[
    ("contest.jpg", include_bytes!("../demo/pictures/contest.jpg"), "剪纸风格插画：戴着面罩的焊工俯身作业，焊花四射"),
    (
        "cool.jpg",
        include_bytes!("../demo/pictures/cool.jpg"),
        "剪纸风格插画：烈日下的桌面上放着三顶安全帽、几瓶水和一块西瓜",
    ),
    ("lake.jpg", include_bytes!("../demo/pictures/lake.jpg"), "剪纸风格插画：晨光里的湖面、远山和一只小帆船"),
    ("law.jpg", include_bytes!("../demo/pictures/law.jpg"), "剪纸风格插画：桌上的天平、法律书籍和两个对话框"),
    ("nvgong.jpg", include_bytes!("../demo/pictures/nvgong.jpg"), "剪纸风格插画：盛开的红色山茶花与枝叶"),
    (
        "reading.jpg",
        include_bytes!("../demo/pictures/reading.jpg"),
        "剪纸风格插画：书架、窗外的山与桌上亮着的台灯和打开的书",
    ),
];

/// Gives an empty database its identity and its sections, so that articles have a place to go. Answers whether it was
/// empty.
///
/// # Errors
/// A database that does not take them.
pub async fn found(installation: &Installation) -> Result<bool, Failure> {
    let founding: Founding =
        serde_json::from_str(FOUNDING).map_err(|error| Failure::Run(format!("the demo's founding: {error}")))?;
    Ok(installation.store.found(&Actor::Operator, &founding).await?)
}

/// Loads the demo site. What is there already is not added twice. Answers how many articles came.
///
/// # Errors
/// A database or a media store that does not take them.
pub async fn load(installation: &Installation) -> Result<usize, Failure> {
    found(installation).await?;
    let mut pictures = HashMap::new();
    for (name, bytes, alt) in PICTURES {
        let picture = installation.store.add_picture(&installation.files, &Actor::Operator, name, bytes.to_vec(), alt);
        pictures.insert(format!("demo:{name}"), picture.await?);
    }
    let sections = Places::of(&installation.store).await?;
    let fault = |text: String| Failure::Run(format!("the demo's articles: {text}"));
    let (captured, _) = importers::captured(CAPTURED, sections.links()).map_err(|error| fault(error.to_string()))?;
    let mut drafts = vec![captured];
    let find = |address: &str| pictures.get(address).map(|id: &MediaId| PictureRef { id: *id, alt: String::new() });
    for line in ARTICLES.lines() {
        drafts.push(importers::line(line, &find).map_err(|error| fault(error.to_string()))?.0);
    }
    let batch = drafts.into_iter().map(|draft| to_store(draft, &sections, None, installation.store.zone()));
    let batch = batch.collect::<Result<Vec<_>, _>>().map_err(fault)?;
    let outcomes = installation.store.import(&Actor::Operator, batch, true).await?;
    Ok(outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Added(_))).count())
}
