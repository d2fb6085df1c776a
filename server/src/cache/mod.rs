//! The page cache: readers' pages as finished bytes, between the connection and the router.
//!
//! A page is rendered once, however many ask for it, without anything that their requests bear: it cannot be one of somebody
//! who is signed in. It is kept until something that it shows has changed (`store::following`), or its day is over. A change
//! that this process acknowledges has dropped its pages before it is acknowledged; what other processes change is asked
//! for every [`ASK`]. Only the bytes of memory bound it, and what a client adds to an address changes no key (`wanted`).

mod counters;
mod moved;
mod page;
mod shelf;
mod together;
mod wanted;

pub use counters::Counters;
pub use together::install;

use app::context::Noted;
use axum::{
    Router,
    body::{Body, to_bytes},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::{
    FutureExt,
    future::{BoxFuture, Shared, ready},
};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri, header, request::Parts};
use http_body_util::Full;
use page::{Fresh, Page};
use shelf::Shelf;
use std::{
    collections::{BTreeSet, HashMap},
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::Duration,
};
use store::{Store, following::Follower, unix_now};
use together::together;
use tokio::sync::Semaphore;
use tower_service::Service;
use wanted::{Wanted, wanted};

/// How often it is asked what other processes have changed.
const ASK: Duration = Duration::from_millis(250);

/// The largest page, in bytes.
const LARGEST: usize = 32 * 1024 * 1024;

/// Pages that are made at once; they share the connections of the database.
const AT_ONCE: usize = 16;

/// Pages that may wait for that. Who comes later is told to come again.
const WAITING: usize = 512;

/// A page in the making, for all who wait for it.
type Flight = Shared<BoxFuture<'static, Option<Arc<Fresh>>>>;

/// The cache around a router.
#[derive(Clone)]
pub struct PageCache(Arc<Inner>);

struct Inner {
    store: Store,
    router: Router,
    shelf: RwLock<Shelf>,
    /// Each with the moment at which it was begun.
    flights: Mutex<HashMap<Arc<str>, (u64, Flight)>>,
    follower: tokio::sync::Mutex<Follower>,
    making: Semaphore,
    counters: Counters,
}

