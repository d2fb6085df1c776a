//! What the server does besides answering: what comes due, jobs one after the other, and sweeping up.

use crate::installation::Installation;
use std::time::Duration;
use store::{
    jobs::{Job, Kind},
    unix_now,
};

/// How often it is asked what is due.
const TICK: Duration = Duration::from_secs(1);
/// How often it is asked for a job while there is none.
const IDLE: Duration = Duration::from_millis(500);
/// How often what has ended is deleted.
const SWEEP: Duration = Duration::from_secs(3600);

/// Begins all of it; it ends with the process. A job that is cut off is taken over after its lease.
pub fn begin(installation: &Installation) {
    tokio::spawn(clock(installation.clone()));
    tokio::spawn(worker(installation.clone()));
    tokio::spawn(sweep(installation.clone()));
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

async fn carry_out(_installation: &Installation, _worker: &str, job: &Job) -> store::Result<()> {
    match job.kind {
        Kind::Renditions => Ok(()),
    }
}

async fn sweep(Installation { store, .. }: Installation) {
    loop {
        tokio::time::sleep(SWEEP).await;
        for swept in [store.sweep_sessions().await.map(|_| ()), store.sweep_jobs().await] {
            if let Err(error) = swept {
                tracing::warn!(%error, "what has ended was not deleted");
            }
        }
    }
}
