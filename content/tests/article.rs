//! The way of an article: the whole table as it stands, and what it means step by step.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(missing_docs, reason = "tests are sentences")]

use content::{
    Refusal, Timestamp,
    article::{self, FURTHEST_SCHEDULE, MOST_STAGES, Standing, State, Step, WAYS, When},
};
use std::fmt::Write;

const STEPS: [Step; 8] = [
    Step::Save,
    Step::Submit,
    Step::Return,
    Step::Approve,
    Step::Schedule,
    Step::Unschedule,
    Step::Publish,
    Step::Withdraw,
];

fn standings() -> impl Iterator<Item = Standing> {
    let of =
        |stages| (0..=stages).flat_map(move |passed| [false, true].map(|public| Standing { public, stages, passed }));
    (0..=MOST_STAGES).flat_map(of)
}

fn desk(stages: u8, passed: u8) -> Standing {
    Standing { public: false, stages, passed }
}

/// A change of the table is a change of this file: `FUXIAN_BLESS=1 cargo test -p content --test article` writes it anew.
#[test]
fn the_table_of_steps_is_the_one_that_was_agreed_on() {
    let table = WAYS.iter().fold(String::new(), |mut table, way| {
        let _ = writeln!(table, "{:<10} {:<10} -> {:<10} {:?}", word(way.from), word(way.step), word(way.to), way.when);
        table
    });
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/steps.txt");
    if std::env::var_os("FUXIAN_BLESS").is_some() {
        std::fs::write(path, &table).unwrap();
    }
    assert_eq!(table, std::fs::read_to_string(path).unwrap());
}

fn word(of: impl std::fmt::Debug) -> String {
    format!("{of:?}")
}

#[test]
fn every_row_can_be_reached_and_none_stands_twice() {
    for (n, way) in WAYS.iter().enumerate() {
        let before = || WAYS[..n].iter().filter(|other| (other.from, other.step) == (way.from, way.step));
        assert!(before().all(|other| other.when != way.when && other.when != When::Always), "{way:?}");
        let reached = standings().any(|standing| way.from.after(way.step, standing) == Ok(way.to));
        assert!(reached, "{way:?}");
    }
}

#[test]
fn what_is_saved_never_becomes_public_and_nothing_public_is_lost_by_a_step() {
    for (state, step) in State::ALL.into_iter().flat_map(|state| STEPS.map(|step| (state, step))) {
        for standing in standings() {
            let after = state.after(step, standing);
            assert_eq!(after == Ok(State::Published), after.is_ok() && step == Step::Publish, "{state:?} {step:?}");
            let leaves = step == Step::Withdraw || (step == Step::Save && state == State::Withdrawn);
            assert!(after != Ok(State::Withdrawn) || leaves, "{state:?} {step:?}");
            if step == Step::Withdraw {
                assert_eq!(after.is_ok(), standing.public && state != State::Withdrawn, "{state:?}");
            }
            if step == Step::Save {
                assert!(after.is_ok(), "whatever is typed can be saved: {state:?}");
            }
        }
    }
}

#[test]
fn without_reviews_a_publisher_publishes_from_every_desk() {
    for state in [State::Draft, State::Submitted, State::Approved, State::Withdrawn, State::Scheduled] {
        assert_eq!(state.after(Step::Publish, desk(0, 0)), Ok(State::Published), "{state:?}");
        assert_eq!(state.after(Step::Schedule, desk(0, 0)), Ok(State::Scheduled), "{state:?}");
    }
    let twice = Refusal::BadStep { state: State::Published, step: Step::Publish };
    assert_eq!(State::Published.after(Step::Publish, desk(0, 0)), Err(twice));
}

#[test]
fn with_reviews_each_approval_passes_one_and_only_all_of_them_open_the_way() {
    for stages in 1..=MOST_STAGES {
        let mut state = State::Draft.after(Step::Submit, desk(stages, 0)).unwrap();
        for passed in 0..stages {
            let refused = state.after(Step::Publish, desk(stages, passed));
            assert_eq!(refused, Err(Refusal::NeedsReview { passed, stages }), "{state:?}");
            state = state.after(Step::Approve, desk(stages, passed)).unwrap();
            assert_eq!(state, if passed + 1 == stages { State::Approved } else { State::Submitted });
        }
        assert_eq!(state.after(Step::Publish, desk(stages, stages)), Ok(State::Published));
        assert_eq!(state.after(Step::Schedule, desk(stages, stages)), Ok(State::Scheduled));
    }
}

#[test]
fn another_text_takes_the_approvals_away_and_another_place_does_not() {
    assert_eq!(State::Approved.after(Step::Save, desk(2, 0)), Ok(State::Draft));
    assert_eq!(State::Approved.after(Step::Save, desk(2, 2)), Ok(State::Approved));
    assert_eq!(State::Draft.after(Step::Submit, desk(2, 2)), Ok(State::Approved), "back to what was approved");
    let unreviewed = State::Scheduled.after(Step::Schedule, desk(2, 0));
    assert_eq!(unreviewed, Err(Refusal::NeedsReview { passed: 0, stages: 2 }), "the new text of a scheduled one");
    assert_eq!(State::Scheduled.after(Step::Unschedule, desk(2, 2)), Ok(State::Approved));
    assert_eq!(State::Scheduled.after(Step::Unschedule, desk(2, 0)), Ok(State::Draft));
}

#[test]
fn a_schedule_lies_in_the_future_and_within_a_year() {
    let now = Timestamp(1_800_000_000_000);
    let in_days = |days: i64| Timestamp(now.0 + days * 86_400_000);
    assert_eq!(article::check_schedule(Timestamp(now.0 + 1), now), Ok(()));
    assert_eq!(article::check_schedule(in_days(FURTHEST_SCHEDULE), now), Ok(()));
    // The year 9999, and what no calendar has.
    for at in [now, in_days(-1), in_days(FURTHEST_SCHEDULE + 1), Timestamp(253_402_300_799_000), Timestamp(i64::MAX)] {
        assert_eq!(article::check_schedule(at, now), Err(Refusal::BadSchedule { days: FURTHEST_SCHEDULE }), "{at:?}");
    }
    assert!(article::check_schedule(Timestamp(0), Timestamp(i64::MIN)).is_err(), "arithmetic does not overflow");
    assert!(article::check_schedule(Timestamp(i64::MAX), Timestamp(i64::MAX)).is_err());
}

#[test]
fn taking_an_article_away_needs_a_reason() {
    assert_eq!(article::check_reason("  "), Err(Refusal::Missing { field: "reason".into() }));
    assert_eq!(article::check_reason("数字有误，核对后再发。"), Ok(()));
    assert!(matches!(article::check_reason(&"因".repeat(201)), Err(Refusal::TooLong { limit: 200, .. })));
}
