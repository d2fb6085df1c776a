//! A text that a list is filtered by. What is rare is found in the index of texts and then put in order; what is frequent is
//! met soon on the way through the list.

use super::filtering::{Order, Query};
use crate::{
    Result, Store,
    articles::{
        row::statement,
        search::{self, Many, Matches},
    },
};
use sea_orm::{ConnectionTrait, Value};

/// Step by step: so many matches are few enough to be put in order, and where there are more, so many rows at the head of
/// the list are read, which likely hold a page of them. The first step is what most texts cost at most, about 3 ms,
/// whatever the number of articles; the second one 30 ms.
const STEPS: [(usize, usize); 2] = [(300, 1_000), (2_000, 10_000)];

impl Store {
    /// The articles of a list that hold this text: all of them, or so many that a page of the list is among them. None where
    /// the text asks for nothing.
    pub(super) async fn with_text(
        &self,
        query: &Query,
        text: &str,
        by: &str,
        order: Order,
        limit: usize,
    ) -> Result<Option<Vec<i64>>> {
        let mut frequent = None;
        for (few, near) in STEPS {
            let many = match search::find(&self.db, text, few).await? {
                Matches::All => return Ok(None),
                Matches::These(ids) => return Ok(Some(ids)),
                Matches::Many(many) => many,
            };
            let found = self.near(query, &many, by, order, (near, limit)).await?;
            if found.len() >= limit || self.is_within(query, by, near).await? {
                return Ok(Some(found));
            }
            frequent = Some(many);
        }
        match frequent {
            Some(many) => Ok(Some(self.far(query, many, order, limit).await?)),
            None => Ok(None),
        }
    }

    /// The first matches among so many rows at the head of the list.
    async fn near(
        &self,
        query: &Query,
        many: &Many,
        by: &str,
        order: Order,
        (near, limit): (usize, usize),
    ) -> Result<Vec<i64>> {
        let conditions = query.conditions.join(" AND ");
        let mut matching = Query { conditions: Vec::new(), values: query.values.clone() };
        matching.and(LIKE, many.pattern.as_str());
        let (like, column, way) = (matching.conditions.join(" AND "), order.column, order.way());
        let sql = format!(
            "SELECT l.id FROM (SELECT a.id, {column} AS place FROM articles a {by} WHERE {conditions} \
             ORDER BY {order} LIMIT {near}) l JOIN article_texts t ON t.article_id = l.id \
             WHERE {like} ORDER BY l.place {way}, l.id {way} LIMIT {limit}"
        );
        self.numbers(&sql, matching.values).await
    }

    /// Whether the list has no more rows than these.
    async fn is_within(&self, query: &Query, by: &str, rows: usize) -> Result<bool> {
        let conditions = query.conditions.join(" AND ");
        let sql = format!("SELECT a.id FROM articles a {by} WHERE {conditions} LIMIT 1 OFFSET {rows}");
        Ok(self.numbers(&sql, query.values.clone()).await?.is_empty())
    }

    /// The index of texts is asked for all matches, and they are put in order.
    async fn far(&self, query: &Query, many: Many, order: Order, limit: usize) -> Result<Vec<i64>> {
        let mut matching = Query { conditions: query.conditions.clone(), values: query.values.clone() };
        matching.and(LIKE, many.pattern.as_str());
        let (from, asked) = many.asked(&self.db);
        if let Some((condition, value)) = asked {
            matching.and(condition, value);
        }
        let conditions = matching.conditions.join(" AND ");
        let sql = format!("SELECT a.id FROM {from} WHERE {conditions} ORDER BY {order} LIMIT {limit}");
        self.numbers(&sql, matching.values).await
    }

    pub(super) async fn numbers(&self, sql: &str, values: Vec<Value>) -> Result<Vec<i64>> {
        let rows = self.db.query_all_raw(statement(&self.db, sql, values)).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<std::result::Result<_, _>>()?)
    }
}

const LIKE: &str = "t.text LIKE {} ESCAPE '\\'";
