//! The links to the pages of a list.

use super::words;
use leptos::prelude::*;

/// What stands in the row of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Page(u32),
    Gap,
}

/// The first page, the last one and those around this one. A gap stands for two pages or more: one page is shorter
/// said than left out.
fn steps(page: u32, pages: u32) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut last = 0;
    let near = page.saturating_sub(1)..=page.saturating_add(1);
    for next in [1].into_iter().chain(near).chain([pages]) {
        if next <= last || next > pages {
            continue;
        }
        match next - last {
            1 => {}
            2 => steps.push(Step::Page(next - 1)),
            _ => steps.push(Step::Gap),
        }
        steps.push(Step::Page(next));
        last = next;
    }
    steps
}

/// The pages of a list; nothing where there is only one.
#[component]
pub fn Pager(
    /// This page, from 1.
    page: u32,
    /// How many pages there are.
    pages: u32,
    /// The address of a page.
    address: impl Fn(u32) -> String,
) -> impl IntoView {
    let step = |step: Step| match step {
        Step::Gap => view! { <span aria-hidden="true">"…"</span> }.into_any(),
        Step::Page(number) => {
            let current = (number == page).then_some("page");
            view! { <a href=address(number) aria-current=current>{number.to_string()}</a> }.into_any()
        }
    };
    (pages > 1).then(|| {
        view! {
            <nav class="pages" aria-label=words::PAGES>
                {(page > 1).then(|| view! { <a rel="prev" href=address(page - 1)>{words::PREVIOUS}</a> })}
                {steps(page, pages).into_iter().map(step).collect_view()}
                {(page < pages).then(|| view! { <a rel="next" href=address(page + 1)>{words::NEXT}</a> })}
            </nav>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(page: u32, pages: u32) -> String {
        let shown = steps(page, pages).into_iter().map(|step| match step {
            Step::Gap => "…".to_owned(),
            Step::Page(number) if number == page => format!("[{number}]"),
            Step::Page(number) => number.to_string(),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_row_shows_the_ends_and_the_pages_around() {
        assert_eq!(row(5, 505), "1 … 4 [5] 6 … 505");
        assert_eq!(row(1, 505), "[1] 2 … 505");
        assert_eq!(row(505, 505), "1 … 504 [505]");
        assert_eq!(row(1, 1), "[1]");
        assert_eq!(row(2, 2), "1 [2]");
    }

    #[test]
    fn a_gap_is_never_one_page_wide() {
        assert_eq!(row(4, 7), "1 2 3 [4] 5 6 7");
        assert_eq!(row(3, 505), "1 2 [3] 4 … 505");
        assert_eq!(row(4, 505), "1 2 3 [4] 5 … 505");
        assert_eq!(row(502, 505), "1 … 501 [502] 503 504 505");
    }

    #[test]
    fn every_row_is_ascending_and_holds_its_page_once() {
        for pages in 1..40 {
            for page in 1..=pages {
                let numbers: Vec<u32> = steps(page, pages)
                    .into_iter()
                    .filter_map(|step| if let Step::Page(number) = step { Some(number) } else { None })
                    .collect();
                assert!(numbers.is_sorted_by(|a, b| a < b), "{page} of {pages}");
                assert_eq!(numbers.iter().filter(|number| **number == page).count(), 1, "{page} of {pages}");
            }
        }
    }
}
