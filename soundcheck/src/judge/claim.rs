//! The claims: what the API promises, one sentence each, from
//! `contracts/claims.toml`.
//!
//! Owns the file's format and its errors. Which cases serve a claim is the
//! business of `corpus`.

use std::collections::BTreeMap;

use camino::Utf8Path;
use serde::Deserialize;
use toml::Spanned;

use crate::ground::problem::line_of;
use crate::ground::problem::Problem;

/// A promise of the API that cases put to the test.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The name that cases use.
    pub id: String,
    /// The promise.
    pub sentence: String,
    /// Where the promise is made.
    pub source: String,
    /// Whether the claim is about names, so that an unresolved name proves it.
    pub naming: bool,
    /// The line of the id in the file.
    pub line: usize,
}

/// All claims by id.
pub type Claims = BTreeMap<String, Claim>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    claim: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    sentence: String,
    source: String,
    #[serde(default)]
    naming: bool,
}

/// Reads the claims from the text of the file at `path`.
pub fn parse(path: &Utf8Path, text: &str) -> Result<Claims, Problem> {
    let file: File = toml::from_str(text).map_err(|error| unreadable(path, text, &error))?;
    let mut claims = Claims::new();
    for entry in file.claim {
        let line = line_of(text, entry.id.span().start);
        let claim = Claim {
            id: entry.id.into_inner(),
            sentence: entry.sentence.trim().to_owned(),
            source: entry.source.trim().to_owned(),
            naming: entry.naming,
            line,
        };
        validate(&claim, &claims).map_err(|problem| problem.in_file(path).at_line(line))?;
        claims.insert(claim.id.clone(), claim);
    }
    Ok(claims)
}

fn unreadable(path: &Utf8Path, text: &str, error: &toml::de::Error) -> Problem {
    let problem = Problem::new(
        error.message().replace('\n', " "),
        "give every [[claim]] an id, a sentence and a source",
    );
    let line = error.span().map_or(1, |span| line_of(text, span.start));
    problem.in_file(path).at_line(line)
}

fn validate(claim: &Claim, known: &Claims) -> Result<(), Problem> {
    let id = &claim.id;
    let is_kebab = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if id.is_empty() || !id.bytes().all(is_kebab) {
        return Err(Problem::new(
            format!("claim id `{id}` is not kebab-case"),
            "use small letters, digits and hyphens",
        ));
    }
    if let Some(first) = known.get(id) {
        return Err(Problem::new(
            format!("duplicate claim id `{id}`, first on line {}", first.line),
            "rename one of them",
        ));
    }
    if claim.sentence.is_empty() || claim.source.is_empty() {
        return Err(Problem::new(
            format!("claim `{id}` has an empty sentence or source"),
            "say what is promised, and where",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "contracts/claims.toml";

    fn read(text: &str) -> Result<Claims, Problem> {
        parse(Utf8Path::new(PATH), text)
    }

    #[test]
    fn a_claim_has_a_sentence_and_a_line() {
        let claims = read("[[claim]]\nid = \"a\"\nsentence = \"It holds.\"\nsource = \"api\"\n");
        let claims = claims.expect("the text is a claim");
        assert_eq!(claims["a"].sentence, "It holds.");
        assert_eq!(claims["a"].line, 2);
        assert!(!claims["a"].naming);
    }

    #[test]
    fn an_unknown_field_is_a_problem_on_its_line() {
        let text = "[[claim]]\nid = \"a\"\nsentence = \"s\"\nsource = \"s\"\nsauce = \"\"\n";
        let problem = read(text).expect_err("`sauce` is no field");
        assert_eq!(problem.line, Some(5));
        assert!(problem.what.contains("sauce"));
    }

    #[test]
    fn a_duplicate_id_names_the_first_line() {
        let entry = "[[claim]]\nid = \"a\"\nsentence = \"s\"\nsource = \"s\"\n";
        let problem = read(&entry.repeat(2)).expect_err("the id is there twice");
        assert_eq!(problem.line, Some(6));
        assert!(problem.what.contains("first on line 2"));
    }
}
