//! Makes one lifetime of two, of a function or of a bound over every lifetime.

use syn::visit::Visit;
use syn::Lifetime;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::place::Place;
use crate::subject::mutation::quantified::elsewhere;
use crate::subject::mutation::quantified::names;
use crate::subject::mutation::quantified::quantified;
use crate::subject::mutation::quantified::renamed;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The operator.
pub struct MergeLifetimes;

impl Operator for MergeLifetimes {
    fn name(&self) -> &'static str {
        "merge-lifetimes"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A borrow and what is borrowed for longer become one, so one can be stored in the other."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("`registration_data_with` of 7.3 has one lifetime for the data and its borrow (`cases/holes/linux-7.3/data_stored_in_itself.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            for bound in quantified(&place) {
                for pair in names(bound).windows(2) {
                    let text = renamed(source, bound, &pair[1], &pair[0]);
                    let change = Change::replace(source.range(bound), text.clone());
                    let more = elsewhere(source, bound, &text);
                    sites.push(site(&place, pair, vec![change]).or_with(more));
                }
            }
            sites.extend(of_function(source, &place));
        }
        sites
    }
}

fn site(place: &Place<'_>, pair: &[String], changes: Vec<Change>) -> Site {
    let [first, second] = pair else {
        unreachable!("windows of two have two");
    };
    Site::new(
        format!("{}/{first}{second}", place.path),
        format!("{} has one lifetime for {first} and {second}", place.path),
        changes,
    )
}

/// Two lifetimes of a function itself.
fn of_function(source: &Source, place: &Place<'_>) -> Vec<Site> {
    let Some(signature) = place.signature().filter(|_| !place.is_in_trait_impl()) else {
        return Vec::new();
    };
    let params: Vec<_> = signature.generics.lifetimes().collect();
    let merged = params.windows(2).map(|pair| {
        let names = pair.iter().map(|param| param.lifetime.to_string());
        let names: Vec<String> = names.collect();
        let end = source.range(pair[0]).end..source.range(pair[1]).end;
        let mut changes = vec![Change::remove(end)];
        let mut uses = Lifetimes::default();
        signature
            .inputs
            .iter()
            .for_each(|input| uses.visit_fn_arg(input));
        uses.visit_return_type(&signature.output);
        let uses = uses.0.into_iter().filter(|used| **used == pair[1].lifetime);
        changes.extend(uses.map(|used| Change::replace(source.range(used), &names[0])));
        site(place, &names, changes)
    });
    merged.collect()
}

/// The lifetimes of a scope, each where it stands.
#[derive(Default)]
struct Lifetimes<'a>(Vec<&'a Lifetime>);

impl<'a> Visit<'a> for Lifetimes<'a> {
    fn visit_lifetime(&mut self, lifetime: &'a Lifetime) {
        self.0.push(lifetime);
    }
}
