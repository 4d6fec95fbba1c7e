//! Why a case is refused, where no edit of what is judged can change that.
//!
//! Owns the kinds of such causes. The list is short and closed: whatever is not
//! on it must be shown by an edit under which the case is not refused any more.

use crate::ground::problem::did_you_mean;

/// A cause that a case declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Its kind.
    pub kind: CauseKind,
    /// The argument.
    pub why: String,
}

/// The kinds of causes that no edit can take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CauseKind {
    /// A rule of the language, whatever is judged.
    Language,
    /// A crate below what is judged, which nobody edits.
    Below,
    /// Several places of what is judged, of which each is enough.
    Twice,
}

/// The kinds by their names.
const KINDS: &[(&str, CauseKind)] = &[
    ("language", CauseKind::Language),
    ("below", CauseKind::Below),
    ("twice", CauseKind::Twice),
];

/// An argument has so many words at least.
const WORDS: usize = 3;

impl Cause {
    /// Reads `KIND, why`, or says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (name, why) = text.split_once(',').unwrap_or((text, ""));
        let (name, why) = (name.trim(), why.trim());
        let kind = KINDS.iter().find(|(known, _)| *known == name);
        let Some((_, kind)) = kind else {
            let names = KINDS.iter().map(|(known, _)| *known);
            let hint = did_you_mean(name, names.clone());
            let names: Vec<&str> = names.collect();
            let known = names.join(", ");
            return Err(format!(
                "unknown kind of cause `{name}`{hint}, known are {known}"
            ));
        };
        if why.split_whitespace().count() < WORDS {
            return Err(format!("the cause `{name}` has no argument"));
        }
        Ok(Self {
            kind: *kind,
            why: why.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_has_a_kind_and_an_argument() {
        let cause = Cause::parse("language, a value is moved once").expect("it is in order");
        assert_eq!(cause.kind, CauseKind::Language);
        assert_eq!(cause.why, "a value is moved once");
        let refused = |text| Cause::parse(text).expect_err("it is refused");
        assert!(refused("langauge, a value is moved").contains("did you mean `language`?"));
        assert!(refused("language").contains("no argument"));
        assert!(refused("language, so").contains("no argument"));
    }
}
