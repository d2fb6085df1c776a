//! From the acknowledgement of a correction to every page that shows it, with readers who look all the time: none of them
//! may see an older page once the correction was acknowledged.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::bench::desk::{Desk, serial_on};
use crate::bench::figures::percentile;
use crate::bench::http;
use crate::bench::rows::{Aim, Report, Row};
use crate::failure::{Failure, Outcome};

/// Corrections whose way to readers is measured.
const CORRECTIONS: usize = 100;
const PATIENCE: Duration = Duration::from_secs(10);

/// Corrects the public article over and over.
pub fn measure(desk: &mut Desk, host: &str, report: &mut Report) -> Outcome {
    // It has to be public before anybody can look.
    desk.save_once()?;
    let (_, first) = desk.publish()?;
    let (acknowledged, done) = (AtomicUsize::new(first), AtomicBool::new(false));
    let pages = desk.pages();
    let article = desk.open_article().1;
    let (times, older) = std::thread::scope(|scope| {
        let readers = pages.each_ref().map(|page| scope.spawn(|| look(host, (page, article), &acknowledged, &done)));
        let times = correct(desk, host, &pages, &acknowledged);
        done.store(true, Ordering::SeqCst);
        let died = |_| Err(Failure::from("a reader's thread died"));
        let older: Vec<_> = readers.into_iter().map(|reader| reader.join().unwrap_or_else(died)).collect();
        (times, older.into_iter().sum::<Outcome<Seen>>())
    });
    let ((answered, visible), seen) = (times?, older?);
    let at = |micros: &[u64], percent| percentile(micros, percent) as f64 / 1000.0;
    report.add(Row::one("publish: acknowledged, p50", "ms", at(&answered, 50.0)));
    report.add(Row::one("publish: acknowledged, p95", "ms", at(&answered, 95.0)));
    report.add(Row::one("publish: then seen on article, section and front page, p50", "ms", at(&visible, 50.0)));
    let row = Row::one("publish: then seen on article, section and front page, p95", "ms", at(&visible, 95.0));
    report.add(row.aim(Aim::AtMost(50.0)));
    let what = format!("older pages among {} that were asked for after an acknowledgement", seen.pages);
    report.add(Row::one(what, "pages", seen.older as f64).aim(Aim::AtMost(0.0)));
    Ok(())
}

/// The times of the acknowledgements, and from there until all pages show the correction, each sorted.
fn correct(desk: &mut Desk, host: &str, pages: &[String], acknowledged: &AtomicUsize) -> Outcome<(Vec<u64>, Vec<u64>)> {
    let (mut answered, mut visible) = (Vec::new(), Vec::new());
    let mut stream = http::connect(host)?;
    let article = desk.open_article().1;
    for _ in 0..CORRECTIONS {
        desk.save_once()?;
        let (micros, serial) = desk.publish()?;
        let start = Instant::now();
        acknowledged.store(serial, Ordering::SeqCst);
        answered.push(micros);
        for page in pages {
            while serial_on(&http::ask(&mut stream, host, page, "identity")?.text(), article) != Some(serial) {
                if start.elapsed() > PATIENCE {
                    return Err(format!("{page} does not show what was published").into());
                }
            }
        }
        visible.push(start.elapsed().as_micros() as u64);
    }
    answered.sort_unstable();
    visible.sort_unstable();
    Ok((answered, visible))
}

/// What a reader saw.
#[derive(Default)]
struct Seen {
    pages: usize,
    older: usize,
}

impl std::iter::Sum for Seen {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, seen| Self { pages: sum.pages + seen.pages, older: sum.older + seen.older })
    }
}

/// Reads the page until the work is done.
fn look(host: &str, (page, article): (&str, i64), acknowledged: &AtomicUsize, done: &AtomicBool) -> Outcome<Seen> {
    let mut stream = http::connect(host)?;
    let mut seen = Seen::default();
    while !done.load(Ordering::SeqCst) {
        let least = acknowledged.load(Ordering::SeqCst);
        let shown = serial_on(&http::ask(&mut stream, host, page, "gzip;q=0, identity")?.text(), article);
        seen.pages += 1;
        seen.older += usize::from(shown.is_none_or(|shown| shown < least));
        // Readers who never rest would take the processor from what is measured.
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(seen)
}
