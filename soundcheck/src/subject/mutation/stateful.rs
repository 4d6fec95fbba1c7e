//! Types with a state parameter, and where a path names such a type in one state.

use camino::Utf8Path;
use camino::Utf8PathBuf;
use syn::spanned::Spanned as _;
use syn::GenericArgument;
use syn::GenericParam;
use syn::PathArguments;

use crate::subject::mutation::facts::Facts;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::last_name;

/// A type whose last type parameter is a state.
#[derive(Clone, Debug)]
pub struct Stateful {
    /// The name of the type.
    pub name: String,
    /// The file that declares it.
    pub file: Utf8PathBuf,
    /// How many type parameters it has.
    pub parameters: usize,
    /// The last name of the trait that states implement.
    pub bound: String,
    /// The default of the parameter.
    pub default: Option<String>,
    /// Its states, as written in the sources, the least known first.
    pub states: Vec<String>,
}

/// A path that names a type in a state.
pub struct InState<'a> {
    /// The type.
    pub of: &'a Stateful,
    /// The state.
    pub state: &'a str,
    /// The argument that names it; without one it is the default.
    pub written: Option<&'a GenericArgument>,
    /// The arguments before it.
    pub others: Vec<&'a GenericArgument>,
}

impl Stateful {
    /// Those that files declare.
    pub fn gather(
        files: &[(&Utf8PathBuf, &String, syn::File)],
        states: &States,
        facts: &Facts,
    ) -> Vec<Self> {
        let mut found = Vec::new();
        for (path, _, file) in files {
            found.extend(file.items.iter().filter_map(|item| match item {
                syn::Item::Struct(item) => Self::new(path, item, states, facts),
                _ => None,
            }));
        }
        found
    }

    /// Looks whether a struct is one, in what is known so far.
    fn new(
        file: &Utf8Path,
        item: &syn::ItemStruct,
        states: &States,
        facts: &Facts,
    ) -> Option<Self> {
        let parameter = match item.generics.params.last()? {
            GenericParam::Type(parameter) => parameter,
            _ => return None,
        };
        let mut bounds = parameter.bounds.iter().filter_map(|bound| match bound {
            syn::TypeParamBound::Trait(bound) => Some(last_name(&bound.path)),
            _ => None,
        });
        let bound = bounds.next()?;
        let default = match &parameter.default {
            Some(syn::Type::Path(path)) => Some(last_name(&path.path)),
            _ => None,
        };
        let of_trait = states_of(&bound, file, facts);
        let is_named = states.bound.as_ref() == Some(&bound)
            || default.as_ref().is_some_and(|name| states.is_state(name));
        let names = match of_trait.len() > 1 {
            true => of_trait,
            false if is_named => states
                .states
                .iter()
                .map(|state| state.name.clone())
                .collect(),
            false => return None,
        };
        // A trait that types of many kinds implement is no set of states.
        (default.is_some() || is_named).then(|| Self {
            name: item.ident.to_string(),
            file: file.to_owned(),
            parameters: item.generics.type_params().count(),
            bound,
            default,
            states: names,
        })
    }

    /// The states other than one, the nearest first.
    pub fn others(&self, state: &str) -> Vec<&str> {
        let place = self.states.iter().position(|name| name == state);
        let place = place.unwrap_or_default();
        let mut others: Vec<(usize, &str)> = self
            .states
            .iter()
            .enumerate()
            .filter(|(index, _)| *index != place)
            .map(|(index, name)| (index.abs_diff(place), name.as_str()))
            .collect();
        others.sort_by_key(|(distance, _)| *distance);
        others.into_iter().map(|(_, name)| name).collect()
    }
}

impl InState<'_> {
    /// The change that names another state, in the path that this was found in.
    pub fn replaced(&self, path: &syn::Path, state: &str) -> Change {
        match (self.written, self.others.last()) {
            (Some(written), _) => Change::replace(written.span().byte_range(), state),
            (None, Some(last)) => {
                Change::insert(last.span().byte_range().end, format!(", {state}"))
            }
            (None, None) => Change::insert(path.span().byte_range().end, format!("<{state}>")),
        }
    }

    /// The type in another state, as code says it.
    pub fn spelled(&self, text: &str, path: &syn::Path, state: &str) -> String {
        let whole = path.span().byte_range();
        let Change {
            range, text: new, ..
        } = self.replaced(path, state);
        format!(
            "{}{new}{}",
            &text[whole.start..range.start],
            &text[range.end..whole.end]
        )
    }
}

/// What a path says of a type with a state, if it does; the likeliest types of its name come first.
pub fn in_state<'a>(path: &'a syn::Path, likely: &[&'a Stateful]) -> Option<InState<'a>> {
    let last = path.segments.last()?;
    if path.segments.first()?.ident == "Self" {
        return None;
    }
    let all: Vec<&GenericArgument> = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect(),
        _ => Vec::new(),
    };
    let types = all
        .iter()
        .filter(|argument| matches!(argument, GenericArgument::Type(_)));
    let count = types.count();
    let explicit = likely.iter().find_map(|of| explicit(of, &all, count));
    explicit.or_else(|| omitted(likely, all, count))
}

fn explicit<'a>(
    of: &'a Stateful,
    all: &[&'a GenericArgument],
    count: usize,
) -> Option<InState<'a>> {
    let (written, others) = all.split_last()?;
    let GenericArgument::Type(syn::Type::Path(argument)) = written else {
        return None;
    };
    let state = last_name(&argument.path);
    let state = of.states.iter().find(|name| bare(name) == state)?;
    (count == of.parameters).then(|| InState {
        of,
        state,
        written: Some(written),
        others: others.to_vec(),
    })
}

/// The default, if the likeliest type that fits lacks an argument; else the last one is no state.
fn omitted<'a>(
    likely: &[&'a Stateful],
    others: Vec<&'a GenericArgument>,
    count: usize,
) -> Option<InState<'a>> {
    let mut fitting = likely.iter();
    let of = fitting.find(|of| [count, count + 1].contains(&of.parameters))?;
    let default = of.default.as_deref()?;
    let state = of.states.iter().find(|name| bare(name) == default)?;
    (of.parameters == count + 1).then_some(InState {
        of,
        state,
        written: None,
        others,
    })
}

/// A state without its arguments.
pub fn bare(state: &str) -> &str {
    state.split('<').next().unwrap_or(state)
}

/// What implements a trait beside its declaration that is nearest to a file.
fn states_of(bound: &str, file: &Utf8Path, facts: &Facts) -> Vec<String> {
    let declared = facts.declared.iter().filter(|fact| fact.name == bound);
    let nearest = declared.max_by_key(|fact| {
        let shared = fact.file.components().zip(file.components());
        shared.take_while(|(one, other)| one == other).count()
    });
    let Some(nearest) = nearest else {
        return Vec::new();
    };
    let beside = facts.impls.iter().filter(|fact| fact.file == nearest.file);
    let of_it = beside.filter(|fact| fact.what == bound);
    of_it.map(|fact| fact.of.clone()).collect()
}
