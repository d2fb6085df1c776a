//! A page is rendered by one task. Leptos spawns a task for every resource of a page, and a runtime of several threads wakes
//! another thread for each: a quarter of a page's processor time went into threads that woke each other. What is spawned
//! while a page is rendered is polled by the task that renders it; what is spawned elsewhere goes to the runtime.

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use futures::{StreamExt, stream::FuturesUnordered, task::AtomicWaker};
use std::{
    future::poll_fn,
    pin::pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

tokio::task_local! {
    /// What was spawned since it was last looked for.
    static SPAWNED: Arc<Mutex<Vec<PinnedFuture<()>>>>;
}

/// Where Leptos spawns.
struct Spawner;

impl CustomExecutor for Spawner {
    fn spawn(&self, future: PinnedFuture<()>) {
        match SPAWNED.try_with(Arc::clone) {
            Ok(spawned) => spawned.lock().unwrap_or_else(PoisonError::into_inner).push(future),
            Err(_) => drop(tokio::spawn(future)),
        }
    }

    fn spawn_local(&self, future: PinnedLocalFuture<()>) {
        drop(tokio::task::spawn_local(future));
    }

    fn poll_local(&self) {}
}

/// Has Leptos spawn here. It is to be called before Leptos chooses by itself; once is enough.
pub fn install() {
    let _ = Executor::init_custom_executor(Spawner);
}

/// Wakes the task from outside. What wakes it while it is being polled is seen before that ends: the runtime is not asked
/// to poll it once more, which would wake another thread.
#[derive(Default)]
struct Bell {
    task: AtomicWaker,
    polling: AtomicBool,
    rung: AtomicBool,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, Ordering::SeqCst);
        if !self.polling.load(Ordering::SeqCst) {
            self.task.wake();
        }
    }
}

/// Runs a future with all that is spawned by it. What is not over when the future is, is dropped.
pub async fn together<T>(whole: impl Future<Output = T>) -> T {
    let spawned = Arc::new(Mutex::new(Vec::new()));
    let running = async {
        let bell = Arc::new(Bell::default());
        let waker = Waker::from(Arc::clone(&bell));
        let (mut whole, mut parts) = (pin!(whole), FuturesUnordered::new());
        poll_fn(|task| {
            bell.task.register(task.waker());
            let context = &mut Context::from_waker(&waker);
            bell.polling.store(true, Ordering::SeqCst);
            loop {
                bell.rung.store(false, Ordering::SeqCst);
                if let Poll::Ready(made) = whole.as_mut().poll(context) {
                    return Poll::Ready(made);
                }
                parts.extend(spawned.lock().unwrap_or_else(PoisonError::into_inner).drain(..));
                while let Poll::Ready(Some(())) = parts.poll_next_unpin(context) {}
                parts.extend(spawned.lock().unwrap_or_else(PoisonError::into_inner).drain(..));
                if bell.rung.load(Ordering::SeqCst) {
                    continue;
                }
                bell.polling.store(false, Ordering::SeqCst);
                // It may have rung in between, when nobody was woken.
                if !bell.rung.load(Ordering::SeqCst) {
                    return Poll::Pending;
                }
                bell.polling.store(true, Ordering::SeqCst);
            }
        })
        .await
    };
    SPAWNED.scope(Arc::clone(&spawned), running).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::sync::{mpsc, oneshot};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_is_spawned_by_a_page_runs_with_it_and_ends_with_it() {
        install();
        let (gone, mut left) = mpsc::channel::<()>(1);
        let made = together(async move {
            let (said, heard) = oneshot::channel();
            Executor::spawn(async move {
                // From within, and woken from outside.
                let (inner, answer) = oneshot::channel();
                Executor::spawn(async move {
                    tokio::time::sleep(Duration::from_millis(2)).await;
                    let _ = inner.send(20);
                });
                let _ = said.send(answer.await.unwrap() + 1);
            });
            Executor::spawn(async move {
                let _held = gone;
                std::future::pending::<()>().await;
            });
            heard.await.unwrap() * 2
        });
        assert_eq!(made.await, 42);
        assert_eq!(left.recv().await, None, "it was dropped");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn many_that_wake_each_other_across_threads_all_come_to_their_end() {
        install();
        for _ in 0..200 {
            let all = (0..8).map(|n| {
                tokio::spawn(together(async move {
                    let (sender, mut receiver) = mpsc::unbounded_channel();
                    for part in 0..8 {
                        let sender = sender.clone();
                        Executor::spawn(async move {
                            let there = tokio::task::spawn_blocking(move || part).await.unwrap();
                            let _ = sender.send(there);
                        });
                    }
                    drop(sender);
                    let mut sum = n;
                    while let Some(part) = receiver.recv().await {
                        sum += part;
                    }
                    sum
                }))
            });
            let sums = futures::future::join_all(all.collect::<Vec<_>>());
            let sums = tokio::time::timeout(Duration::from_secs(20), sums).await.expect("nobody sleeps for ever");
            assert_eq!(sums.into_iter().map(Result::unwrap).collect::<Vec<_>>(), (28..36).collect::<Vec<_>>());
        }
    }

    #[tokio::test]
    async fn what_is_spawned_elsewhere_goes_to_the_runtime() {
        install();
        let (said, heard) = oneshot::channel();
        Executor::spawn(async move {
            let _ = said.send(());
        });
        heard.await.unwrap();
    }
}
