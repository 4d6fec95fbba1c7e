//! The edits of the API: the type of a new context, its place in the list, its
//! export and its line in the table.
//!
//! Owns where they are made, and which words are taken there. Each place is found in the syntax of the file, not
//! in its lines; a file that lacks one, or would not be Rust afterwards, is left
//! alone.

use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use proc_macro2::Ident;
use proc_macro2::TokenStream;
use proc_macro2::TokenTree;
use syn::parse::Parse;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::Attribute;
use syn::Fields;
use syn::Item;
use syn::Meta;
use syn::Token;
use syn::UseTree;
use walkdir::WalkDir;

use super::change::apply;
use super::change::Change;
use super::change::Edit;
use super::name::Name;
use super::place::Place;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;

/// The file with the contexts, below the root.
const CONTEXTS: &str = "api/src/drm/context.rs";

/// The file that exports them.
const MODULE: &str = "api/src/drm/mod.rs";

/// The width of a line of code.
const WIDTH: usize = 100;

/// The edits of the API.
pub fn changes(root: &Utf8Path, name: &Name, place: &Place) -> anyhow::Result<Vec<Change>> {
    Ok(vec![
        change(root, CONTEXTS, |source| {
            Ok(vec![
                source.list(name, place)?,
                source.label(name, place)?,
                source.declaration(name, place)?,
            ])
        })?,
        change(root, MODULE, |source| {
            Ok(vec![source.row(name, place)?, source.export(name, place)?])
        })?,
    ])
}

/// Refuses a name that is any word of the module that the context joins.
pub fn refuse_known(root: &Utf8Path, name: &Name) -> anyhow::Result<()> {
    let name = name.type_name();
    for entry in WalkDir::new(root.join("api/src/drm")).sort_by_file_name() {
        let entry = entry?;
        let file = Utf8Path::from_path(entry.path()).context("a path is not UTF-8")?;
        if file.extension() != Some("rs") {
            continue;
        }
        let path = file.strip_prefix(root)?;
        let text = fs::read_to_string(file)?;
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

/// Whether code has a word; what comments say does not count.
fn mentions(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Ident(word) => word == name,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// What is wrong with a file that is no Rust.
fn unreadable(path: &Utf8Path, error: &dyn std::fmt::Display) -> Problem {
    let what = format!("cannot be parsed: {error}");
    Problem::new(what, "cargo check -p drm-api").in_file(path)
}

fn change(
    root: &Utf8Path,
    path: &str,
    edits: impl Fn(&Source<'_>) -> Result<Vec<Edit>, Problem>,
) -> anyhow::Result<Change> {
    let path = Utf8Path::new(path);
    let old = fs::read_to_string(root.join(path)).map_err(|error| {
        let problem = Problem::new(format!("cannot be read: {error}"), "restore it");
        InputError::one(problem.in_file(path))
    })?;
    let parse = |text: &str| {
        let parsed = syn::parse_file(text);
        parsed.map_err(|error| InputError::one(unreadable(path, &error)))
    };
    let source = Source {
        path,
        text: &old,
        file: parse(&old)?,
    };
    let new = apply(&old, edits(&source).map_err(InputError::one)?);
    parse(&new)?;
    Ok(Change {
        path: path.to_owned(),
        old,
        new,
    })
}

/// A file that is edited.
struct Source<'a> {
    path: &'a Utf8Path,
    text: &'a str,
    file: syn::File,
}

impl Source<'_> {
    fn lacks(&self, text: &str) -> Problem {
        let next = "restore the file, or add the context by hand as the others are";
        Problem::new(format!("`{text}` is not there"), next).in_file(self.path)
    }

    /// What is found in the items, which something must be.
    fn find<'s, T>(
        &'s self,
        wanted: &str,
        find: impl FnMut(&'s Item) -> Option<T>,
    ) -> Result<T, Problem> {
        let found = self.file.items.iter().find_map(find);
        found.ok_or_else(|| self.lacks(wanted))
    }

    /// The list of contexts, with one more.
    fn list(&self, name: &Name, place: &Place) -> Result<Edit, Problem> {
        let list = self.find("contexts!", |item| match item {
            Item::Macro(item) if item.mac.path.is_ident("contexts") => Some(&item.mac),
            _ => None,
        })?;
        let entries = list.parse_body_with(Punctuated::<Entry, Token![,]>::parse_terminated);
        let entries = entries.map_err(|error| unreadable(self.path, &error))?;
        let delimiters = list.delimiter.span();
        let range = delimiters.open().byte_range().end..delimiters.close().byte_range().start;
        let (new, after) = (name.type_name(), place.after.as_str());
        let mut edits = Vec::new();
        if let Some(before) = &place.before {
            let weakens = |entry: &&Entry| entry.is(before) && entry.last() == after;
            let entry = entries.iter().find(weakens);
            let entry = entry.ok_or_else(|| self.lacks(&format!("{before}: {after}")))?;
            edits.push(Edit {
                range: entry.last().span().byte_range(),
                text: new.to_owned(),
            });
        }
        let entry = entries.iter().find(|entry| entry.is(after));
        let entry = entry.ok_or_else(|| self.lacks(&format!("contexts!(.. {after} ..)")))?;
        let is_broken = self.text[range.clone()].contains('\n');
        let gap = if is_broken { ",\n    " } else { ", " };
        let end = entry.last().span().byte_range().end;
        edits.push(Edit::insert(end, format!("{gap}{new}: {after}")));
        for edit in &mut edits {
            edit.range = edit.range.start - range.start..edit.range.end - range.start;
        }
        let mut text = apply(&self.text[range.clone()], edits);
        if !is_broken && "contexts!();".len() + text.len() > WIDTH {
            text = format!("\n    {},\n", text.replace(", ", ",\n    "));
        }
        Ok(Edit { range, text })
    }

    /// What a compiler says about a type that is no context names them all.
    fn label(&self, name: &Name, place: &Place) -> Result<Edit, Problem> {
        let last = format!("`drm::{}`", place.after);
        let end = |token: TokenTree| {
            let range = token.span().byte_range();
            let at = self.text[range.clone()].find(&last)?;
            matches!(token, TokenTree::Literal(_)).then_some(range.start + at + last.len())
        };
        let end = self.find(&last, |item| match item {
            Item::Trait(item) => item
                .attrs
                .iter()
                .find_map(|attribute| match &attribute.meta {
                    Meta::List(list) => list.tokens.clone().into_iter().find_map(end),
                    _ => None,
                }),
            _ => None,
        })?;
        Ok(Edit::insert(end, format!(", `drm::{}`", name.type_name())))
    }

    /// The type, behind that of the context that it weakens to.
    fn declaration(&self, name: &Name, place: &Place) -> Result<Edit, Problem> {
        let after = self.find(&format!("pub struct {};", place.after), |item| match item {
            Item::Struct(item)
                if item.ident == place.after && matches!(item.fields, Fields::Unit) =>
            {
                Some(item)
            }
            _ => None,
        })?;
        let end = after.span().byte_range().end;
        Ok(Edit::insert(end, declaration(name, place)))
    }

    /// The row of the table.
    fn row(&self, name: &Name, place: &Place) -> Result<Edit, Problem> {
        let (new, after) = (name.type_name(), &place.after);
        let cell = format!("[`{after}`]");
        let is_row = |attribute: &&Attribute| {
            let line = &self.text[attribute.span().byte_range()];
            line.starts_with("//!") && line.split('|').nth(1).map(str::trim) == Some(&cell)
        };
        let row = self.file.attrs.iter().find(is_row);
        let row = row.ok_or_else(|| self.lacks(&format!("//! | {cell} |")))?;
        let text = format!(
            "\n//! | [`{new}`] | what [`{after}`] says; the rest is undecided | nothing yet |"
        );
        Ok(Edit::insert(row.span().byte_range().end, text))
    }

    /// The export, beside the others: in their group, or in the order of the
    /// alphabet.
    fn export<'s>(&'s self, name: &Name, place: &Place) -> Result<Edit, Problem> {
        let (new, after) = (name.type_name(), &place.after);
        let exports = |item: &'s Item| match item {
            Item::Use(item) => Some((item.span().byte_range(), names(&item.tree))),
            _ => None,
        };
        let all = || self.file.items.iter().filter_map(exports);
        let found = all().find_map(|(item, names)| {
            let known = names.iter().find(|name| **name == after)?;
            Some((item.start, known.span().byte_range(), names.len()))
        });
        let (start, known, count) =
            found.ok_or_else(|| self.lacks(&format!("pub use self::device::{after};")))?;
        if count > 1 {
            return Ok(Edit::insert(known.end, format!(", {new}")));
        }
        let path = &self.text[start..known.start];
        let beside = all()
            .filter(|(item, names)| names.len() == 1 && self.text[item.clone()].starts_with(path));
        let mut earlier = beside.filter(|(_, names)| names[0].to_string().as_str() < new);
        Ok(match earlier.next_back() {
            Some((item, _)) => Edit::insert(item.end, format!("\n{path}{new};")),
            None => Edit::insert(start, format!("{path}{new};\n")),
        })
    }
}

