//! What the desk's lists cost, as SQLite plans them: each filter, alone or with another one, is a part of the index that walks
//! the list, and so are its days and the mark of a page.

use super::{
    filtering::{Mark, Order, index_of},
    page_of,
};
use crate::{Store, Zone, articles::tests::plans::plan};
use content::{
    AccountId, CivilDate, SectionId,
    article::State,
    desk::{Filter, Sort},
};

const SORTS: [Sort; 5] = [Sort::Updated, Sort::UpdatedOldest, Sort::Shown, Sort::Created, Sort::Scheduled];

/// Every filter in every order, with what its index has to be asked for.
fn filters() -> Vec<(Filter, Vec<&'static str>)> {
    let mut all = Vec::new();
    let day = CivilDate::new(2026, 11, 24).ok();
    for (sort, bin) in SORTS.map(|sort| (sort, false)).into_iter().chain([(Sort::Updated, true)]) {
        for chosen in 0..16 {
            let has = |bit: u8| chosen & (1 << bit) != 0;
            let filter = Filter {
                section: has(0).then_some(SectionId(1)),
                author: has(1).then_some(AccountId(1)),
                state: has(2).then_some(State::Published),
                from: day.filter(|_| has(3)),
                to: day.filter(|_| has(3)),
                sort,
                bin,
                ..Filter::default()
            };
            let columns = ["section_id=?", "author_id=?", "state=?"];
            let mut asked: Vec<_> = (0..3).filter(|bit| has(*bit)).map(|bit| columns[usize::from(bit)]).collect();
            // The third of three filters, the second one in the bin, and all of them among what is scheduled are looked at
            // row by row: those are few.
            asked.truncate(if bin { 1 } else { 2 });
            if sort == Sort::Scheduled {
                asked.clear();
            }
            all.push((filter, asked));
        }
    }
    all
}

#[tokio::test]
async fn no_list_of_the_desk_scans_or_sorts_the_articles() {
    let folder = tempfile::tempdir().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let store = Store::open_file(&folder.path().join("plans.db"), zone).await.unwrap();
    store.migrate().await.unwrap();
    for (filter, asked) in filters() {
        for mark in [None, Some(false), Some(true)] {
            let mark = mark.map(|back| Mark { back, at: 1_795_000_000_000, id: 1 });
            let order = Order::of(&filter, mark.as_ref());
            let query = store.filtered(&filter, mark.as_ref()).unwrap();
            let plan = plan(&store, &page_of(&query, &index_of(&filter), order, 51)).await;
            let index = index_of(&filter).replace("INDEXED BY", "USING INDEX");
            let (_, list, step) = plan.iter().find(|(.., step)| step.contains(&index)).unwrap();
            let bounds = step.split_once(&index).map(|(_, rest)| rest).unwrap();
            assert!(asked.iter().all(|column| bounds.contains(column)), "{filter:?}: {plan:#?}");
            // A mark is one end, the days are the other one or both.
            let ends = bounds.matches(['<', '>']).count();
            let days = filter.from.is_some();
            assert!(if days { ends >= 2 } else { mark.is_none() || ends >= 1 }, "{filter:?}: {plan:#?}");
            let sorted = plan.iter().any(|(_, parent, step)| parent == list && step.contains("TEMP B-TREE"));
            assert!(!sorted, "{filter:?}: {plan:#?}");
        }
    }
}
