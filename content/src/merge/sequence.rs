//! Sequences: which items two of them share in order, and three of them into one.

/// The pairs of positions of a longest common subsequence. Equal ends are taken first, so that a small change in a long
/// text costs little; what is left in the middle is refused above a bound, and then shares nothing.
pub fn common<T: PartialEq>(one: &[T], other: &[T]) -> Vec<(usize, usize)> {
    const BOUND: usize = 4_000_000;
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (rest_one, rest_other) = (&one[head..], &other[head..]);
    let tail = rest_one.iter().rev().zip(rest_other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (middle_one, middle_other) = (&rest_one[..rest_one.len() - tail], &rest_other[..rest_other.len() - tail]);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    if middle_one.len().saturating_mul(middle_other.len()) <= BOUND {
        pairs.extend(table(middle_one, middle_other).into_iter().map(|(a, b)| (a + head, b + head)));
    }
    let (from_one, from_other) = (one.len() - tail, other.len() - tail);
    pairs.extend((0..tail).map(|at| (from_one + at, from_other + at)));
    pairs
}

/// The textbook table of lengths, walked from its end.
fn table<T: PartialEq>(one: &[T], other: &[T]) -> Vec<(usize, usize)> {
    let width = other.len() + 1;
    let mut lengths = vec![0_u32; (one.len() + 1) * width];
    for a in (0..one.len()).rev() {
        for b in (0..other.len()).rev() {
            lengths[a * width + b] = if one[a] == other[b] {
                lengths[(a + 1) * width + b + 1] + 1
            } else {
                lengths[(a + 1) * width + b].max(lengths[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < one.len() && b < other.len() {
        if one[a] == other[b] {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if lengths[(a + 1) * width + b] >= lengths[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// Three sequences into one. Between the items that all three share, whoever changed something is followed; where both
/// did, `inner` may decide item by item if there are equally many, and otherwise there is no answer.
pub fn merge<T: PartialEq + Clone>(
    base: &[T],
    ours: &[T],
    theirs: &[T],
    inner: &impl Fn(&T, &T, &T) -> Option<T>,
) -> Option<Vec<T>> {
    let in_ours = positions(base, ours);
    let in_theirs = positions(base, theirs);
    let mut merged = Vec::with_capacity(ours.len().max(theirs.len()));
    let (mut b, mut o, mut t) = (0, 0, 0);
    for stable in 0..=base.len() {
        let (end_o, end_t) = if stable == base.len() {
            (ours.len(), theirs.len())
        } else {
            match (in_ours[stable], in_theirs[stable]) {
                (Some(o), Some(t)) => (o, t),
                _ => continue,
            }
        };
        merged.extend(chunk(&base[b..stable], &ours[o..end_o], &theirs[t..end_t], inner)?);
        if let Some(item) = base.get(stable) {
            merged.push(item.clone());
        }
        (b, o, t) = (stable + 1, end_o + 1, end_t + 1);
    }
    Some(merged)
}

/// Where each item of `base` is found again.
fn positions<T: PartialEq>(base: &[T], other: &[T]) -> Vec<Option<usize>> {
    let mut found = vec![None; base.len()];
    for (at, position) in common(base, other) {
        found[at] = Some(position);
    }
    found
}

fn chunk<T: PartialEq + Clone>(
    base: &[T],
    ours: &[T],
    theirs: &[T],
    inner: &impl Fn(&T, &T, &T) -> Option<T>,
) -> Option<Vec<T>> {
    if let Some(side) = super::one(base, ours, theirs) {
        return Some(side.to_vec());
    }
    if base.len() != ours.len() || base.len() != theirs.len() {
        return None;
    }
    base.iter()
        .zip(ours)
        .zip(theirs)
        .map(|((base, ours), theirs)| super::one(base, ours, theirs).cloned().or_else(|| inner(base, ours, theirs)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(base: &str, ours: &str, theirs: &str) -> Option<String> {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        merge(&letters(base), &letters(ours), &letters(theirs), &|_, _, _| None).map(String::from_iter)
    }

    #[test]
    fn changes_that_do_not_touch_both_stand() {
        assert_eq!(merged("abcde", "aXcde", "abcdY").as_deref(), Some("aXcdY"));
        assert_eq!(merged("abc", "ac", "abcd").as_deref(), Some("acd"));
        assert_eq!(merged("", "", "x").as_deref(), Some("x"));
        assert_eq!(merged("abc", "abc", "").as_deref(), Some(""));
    }

    #[test]
    fn changes_that_touch_have_no_answer() {
        assert_eq!(merged("abc", "aXc", "aYc"), None);
        assert_eq!(merged("ab", "aXb", "aYb"), None);
        assert_eq!(merged("abc", "aXc", "aXc").as_deref(), Some("aXc"));
    }

    #[test]
    fn a_common_subsequence_is_in_order_and_longest() {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(common(&letters("xabcy"), &letters("abzc")).len(), 3);
        assert_eq!(common(&letters(""), &letters("abc")), []);
    }
}
