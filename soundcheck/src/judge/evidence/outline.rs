//! What a case declares by itself, and what the words of one place in it lead to.
//!
//! Owns the look at the syntax of a case. It follows a variable to the statement
//! or to the argument that brings it in, and asks no compiler.

use std::collections::BTreeSet;

use proc_macro2::LineColumn;
use proc_macro2::TokenStream;
use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit;
use syn::visit::Visit;

use crate::ground::diagnostic::Region;
use crate::judge::evidence::vocabulary;
use crate::judge::source::Source;
use crate::judge::twin;

/// Words of a program.
pub type Words = BTreeSet<String>;

/// What is known about the text of a case.
#[derive(Debug, Default)]
pub struct Outline {
    /// Types, traits, modules and generics that it declares.
    pub own: Words,
    /// Names that it imports from other crates than those of the language.
    pub imported: Words,
    /// The traits that it declares.
    pub own_traits: Words,
    /// The traits that it implements, each with the words of what for.
    impls: Vec<(String, Words)>,
    /// The words of its twin.
    pub twin: Words,
    /// The functions that its twin declares.
    pub twin_functions: Words,
    functions: Vec<Function>,
    statements: Vec<Statement>,
}

/// A statement, or a macro that is called as an item.
#[derive(Debug)]
struct Statement {
    start: Point,
    end: Point,
    words: Words,
}

/// A line, counted from 1, and a column, counted from 0.
type Point = (usize, usize);

impl Statement {
    fn new(spanned: &(impl ToTokens + Spanned)) -> Self {
        let span = spanned.span();
        let point = |at: LineColumn| (at.line, at.column);
        Self {
            start: point(span.start()),
            end: point(span.end()),
            words: words_of(spanned.to_token_stream()),
        }
    }

    fn contains(&self, point: Point) -> bool {
        self.start <= point && point < self.end
    }
}

#[derive(Debug)]
struct Function {
    lines: std::ops::RangeInclusive<usize>,
    links: Vec<Link>,
}

/// Names that come in together, and the words that they come with.
#[derive(Debug)]
struct Link {
    names: Words,
    words: Words,
}

impl Outline {
    /// Looks at the text of a case.
    pub fn of(text: &str) -> Option<Self> {
        Source::look(text, |source| {
            let mut outline = Self::default();
            outline.visit_file(&source.file);
            let twin = twin::alone(source, text, true);
            outline.twin = twin.parse().map(words_of).unwrap_or_default();
            outline.twin_functions = functions(&twin);
            outline
        })
    }

    /// The words at some regions, and those that their names lead to.
    pub fn reach(&self, text: &str, regions: &[&Region]) -> Words {
        let mut reached = Words::new();
        for region in regions {
            reached.extend(vocabulary::words(&excerpt(text, region)).map(str::to_owned));
        }
        let (line, column) = regions.first().map_or((0, 1), |region| region.start);
        reached.extend(self.innermost((line, column.saturating_sub(1))));
        let around = self.functions.iter().filter(|it| it.lines.contains(&line));
        let links: Vec<&Link> = around.flat_map(|it| &it.links).collect();
        loop {
            let before = reached.len();
            for link in &links {
                if !link.names.is_disjoint(&reached) {
                    reached.extend(link.words.iter().cloned());
                }
            }
            if reached.len() == before {
                return reached;
            }
        }
    }

    /// The words of the smallest statement around a place.
    fn innermost(&self, point: Point) -> Words {
        let around = self.statements.iter().filter(|it| it.contains(point));
        let innermost = around.max_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
        innermost.map_or_else(Words::new, |it| it.words.clone())
    }

    /// Whether a name comes from the case, or from what it imports.
    pub fn declares(&self, name: &str) -> bool {
        self.own.contains(name) || self.imported.contains(name)
    }

    /// Whether the case implements its own trait for something that `is_known`,
    /// or for whatever a generic stands for.
    pub fn implements(&self, name: &str, is_known: impl Fn(&str) -> bool) -> bool {
        let mut impls = self.impls.iter().filter(|(known, _)| known == name);
        impls.any(|(_, words)| words.iter().any(|word| is_known(word)))
    }