/// An entry of the list: a context, and what it weakens to.
struct Entry {
    context: Ident,
    weaker: Option<Ident>,
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let context = input.parse()?;
        let colon: Option<Token![:]> = input.parse()?;
        let weaker = colon.map(|_| input.parse()).transpose()?;
        Ok(Self { context, weaker })
    }
}

impl Entry {
    fn is(&self, context: &str) -> bool {
        self.context == context
    }

    fn last(&self) -> &Ident {
        self.weaker.as_ref().unwrap_or(&self.context)
    }
}

/// What an import brings in by its own name.
fn names(tree: &UseTree) -> Vec<&Ident> {
    match tree {
        UseTree::Path(path) => names(&path.tree),
        UseTree::Name(name) => vec![&name.ident],
        UseTree::Group(group) => group.items.iter().flat_map(names).collect(),
        UseTree::Rename(_) | UseTree::Glob(_) => Vec::new(),
    }
}

/// The type, and what its place among the others implies. What it adds to that
/// is said by whoever proposes it.
fn declaration(name: &Name, place: &Place) -> String {
    let (new, after) = (name.type_name(), &place.after);
    let bound = match &place.before {
        None => String::new(),
        Some(before) => format!("/// - Whatever is added is among the invariants of [`{before}`], which weakens to this.\n"),
    };
    format!(
        "

/// A context that weakens to [`{after}`]: what that allows, this allows.
///
/// # Invariants
///
/// - Those of [`{after}`].
/// - Undecided: what else is known. Wherever the API gives such a device, an `INVARIANT:` argues that
///   this holds for as long as the reference lives. Nothing gives one yet.
{bound}pub struct {new};"
    )
}
