//! Code that is added after an item: impls for a type of the sources, over its own parameters.

use syn::spanned::Spanned as _;
use syn::Generics;

use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::syntax::arguments;

/// A site that adds `impl Trait for Type { body }` behind the declaration of a struct.
pub fn added_impl(
    source: &Source,
    place: &Place<'_>,
    item: &syn::ItemStruct,
    what: &str,
    body: &str,
) -> Site {
    let (parameters, clause) = declared(source, &item.generics);
    let of = applied(&item.ident.to_string(), &item.generics);
    let (keyword, name) = match what.strip_prefix("unsafe ") {
        Some(name) => ("unsafe ", name),
        None => ("", what),
    };
    let text = format!(
        "\n\n// SAFETY: A mutant.\n{keyword}impl{parameters} {name} for {of} {clause}{{{body}}}\n"
    );
    let end = source.range(item).end;
    let last = name.rsplit("::").next().unwrap_or(name);
    let what = format!("{} implements {last}", place.path);
    Site::new(place.path.clone(), what, vec![Change::insert(end, text)])
}

/// Sites that add `unsafe impl` of an auto trait for each struct that a field keeps on one thread.
pub fn added_to_bound(source: &Source, name: &str) -> Vec<Site> {
    let places = source.places();
    let wanted = hiding(&places).into_iter().filter(|(_, item)| {
        !source.facts.implements(&item.ident.to_string(), name)
            && item.fields.iter().any(|field| binds(source, field))
    });
    let what = format!("unsafe {name}");
    wanted
        .map(|(place, item)| added_impl(source, place, item, &what, ""))
        .collect()
}

/// The parameters of an impl with their bounds, and the where clause with a space behind it.
pub fn declared(source: &Source, generics: &Generics) -> (String, String) {
    let parameters: Vec<String> = generics
        .params
        .iter()
        .map(|param| {
            let text = source.text_of(param);
            let without_default = text.split('=').next().unwrap_or(text);
            without_default.trim().to_owned()
        })
        .collect();
    let clause = generics.where_clause.as_ref();
    let clause = clause.map(|clause| format!("{} ", &source.text[clause.span().byte_range()]));
    let parameters = match parameters.is_empty() {
        true => String::new(),
        false => format!("<{}>", parameters.join(", ")),
    };
    (parameters, clause.unwrap_or_default())
}

/// A type with its own parameters as arguments.
pub fn applied(name: &str, generics: &Generics) -> String {
    let arguments = arguments(generics);
    match arguments.is_empty() {
        true => name.to_owned(),
        false => format!("{name}<{}>", arguments.join(", ")),
    }
}

/// The public structs of a file that have something to hide: a field that is not public.
pub fn hiding<'a>(places: &'a [Place<'a>]) -> Vec<(&'a Place<'a>, &'a syn::ItemStruct)> {
    let of = |place: &'a Place<'a>| Some((place, place.as_struct()?));
    let structs = places.iter().filter_map(of);
    let wanted = structs.filter(|(_, item)| {
        let mut fields = item.fields.iter();
        matches!(item.vis, syn::Visibility::Public(_))
            && fields.any(|field| !matches!(field.vis, syn::Visibility::Public(_)))
    });
    wanted.collect()
}

/// Whether a field keeps its type on one thread, or depends on a parameter that may.
fn binds(source: &Source, field: &syn::Field) -> bool {
    let signs = [
        "NotThreadSafe",
        "*mut",
        "*const",
        "NonNull",
        "Cell",
        "Opaque",
        "PhantomData",
    ];
    let text = source.text_of(&field.ty);
    signs.iter().any(|sign| text.contains(sign))
}