impl PageCache {
    /// A cache of so many bytes before a router; 0 keeps nothing. It follows the change records from now on.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn before(router: Router, store: Store, bytes: usize, counters: Counters) -> store::Result<Self> {
        let follower = tokio::sync::Mutex::new(store.follow().await?);
        let cache = Self(Arc::new(Inner {
            store,
            router,
            shelf: RwLock::new(Shelf::new(bytes)),
            flights: Mutex::default(),
            follower,
            making: Semaphore::new(AT_ONCE),
            counters,
        }));
        tokio::spawn(cache.clone().ask());
        Ok(cache)
    }

    /// The answer from memory, if it is there.
    #[must_use]
    pub fn kept(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<http::Response<Full<Bytes>>> {
        if moved::is_old_front(uri) { None } else { self.hit(method, uri, headers) }
    }

    fn hit(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<http::Response<Full<Bytes>>> {
        let (inner, wanted) = (&self.0, wanted(method, uri)?);
        let page = inner.find(&wanted.key)?;
        inner.counters.hit();
        let (response, grown) = page.answer(method, headers);
        if grown > 0 {
            inner.write().weigh(&wanted.key);
        }
        Some(response)
    }

    /// Answers a request for what is not kept: from a page that is made now, or by whatever the router says. What is
    /// nowhere may have been somewhere on the site that was here before.
    pub async fn answer(&self, request: Request<Body>) -> Response {
        let asked = request.method().is_safe().then(|| request.uri().clone());
        let Some(uri) = asked else { return self.page(request).await };
        if moved::is_old_front(&uri) {
            if let Some(moved) = moved::from_front(&self.0.store, &uri).await {
                return moved;
            }
            if let Some(kept) = self.hit(request.method(), &uri, request.headers()) {
                return kept.map(Body::new);
            }
        }
        let response = self.page(request).await;
        if response.status() != StatusCode::NOT_FOUND {
            return response;
        }
        moved::from(&self.0.store, &uri).await.unwrap_or(response)
    }

    async fn page(&self, request: Request<Body>) -> Response {
        let inner = &self.0;
        let (parts, body) = request.into_parts();
        if let Some(wanted) = wanted(&parts.method, &parts.uri) {
            return self.made(wanted, &parts).await;
        }
        let changes = !parts.method.is_safe();
        let response = inner.routed(Request::from_parts(parts, body)).await;
        if changes && let Err(error) = inner.catch_up().await {
            // What was acknowledged may not be known here: nothing of before is served any more.
            tracing::warn!(%error, "the change records cannot be read: every page is dropped");
            inner.store.distrust_memory();
            inner.forget(BTreeSet::from([content::Shown::Site]));
        }
        response
    }

    async fn made(&self, wanted: Wanted<'_>, request: &Parts) -> Response {
        let Some(flight) = self.flight(&wanted) else {
            self.0.counters.refused();
            return busy();
        };
        if let Some(fresh) = flight.await {
            return fresh.answer(&request.method, &request.headers).map(Body::new);
        }
        // It crashed, and may not be waited for by those who come now.
        self.0.flights.lock().unwrap_or_else(PoisonError::into_inner).remove(&*wanted.key);
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }

    /// The page in the making: the one that somebody else has begun since the last change, or a new one. It goes on
    /// when nobody waits for it any more.
    fn flight(&self, wanted: &Wanted<'_>) -> Option<Flight> {
        let mut flights = self.0.flights.lock().unwrap_or_else(PoisonError::into_inner);
        let moment = self.0.read().moment();
        if let Some((begun, flight)) = flights.get(&*wanted.key)
            && *begun == moment
        {
            self.0.counters.shared();
            return Some(flight.clone());
        }
        // What landed since it was looked for is kept before its flight is forgotten.
        if let Some(page) = self.0.find(&wanted.key) {
            self.0.counters.shared();
            return Some(ready(Some(Arc::new(Fresh::of(page)))).boxed().shared());
        }
        if flights.len() >= AT_ONCE + WAITING {
            return None;
        }
        self.0.counters.miss();
        let (key, target): (Arc<str>, _) = (wanted.key.as_ref().into(), wanted.target().to_owned());
        let inner = Arc::clone(&self.0);
        let landing = Arc::clone(&key);
        let made = tokio::spawn(async move { inner.make(&landing, &target, moment).await });
        let flight = made.map(|made| made.ok().flatten()).boxed().shared();
        flights.insert(key, (moment, flight.clone()));
        Some(flight)
    }

    /// Learns what other processes have changed, for as long as this one runs.
    async fn ask(self) {
        let mut ticks = tokio::time::interval(ASK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            // While the database does not answer nobody can have changed it by us, and what is here goes on being read.
            if let Err(error) = self.0.catch_up().await {
                tracing::debug!(%error, "the change records cannot be read");
            }
            let (pages, bytes) = self.0.read().size();
            self.0.counters.size(pages, bytes);
        }
    }
}

impl Inner {
    fn read(&self) -> RwLockReadGuard<'_, Shelf> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Shelf> {
        self.shelf.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, key: &str) -> Option<Arc<Page>> {
        let page = self.read().find(key).cloned()?;
        if page.is_of(unix_now().0) {
            page.touch();
            return Some(page);
        }
        self.write().drop_page(key);
        None
    }

    async fn make(&self, key: &Arc<str>, target: &str, begun: u64) -> Option<Arc<Fresh>> {
        let made = match self.making.acquire().await {
            Ok(_permit) => self.rendered(target).await,
            Err(_) => None,
        };
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = made.map(|(page, shows)| {
            let fresh = Arc::new(Fresh::of(Arc::new(page)));
            if fresh.page.may_be_kept() {
                self.write().keep(key, &fresh.page, shows, begun);
            }
            fresh
        });
        if flights.get(key).is_some_and(|(moment, _)| *moment == begun) {
            flights.remove(key);
        }
        fresh
    }

    /// The answer of the router to nobody in particular, with what it shows.
    async fn rendered(&self, target: &str) -> Option<(Page, BTreeSet<content::Shown>)> {
        let noted = Noted::default();
        let mut request = Request::builder().method(Method::GET).uri(target).body(Body::empty()).ok()?;
        request.extensions_mut().insert(noted.clone());
        let day = self.store.zone().day_around(unix_now());
        let whole = async {
            let (parts, body) = self.routed(request).await.into_parts();
            (parts, to_bytes(body, LARGEST).await)
        };
        let (parts, bytes) = together(whole).await;
        let bytes = bytes.inspect_err(|error| tracing::error!(%error, target, "a page did not end"));
        Some((Page::new(parts.status, parts.headers, bytes.ok()?, day), noted.take()))
    }

    async fn routed(&self, request: Request<Body>) -> Response {
        let mut router = self.router.clone();
        match Service::<Request<Body>>::call(&mut router, request).await {
            Ok(response) => response,
            Err(impossible) => match impossible as Infallible {},
        }
    }

    /// Drops the pages of everything that was committed before this call.
    async fn catch_up(&self) -> store::Result<()> {
        let mut follower = self.follower.lock().await;
        let changed = self.store.changes(&mut follower).await?;
        // Under the follower's lock: who waits for it returns after the pages are gone.
        if !changed.is_empty() {
            self.forget(changed);
        }
        Ok(())
    }

    fn forget(&self, changed: BTreeSet<content::Shown>) {
        let dropped = self.write().change(changed);
        self.counters.dropped(dropped);
    }
}

/// Too many different pages are asked for at once.
fn busy() -> Response {
    let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    response
}
