//! Rows as JSON objects and back: one way for every table, lossless, with JSON in its place and in its spelling.

use super::tables::{Holds, Table};
use crate::{Error, Result, articles::statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The most values of one statement: SQLite takes 32,766.
const MOST_VALUES: usize = 8_000;

/// The columns of a table for a `SELECT`. Numbers are read as one type, whatever their width in the database.
pub(super) fn columns(table: &Table) -> String {
    let column = |(name, holds): &(&str, Holds)| match holds {
        Holds::Number | Holds::NumberOrNone => format!("CAST({name} AS BIGINT) AS {name}"),
        _ => format!("\"{name}\""),
    };
    table.columns.iter().map(column).collect::<Vec<_>>().join(", ")
}

/// A row as an object on one line.
pub(super) fn object(table: &Table, row: &QueryResult) -> Result<String> {
    let mut out = String::from("{");
    for (name, holds) in table.columns {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&format!("\"{name}\":"));
        let value = match holds {
            Holds::Number => row.try_get::<i64>("", name)?.to_string(),
            Holds::NumberOrNone => written(&row.try_get::<Option<i64>>("", name)?)?,
            Holds::Text => written(&row.try_get::<String>("", name)?)?,
            Holds::TextOrNone => written(&row.try_get::<Option<String>>("", name)?)?,
            Holds::Flag => row.try_get::<bool>("", name)?.to_string(),
            Holds::Json => json(row.try_get("", name)?)
                .map_err(|error| Error::Corrupt(format!("{} of {}: {error}", name, table.name)))?,
        };
        out.push_str(&value);
    }
    out.push('}');
    Ok(out)
}

fn written(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(error.to_string()))
}

/// Stored JSON as it is spelt, on one line as everything that is stored is.
fn json(stored: String) -> serde_json::Result<String> {
    if stored.is_empty() {
        return Ok("null".to_owned());
    }
    Ok(RawValue::from_string(stored)?.get().to_owned())
}

/// The values of one row, in the order of the table's columns.
#[derive(Clone, Debug)]
pub(super) struct Row(pub(super) Vec<Value>);

impl Row {
    /// Reads an object. It has exactly the columns of the table.
    pub(super) fn read(table: &Table, object: &str) -> Result<Self, String> {
        let mut given: BTreeMap<String, &RawValue> = serde_json::from_str(object).map_err(|error| error.to_string())?;
        let mut values = Vec::with_capacity(table.columns.len());
        for (name, holds) in table.columns {
            let value = given.remove(*name).ok_or_else(|| format!("\"{name}\" is missing"))?;
            values.push(self::value(*holds, value.get()).map_err(|error| format!("\"{name}\": {error}"))?);
        }
        match given.keys().next() {
            Some(name) => Err(format!("\"{name}\" is not known: expected the columns of docs/export.md")),
            None => Ok(Self(values)),
        }
    }

    fn at(&self, table: &Table, name: &str) -> Option<&Value> {
        let at = table.columns.iter().position(|(column, _)| *column == name)?;
        self.0.get(at)
    }

    /// The text of a column; empty where it holds none.
    pub(super) fn text(&self, table: &Table, name: &str) -> &str {
        match self.at(table, name) {
            Some(Value::String(Some(text))) => text,
            _ => "",
        }
    }

    /// The number of a column; none where it holds none.
    pub(super) fn number(&self, table: &Table, name: &str) -> Option<i64> {
        match self.at(table, name) {
            Some(Value::BigInt(number)) => *number,
            _ => None,
        }
    }

    /// Puts another value in the place of one.
    pub(super) fn set(&mut self, table: &Table, name: &str, value: impl Into<Value>) {
        let at = table.columns.iter().position(|(column, _)| *column == name);
        if let Some(held) = at.and_then(|at| self.0.get_mut(at)) {
            *held = value.into();
        }
    }
}

