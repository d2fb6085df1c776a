//! Whether the other end of a connection still does something.
//!
//! A timer a request would cost more than finding a kept page. So a connection notes the second at which it last got
//! somewhere, and once a second whoever watches goes over them all and ends those that did nothing for too long.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{
            AtomicBool, AtomicU32,
            Ordering::{Acquire, Relaxed, Release},
        },
    },
    task::{Context, Poll},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    task::AbortHandle,
};

/// For how many seconds the server waits for the whole head of a request, from the moment at which it waits for one: what is
/// only half open and what does nothing any more is closed then.
const HEAD: u32 = 20;

/// For how many seconds a client may take nothing of an answer that is being sent.
const STUCK: u32 = 30;

/// All connections that are watched.
#[derive(Clone, Default)]
pub struct Ward(Arc<Watch>);

#[derive(Default)]
struct Watch {
    /// Seconds since the start, as far as anybody counted.
    second: AtomicU32,
    connections: Mutex<Vec<(Weak<Beats>, AbortHandle)>>,
}

struct Beats {
    watch: Arc<Watch>,
    /// The second at which the last bytes were taken, or the last answer was whole.
    since: AtomicU32,
    /// A request is being answered.
    busy: AtomicBool,
    /// Bytes wait until the client takes some.
    stuck: AtomicBool,
}

/// What a connection notes of itself.
#[derive(Clone)]
pub struct Pulse(Arc<Beats>);

impl Ward {
    /// The pulse of a connection that has just come, and waits for the head of a request.
    #[must_use]
    pub fn pulse(&self) -> Pulse {
        let since = AtomicU32::new(self.0.second.load(Relaxed));
        let (busy, stuck) = (AtomicBool::new(false), AtomicBool::new(false));
        Pulse(Arc::new(Beats { watch: Arc::clone(&self.0), since, busy, stuck }))
    }

    /// Watches the task of a connection until nobody has its pulse any more.
    pub fn watch(&self, pulse: &Pulse, task: AbortHandle) {
        let mut connections = self.0.connections.lock().unwrap_or_else(PoisonError::into_inner);
        connections.push((Arc::downgrade(&pulse.0), task));
    }

    /// A second has gone by: connections that did nothing for too long are ended.
    pub fn second(&self) {
        let now = self.0.second.fetch_add(1, Relaxed).wrapping_add(1);
        let mut connections = self.0.connections.lock().unwrap_or_else(PoisonError::into_inner);
        connections.retain(|(beats, task)| {
            let Some(beats) = beats.upgrade() else { return false };
            if beats.is_silent(now) {
                tracing::debug!("a connection was silent for too long");
                task.abort();
            }
            true
        });
    }
}

impl Beats {
    fn is_silent(&self, now: u32) -> bool {
        // Read before the second: who has just come to rest is not taken for one that rests since it began.
        let busy = self.busy.load(Acquire);
        let quiet = now.wrapping_sub(self.since.load(Relaxed));
        if self.stuck.load(Relaxed) { quiet > STUCK } else { !busy && quiet > HEAD }
    }

    fn moved(&self) {
        self.since.store(self.watch.second.load(Relaxed), Relaxed);
    }
}

impl Pulse {
    /// A request has come whole; until [`Pulse::rest`] it is the server that takes its time.
    pub fn work(&self) {
        self.0.busy.store(true, Relaxed);
    }

    /// The answer is whole, and the next request is waited for.
    pub fn rest(&self) {
        self.0.moved();
        self.0.busy.store(false, Release);
    }

    fn sent(&self, sent: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if sent.is_pending() {
            self.0.stuck.store(true, Relaxed);
        } else {
            self.0.stuck.store(false, Relaxed);
            self.0.moved();
        }
        sent
    }
}

/// A stream that notes when its client takes something.
pub struct Watched<S> {
    stream: S,
    pulse: Pulse,
}

impl<S> Watched<S> {
    /// A stream with its connection's pulse.
    pub const fn new(stream: S, pulse: Pulse) -> Self {
        Self { stream, pulse }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.pulse.sent(sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.pulse.sent(sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// How many seconds go by until a connection in this state is ended, at most a hundred.
    async fn lives(state: impl FnOnce(&Pulse)) -> u32 {
        let (ward, began) = (Ward::default(), 7);
        (0..began).for_each(|_| ward.second());
        let pulse = ward.pulse();
        let task = tokio::spawn(std::future::pending::<()>());
        ward.watch(&pulse, task.abort_handle());
        state(&pulse);
        for second in 1..=100 {
            ward.second();
            tokio::task::yield_now().await;
            if task.is_finished() {
                return second;
            }
        }
        100
    }

    #[tokio::test]
    async fn who_says_nothing_is_ended_and_who_is_answered_is_not() {
        assert_eq!(lives(|_| {}).await, HEAD + 1);
        assert_eq!(lives(Pulse::work).await, 100);
        let again = |pulse: &Pulse| {
            pulse.work();
            pulse.rest();
        };
        assert_eq!(lives(again).await, HEAD + 1);
    }

    #[tokio::test]
    async fn who_takes_nothing_is_ended_and_who_takes_little_is_not() {
        let ward = Ward::default();
        let pulse = ward.pulse();
        let (ours, mut theirs) = tokio::io::duplex(1);
        let sending = pulse.clone();
        let task = tokio::spawn(async move { Watched::new(ours, sending).write_all(&[0; 40]).await });
        ward.watch(&pulse, task.abort_handle());
        pulse.work();
        for _ in 0..30 {
            tokio::task::yield_now().await;
            (0..STUCK).for_each(|_| ward.second());
            theirs.read_u8().await.unwrap();
        }
        assert!(!task.is_finished(), "a byte every {STUCK} seconds");
        tokio::task::yield_now().await;
        (0..=STUCK).for_each(|_| ward.second());
        assert!(task.await.unwrap_err().is_cancelled());
        ward.second();
        drop(pulse);
        ward.second();
        assert!(ward.0.connections.lock().unwrap().is_empty(), "nobody's pulse is watched");
    }
}
