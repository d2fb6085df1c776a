//! A form that somebody else has saved meanwhile: what they changed and this person did not is taken over, what this
//! person wrote stays, and where both changed the same field it is said which.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// What the form holds now, and the fields in which both changed something, with what the other one wrote.
pub fn caught_up<T: Serialize + DeserializeOwned>(base: &T, mine: &T, theirs: &T) -> Option<(T, Vec<(String, Value)>)> {
    let object = |value: &T| match serde_json::to_value(value) {
        Ok(Value::Object(fields)) => Some(fields),
        _ => None,
    };
    let (base, mine, theirs) = (object(base)?, object(mine)?, object(theirs)?);
    let mut held = Map::new();
    let mut clashes = Vec::new();
    // A field that is left out where it is nothing is none of the three's to forget.
    let mut names: Vec<&String> = mine.keys().chain(theirs.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let [was, mine, theirs] =
            [&base, &mine, &theirs].map(|fields| fields.get(name).cloned().unwrap_or(Value::Null));
        if mine == was {
            held.insert(name.clone(), theirs);
        } else {
            if theirs != was && theirs != mine {
                clashes.push((name.clone(), theirs));
            }
            held.insert(name.clone(), mine);
        }
    }
    held.retain(|_, value| !value.is_null());
    Some((serde_json::from_value(Value::Object(held)).ok()?, clashes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::{MediaId, site::Identity};

    #[test]
    fn what_only_one_has_changed_is_kept_and_what_both_changed_is_told() {
        let base = Identity { name: "甲".to_owned(), producer: "某网".to_owned(), ..Identity::default() };
        let mine = Identity { name: "乙".to_owned(), description: "我写的".to_owned(), ..base.clone() };
        let theirs =
            Identity {
                name: "丙".to_owned(), producer: "另一网".to_owned(), emblem: Some(MediaId(3)), ..base.clone()
            };
        let (held, clashes) = caught_up(&base, &mine, &theirs).unwrap();
        let wanted = Identity { producer: "另一网".to_owned(), emblem: Some(MediaId(3)), ..mine };
        assert_eq!(held, wanted);
        assert_eq!(clashes, [("name".to_owned(), Value::from("丙"))]);
    }

    #[test]
    fn the_same_words_of_both_are_no_clash() {
        let base = Identity::default();
        let mine = Identity { name: "甲".to_owned(), ..Identity::default() };
        assert_eq!(caught_up(&base, &mine, &mine), Some((mine.clone(), vec![])));
    }
}
