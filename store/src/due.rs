//! What becomes true at a time: a schedule, the end of a pin, the beginning and the end of a notice.
//!
//! Each room keeps its times in indexed columns of its own rows and is asked every second what has come due, so a restart
//! forgets nothing and a clock that jumps is followed: what is due is done once, late rather than never.

use crate::{Result, Store};
use content::Timestamp;

impl Store {
    /// Does what is due at `now`; answers how much that was.
    ///
    /// # Errors
    /// A database that does not answer; what was done before stands.
    pub async fn settle_due(&self, now: Timestamp) -> Result<u32> {
        // What one room cannot do keeps no other from it.
        let (articles, notices) = (self.settle_articles(now).await, crate::site::notices_due(self, now).await);
        Ok(articles? + notices?)
    }
}
