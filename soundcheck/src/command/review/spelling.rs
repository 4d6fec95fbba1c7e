//! How types, paths and exports are spelled in the names of items.
//!
//! Owns the agreement with `matrix`, which has its names from rustdoc: the last
//! word of a path with its arguments, without lifetimes.

use syn::GenericArgument;
use syn::Path;
use syn::PathArguments;
use syn::PathSegment;
use syn::Type;
use syn::UseTree;

/// The names of the type parameters of an impl.
pub fn parameters(generics: &syn::Generics) -> Vec<String> {
    let parameters = generics.type_params();
    parameters
        .map(|parameter| parameter.ident.to_string())
        .collect()
}

/// The last segment of the path that a type is.
pub fn last(known: &Type) -> Option<&PathSegment> {
    match known {
        Type::Path(known) if known.qself.is_none() => known.path.segments.last(),
        Type::Group(known) => last(&known.elem),
        Type::Paren(known) => last(&known.elem),
        _ => None,
    }
}

/// A path: its last word with arguments, or two if it begins with a parameter.
pub fn path(path: &Path, generics: &[String]) -> String {
    let Some(last) = path.segments.last() else {
        return String::new();
    };
    let word = format!("{}{}", last.ident, arguments(last, generics));
    let first = path.segments.first().map(|first| first.ident.to_string());
    let first = first.filter(|first| path.segments.len() > 1 && generics.contains(first));
    match first {
        Some(first) => format!("{first}::{word}"),
        None => word,
    }
}

/// The arguments of a segment, without lifetimes.
pub fn arguments(segment: &PathSegment, generics: &[String]) -> String {
    let PathArguments::AngleBracketed(known) = &segment.arguments else {
        return String::new();
    };
    let words = known.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(known) => Some(type_name(known, generics)),
        GenericArgument::Const(known) => Some(quote::quote!(#known).to_string()),
        _ => None,
    });
    let words: Vec<String> = words.collect();
    match words.as_slice() {
        [] => String::new(),
        words => format!("<{}>", words.join(", ")),
    }
}

fn type_name(known: &Type, generics: &[String]) -> String {
    match known {
        Type::Path(known) => match &known.qself {
            Some(own) => {
                let word = path(&known.path, &[]);
                format!("{}::{word}", type_name(&own.ty, generics))
            }
            None => path(&known.path, generics),
        },
        Type::Reference(known) => format!("&{}", type_name(&known.elem, generics)),
        _ => "_".to_owned(),
    }
}

/// The name under which everything of a module is exported.
pub const GLOB: &str = "*";

/// The paths that a name may stand for by a `use` in a module.
pub fn imports(item: &syn::ItemUse, module: &[String], name: &str) -> Vec<Vec<String>> {
    let exports = exports(&item.tree, module).into_iter();
    let paths = exports.filter_map(|(known, mut path)| match known.as_str() {
        GLOB => {
            path.push(name.to_owned());
            Some(path)
        }
        known => (known == name).then_some(path),
    });
    paths.collect()
}

/// What a `use` in a module exports: names, and the paths below the crate that
/// they stand for.
pub fn exports(tree: &UseTree, module: &[String]) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    collect(tree, Vec::new(), &mut found);
    let resolve = |(name, path): (String, Vec<String>)| Some((name, resolved(path, module)?));
    found.into_iter().filter_map(resolve).collect()
}

fn collect(tree: &UseTree, mut path: Vec<String>, found: &mut Vec<(String, Vec<String>)>) {
    match tree {
        UseTree::Path(tree_path) => {
            path.push(tree_path.ident.to_string());
            collect(&tree_path.tree, path, found);
        }
        UseTree::Name(name) => {
            path.push(name.ident.to_string());
            found.push((name.ident.to_string(), path));
        }
        UseTree::Rename(name) => {
            path.push(name.ident.to_string());
            found.push((name.rename.to_string(), path));
        }
        UseTree::Group(group) => {
            let trees = group.items.iter();
            trees.for_each(|tree| collect(tree, path.clone(), found));
        }
        UseTree::Glob(_) => found.push((GLOB.to_owned(), path)),
    }
}

fn resolved(path: Vec<String>, module: &[String]) -> Option<Vec<String>> {
    let mut base = module.to_vec();
    let mut rest = path.as_slice();
    match rest.first()?.as_str() {
        "crate" => {
            base.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        _ => {}
    }
    while rest.first().is_some_and(|word| word == "super") {
        base.pop();
        rest = &rest[1..];
    }
    base.extend_from_slice(rest);
    Some(base)
}
