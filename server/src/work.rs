//! What the server does besides answering: what comes due, jobs one after the other, and sweeping up.

use crate::{installation::Installation, moving};
use content::moving::Stage;
use std::time::Duration;
use store::{
    jobs::{Job, Kind},
    unix_now,
};
use tokio::task::JoinSet;

/// How often it is asked what is due.
const TICK: Duration = Duration::from_secs(1);
/// How often it is asked for a job while there is none.
const IDLE: Duration = Duration::from_millis(500);
/// How often what has ended is deleted.
const SWEEP: Duration = Duration::from_secs(3600);

/// How many of those until the media store is looked through for bytes that nobody names.
const SWEEPS_OF_OBJECTS: u64 = 24;

/// Begins all of it. Whoever closes the database ends it first (`JoinSet::shutdown`); a job that is cut off is taken over
/// after its lease.
pub fn begin(installation: &Installation) -> JoinSet<()> {
    let mut work = JoinSet::new();
    work.spawn(clock(installation.clone()));
    work.spawn(worker(installation.clone()));
    work.spawn(sweep(installation.clone()));
    work
}

/// A tick that is missed is not made up for: what is due is due at the next one as well.
async fn clock(Installation { store, .. }: Installation) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match store.settle_due(unix_now()).await {
            Ok(0) => {}
            Ok(done) => tracing::info!(done, "what was due is done"),
            Err(error) => tracing::warn!(%error, "what is due could not be done yet"),
        }
    }
}

/// One job at a time: what is left of the machine belongs to readers.
async fn worker(installation: Installation) {
    let name = format!("{}-{}", std::process::id(), unix_now().0);
    let store = &installation.store;
    loop {
        match store.take_job(&name, unix_now()).await {
            Ok(Some(job)) => {
                let fault = carry_out(&installation, &name, &job).await.err().map(|error| error.to_string());
                if fault.is_some() && job.is_last_attempt() {
                    give_up(&installation, &job).await;
                }
                if let Some(fault) = &fault {
                    tracing::warn!(job = job.id, kind = ?job.kind, attempts = job.attempts, fault, "a job failed");
                }
                if let Err(error) = store.end_job(&name, &job, fault.as_deref()).await {
                    tracing::warn!(%error, job = job.id, "a job could not be ended and will be done again");
                }
            }
            Ok(None) => tokio::time::sleep(IDLE).await,
            Err(error) => {
                tracing::warn!(%error, "no job could be taken");
                tokio::time::sleep(10 * IDLE).await;
            }
        }
    }
}

async fn carry_out(installation: &Installation, worker: &str, job: &Job) -> store::Result<()> {
    match job.kind {
        Kind::Renditions => installation.store.make_widths(&installation.files, job.payload()?).await,
        Kind::ReadSite | Kind::BringSite | Kind::UndoImport => moving::work::carry_out(installation, worker, job).await,
    }
}

/// Notes for whoever waits for it that a job will not be done.
async fn give_up(Installation { store, .. }: &Installation, job: &Job) {
    let noted = match job.kind {
        Kind::Renditions => match job.payload() {
            Ok(media) => store.note_unmade(media, "store").await,
            Err(error) => Err(error),
        },
        Kind::ReadSite | Kind::BringSite | Kind::UndoImport => match job.payload() {
            Ok(import) => store.note_stage(import, Stage::Failed, "it was tried several times; the log says why").await,
            Err(error) => Err(error),
        },
    };
    if let Err(error) = noted {
        tracing::warn!(%error, job = job.id, "that a job is given up was not noted");
    }
}

async fn sweep(Installation { store, files }: Installation) {
    for round in 1_u64.. {
        tokio::time::sleep(SWEEP).await;
        let now = unix_now();
        let mut swept = vec![
            store.sweep_sessions().await.map(|_| ()),
            store.sweep_jobs().await,
            store.sweep_uploads(&files, now).await.map(|_| ()),
            store.purge_media(now).await.map(|_| ()),
        ];
        if round % SWEEPS_OF_OBJECTS == 1 {
            swept.push(store.sweep_objects(&files, now).await.map(|_| ()));
        }
        for error in swept.into_iter().filter_map(Result::err) {
            tracing::warn!(%error, "what has ended was not deleted");
        }
    }
}