fn value(holds: Holds, json: &str) -> Result<Value, String> {
    let text = |error: serde_json::Error| error.to_string();
    Ok(match holds {
        Holds::Number => serde_json::from_str::<i64>(json).map_err(text)?.into(),
        Holds::NumberOrNone => serde_json::from_str::<Option<i64>>(json).map_err(text)?.into(),
        Holds::Text => storable(serde_json::from_str(json).map_err(text)?)?.into(),
        Holds::TextOrNone => {
            serde_json::from_str::<Option<String>>(json).map_err(text)?.map(storable).transpose()?.into()
        }
        Holds::Flag => serde_json::from_str::<bool>(json).map_err(text)?.into(),
        Holds::Json if json == "null" => String::new().into(),
        Holds::Json => storable(json.to_owned())?.into(),
    })
}

/// PostgreSQL stores no NUL.
fn storable(text: String) -> Result<String, String> {
    if text.contains('\0') { Err("text holds the character U+0000".to_owned()) } else { Ok(text) }
}

/// Writes rows of a table, with further columns that the folder does not have.
pub(super) async fn insert(db: &impl ConnectionTrait, table: &Table, more: &[&str], rows: &[Row]) -> Result<()> {
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|(name, _)| *name)
        .chain(more.iter().copied())
        .map(|name| format!("\"{name}\""))
        .collect();
    let width = names.len();
    for rows in rows.chunks((MOST_VALUES / width).max(1)) {
        let places = |n: usize| {
            let places: Vec<String> = (1..=width).map(|at| format!("${}", n * width + at)).collect();
            format!("({})", places.join(","))
        };
        let all: Vec<String> = (0..rows.len()).map(places).collect();
        let sql = format!("INSERT INTO {} ({}) VALUES {}", table.name, names.join(", "), all.join(","));
        let values = rows.iter().flat_map(|row| row.0.iter().cloned());
        db.execute_raw(statement(db, &sql, values)).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Store, Zone,
        exports::tables::{APPROVALS, ARTICLES, FILES, LEFT_OUT, REVISIONS},
    };

    #[tokio::test]
    async fn every_column_goes_out_or_has_a_reason_to_stay() {
        let folder = tempfile::tempdir().unwrap();
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let store = Store::open_file(&folder.path().join("a.db"), zone).await.unwrap();
        store.migrate().await.unwrap();
        let sql = "SELECT m.name || '.' || p.name AS c, m.name AS t FROM sqlite_master m, pragma_table_info(m.name) p \
                   WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'article_grams_%'";
        let rows = store.db.query_all_raw(statement(&store.db, sql, [])).await.unwrap();
        let known = |column: &str, table: &str| {
            let tables = FILES.iter().chain([&ARTICLES, &APPROVALS, &REVISIONS]);
            let out = tables.flat_map(|table| table.columns.iter().map(|(name, _)| format!("{}.{name}", table.name)));
            out.into_iter().any(|name| name == column)
                || LEFT_OUT.iter().any(|(name, _)| *name == column || *name == table)
        };
        assert!(rows.len() > 150, "{}", rows.len());
        for row in rows {
            let (column, table): (String, String) = (row.try_get("", "c").unwrap(), row.try_get("", "t").unwrap());
            assert!(known(&column, &table), "{column}: add it to exports/tables.rs, or to LEFT_OUT with a reason");
        }
    }

    #[test]
    fn an_object_has_exactly_the_columns_and_their_kinds() {
        let table = Table {
            name: "t",
            columns: &[("id", Holds::Number), ("extra", Holds::Json), ("name", Holds::TextOrNone), ("on", Holds::Flag)],
        };
        let row = Row::read(&table, r#"{"on":true,"name":null,"id":3,"extra":{"b":1,"a":[ ]}}"#).unwrap();
        assert_eq!((row.number(&table, "id"), row.text(&table, "extra")), (Some(3), r#"{"b":1,"a":[ ]}"#));
        for (object, expected) in [
            (r#"{"id":3}"#, "\"extra\" is missing"),
            (r#"{"id":"3","extra":null,"name":null,"on":true}"#, "\"id\": invalid type"),
            (r#"{"id":3,"extra":null,"name":null,"on":true,"x":1}"#, "\"x\" is not known"),
            (r#"{"id":3,"extra":null,"name":"a\u0000","on":true}"#, "U+0000"),
            ("[]", "invalid type"),
        ] {
            assert!(Row::read(&table, object).unwrap_err().contains(expected), "{object}");
        }
    }
}
