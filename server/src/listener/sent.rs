//! The body of an answer on its way: a kept page, or what the router makes.

use super::pulse::Pulse;
use axum::body::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::Full;
use std::{
    pin::Pin,
    task::{Context, Poll},
};

/// A body; the connection rests when it is gone.
pub struct Sent {
    what: What,
    pulse: Option<Pulse>,
}

enum What {
    Kept(Full<Bytes>),
    Made(Body),
}

impl Sent {
    /// Bytes of memory, without a box around them.
    #[must_use]
    pub const fn kept(bytes: Full<Bytes>, pulse: Option<Pulse>) -> Self {
        Self { what: What::Kept(bytes), pulse }
    }

    /// What the router answers.
    #[must_use]
    pub const fn made(body: Body, pulse: Option<Pulse>) -> Self {
        Self { what: What::Made(body), pulse }
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        if let Some(pulse) = &self.pulse {
            pulse.rest();
        }
    }
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match &mut self.what {
            What::Kept(bytes) => Pin::new(bytes).poll_frame(cx).map_err(|impossible| match impossible {}),
            What::Made(body) => Pin::new(body).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.what {
            What::Kept(bytes) => bytes.is_end_stream(),
            What::Made(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.what {
            What::Kept(bytes) => bytes.size_hint(),
            What::Made(body) => body.size_hint(),
        }
    }
}
