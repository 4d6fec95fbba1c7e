//! The name of a new context, and the forms in which it is written.
//!
//! Owns which names can be used: CamelCase, and not a word that the API or the
//! contract knows already.

use anyhow::Context as _;
use camino::Utf8Path;
use proc_macro2::TokenStream;
use proc_macro2::TokenTree;
use walkdir::WalkDir;

use super::contract::Book;
use super::source::unreadable;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;

/// A name that is CamelCase.
#[derive(Clone, Debug)]
pub struct Name(String);

impl Name {
    /// Takes a name that a type can have.
    pub fn new(name: &str) -> Result<Self, Problem> {
        let starts = name.starts_with(|first: char| first.is_ascii_uppercase());
        let is_camel = starts
            && name.chars().all(|letter| letter.is_ascii_alphanumeric())
            && (name.len() == 1 || name.contains(|letter: char| letter.is_ascii_lowercase()));
        if is_camel && syn::parse_str::<syn::Ident>(name).is_ok() {
            return Ok(Self(name.to_owned()));
        }
        let what = format!("`{name}` is no name for a context");
        Err(Problem::new(what, "give a CamelCase name, such as `Init`"))
    }

    /// The name of the type.
    pub fn type_name(&self) -> &str {
        &self.0
    }

    /// The name of the state: `ModeSet` is `mode-set`.
    pub fn state(&self) -> String {
        let mut state = String::with_capacity(self.0.len() + 2);
        for letter in self.0.chars() {
            if letter.is_ascii_uppercase() && !state.is_empty() {
                state.push('-');
            }
            state.push(letter.to_ascii_lowercase());
        }
        state
    }

    /// The words for a device in that context.
    pub fn device(&self) -> String {
        let article = match self.0.starts_with(['A', 'E', 'I', 'O', 'U']) {
            true => "an",
            false => "a",
        };
        format!("{article} `{}` device", self.0)
    }

    /// Refuses a name that is taken: by a state of the contract, or by any word
    /// of the module that the context joins.
    pub fn refuse_known(&self, root: &Utf8Path, book: &Book) -> anyhow::Result<()> {
        let name = self.type_name();
        if book.has_state(&self.state()) {
            let what = format!("{} has a state `{}` already", book.path(), self.state());
            let next = format!("choose another name than `{name}`");
            return Err(InputError::one(Problem::new(what, next)).into());
        }
        for entry in WalkDir::new(root.join("api/src/drm")).sort_by_file_name() {
            let entry = entry?;
            let file = Utf8Path::from_path(entry.path()).context("a path is not UTF-8")?;
            if file.extension() != Some("rs") {
                continue;
            }
            let path = file.strip_prefix(root)?;
            let text = std::fs::read_to_string(file)?;
            let tokens: TokenStream = text
                .parse()
                .map_err(|error| InputError::one(unreadable(path, &error)))?;
            if mentions(tokens, name) {
                let next = "choose another name, or take that one away first";
                let problem = Problem::new(format!("`{name}` is known there already"), next);
                return Err(InputError::one(problem.in_file(path)).into());
            }
        }
        Ok(())
    }
}

/// Whether code has a word; what comments say does not count.
fn mentions(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Ident(word) => word == name,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_state_and_an_article() {
        let name = Name::new("ModeSet").expect("the name is CamelCase");
        assert_eq!(name.state(), "mode-set");
        assert_eq!(name.device(), "a `ModeSet` device");
        let name = Name::new("Init").expect("the name is CamelCase");
        assert_eq!(name.device(), "an `Init` device");
    }

    #[test]
    fn other_spellings_are_refused() {
        for name in [
            "", "init", "INIT", "Mode_Set", "Self", "Mode Set", "1Init", "Ünit", "Init;",
        ] {
            let problem = Name::new(name).expect_err("the name is not CamelCase");
            assert!(problem.what.contains("is no name for a context"), "{name}");
        }
    }
}
