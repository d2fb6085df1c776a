//! What a list of articles says of itself, of its rows and of what was done to them.

use super::{refusal, state};
use content::{
    Refusal,
    article::State,
    desk::{DeskRow, Sort},
};

/// What a sort is called.
#[must_use]
pub const fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Updated => "最近修改",
        Sort::UpdatedOldest => "最早修改",
        Sort::Shown => "发布时间",
        Sort::Created => "创建时间",
        Sort::Scheduled => "定时发布的先后",
    }
}

/// The days of a list: those of the time by which it is ordered.
#[must_use]
pub const fn days(sort: Sort, bin: bool) -> &'static str {
    match sort {
        _ if bin => "删除于",
        Sort::Updated | Sort::UpdatedOldest => "修改于",
        Sort::Shown => "发布于",
        Sort::Created => "创建于",
        Sort::Scheduled => "定时于",
    }
}

fn counted(before: &str, count: u32, after: &str) -> String {
    [before, &count.to_string(), after].concat()
}

/// How many are chosen.
#[must_use]
pub fn chosen(count: usize) -> String {
    ["已选 ", &count.to_string(), " 篇"].concat()
}
/// A batch was done.
#[must_use]
pub fn binned(count: u32) -> String {
    counted("已把 ", count, " 篇移入回收站。")
}
/// A batch was done.
#[must_use]
pub fn restored(count: u32) -> String {
    counted("已恢复 ", count, " 篇。")
}
/// A batch was done.
#[must_use]
pub fn moved(count: u32) -> String {
    counted("已移动 ", count, " 篇。")
}
/// A batch was done.
#[must_use]
pub fn submitted(count: u32) -> String {
    counted("已提交 ", count, " 篇。")
}
/// A batch was done.
#[must_use]
pub fn approved(count: u32) -> String {
    counted("已通过 ", count, " 篇。")
}
/// A batch was done.
#[must_use]
pub fn returned(count: u32) -> String {
    counted("已退回 ", count, " 篇。")
}
/// A batch was done.
#[must_use]
pub fn published(count: u32) -> String {
    counted("已发布 ", count, " 篇。")
}
/// A batch was done.
#[must_use]
pub fn withdrawn(count: u32) -> String {
    counted("已撤回 ", count, " 篇。")
}
/// Where an article of a list is, and what readers see of it.
#[must_use]
pub fn row_state(row: &DeskRow) -> String {
    match (row.state, &row.scheduled) {
        (State::Scheduled, Some(at)) => ["定时于 ", &at.to_the_minute()].concat(),
        (State::Draft, _) if row.public => "已发布，有未发布的改动".to_owned(),
        (other, _) => state(other).to_owned(),
    }
}
/// A batch was undone.
#[must_use]
pub fn undone(count: u32) -> String {
    counted("已撤销，", count, " 篇恢复原样。")
}
/// Some of a batch were refused.
#[must_use]
pub fn not_changed(count: usize, reason: &Refusal) -> String {
    ["有 ", &count.to_string(), " 篇没有改动：", &refusal(reason)].concat()
}
/// Fragments wait.
#[must_use]
pub fn fragments_wait(count: u32) -> String {
    counted("您有 ", count, " 个未保存的片段，请查看。")
}