    fn function(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let mut binder = Binder::default();
        for argument in &signature.inputs {
            if let syn::FnArg::Typed(typed) = argument {
                binder.bind(typed.pat.to_token_stream(), typed.to_token_stream());
            }
        }
        for generic in signature.generics.type_params() {
            binder.bind(generic.ident.to_token_stream(), generic.to_token_stream());
        }
        binder.visit_block(block);
        let (start, end) = (signature.span().start().line, block.span().end().line);
        let lines = start..=end;
        let links = binder.links;
        self.functions.push(Function { lines, links });
    }

    fn declare(&mut self, name: &syn::Ident) {
        self.own.insert(name.to_string());
    }
}

/// The text in a region, and all of its lines if it has several.
fn excerpt(text: &str, region: &Region) -> String {
    let (start, end) = (region.start, region.end);
    let lines: Vec<&str> = text.lines().collect();
    let lines = lines.get(start.0.saturating_sub(1)..end.0.min(lines.len()));
    match lines {
        Some([line]) => {
            let wanted = line.chars().skip(start.1.saturating_sub(1));
            wanted.take(end.1.saturating_sub(start.1)).collect()
        }
        Some(lines) => lines.join("\n"),
        None => String::new(),
    }
}

fn is_of_language(tree: &syn::UseTree) -> bool {
    match tree {
        syn::UseTree::Path(path) => ["alloc", "core", "std"].iter().any(|it| path.ident == it),
        _ => false,
    }
}

fn words_of(tokens: TokenStream) -> Words {
    let mut words = Words::new();
    let mut open = vec![tokens];
    while let Some(tokens) = open.pop() {
        for token in tokens {
            match token {
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Ident(word) if word == "_" => {}
                TokenTree::Ident(word) => drop(words.insert(word.to_string())),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
    words
}

fn functions(text: &str) -> Words {
    let words: Vec<&str> = vocabulary::words(text).collect();
    let pairs = words.windows(2).filter(|pair| pair[0] == "fn");
    pairs.map(|pair| pair[1].to_owned()).collect()
}

impl<'ast> Visit<'ast> for Outline {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Enum(item) => self.declare(&item.ident),
            syn::Item::Mod(item) => self.declare(&item.ident),
            syn::Item::Struct(item) => self.declare(&item.ident),
            syn::Item::Trait(item) => {
                self.declare(&item.ident);
                self.own_traits.insert(item.ident.to_string());
            }
            syn::Item::Type(item) => self.declare(&item.ident),
            syn::Item::Union(item) => self.declare(&item.ident),
            // A macro may declare what it is given the name of.
            syn::Item::Macro(item) if item.ident.is_none() => {
                self.own.extend(words_of(item.mac.tokens.clone()));
                self.statements.push(Statement::new(item));
            }
            syn::Item::Use(item) if !is_of_language(&item.tree) => {
                self.imported.extend(words_of(item.tree.to_token_stream()));
            }
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if let Some((_, path, _)) = &item.trait_ {
            let name = path.segments.last().map(|last| last.ident.to_string());
            let words = words_of(item.self_ty.to_token_stream());
            self.impls.extend(name.map(|name| (name, words)));
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_stmt(&mut self, statement: &'ast syn::Stmt) {
        self.statements.push(Statement::new(statement));
        visit::visit_stmt(self, statement);
    }

    fn visit_type_param(&mut self, parameter: &'ast syn::TypeParam) {
        self.declare(&parameter.ident);
        visit::visit_type_param(self, parameter);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.block);
        // What a trait dictates may be refused as a whole.
        self.statements.push(Statement::new(&item.sig));
        visit::visit_impl_item_fn(self, item);
    }
}

/// Collects what each statement brings in.
#[derive(Default)]
struct Binder {
    links: Vec<Link>,
}

impl Binder {
    fn bind(&mut self, names: TokenStream, words: TokenStream) {
        let (names, words) = (words_of(names), words_of(words));
        self.links.push(Link { names, words });
    }
}

/// The names in the patterns of a statement.
#[derive(Default)]
struct Patterns {
    names: TokenStream,
}

impl<'ast> Visit<'ast> for Patterns {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        self.names.extend(pattern.ident.to_token_stream());
        visit::visit_pat_ident(self, pattern);
    }
}

impl<'ast> Visit<'ast> for Binder {
    fn visit_stmt(&mut self, statement: &'ast syn::Stmt) {
        let mut patterns = Patterns::default();
        patterns.visit_stmt(statement);
        self.bind(patterns.names, statement.to_token_stream());
        visit::visit_stmt(self, statement);
    }
}
