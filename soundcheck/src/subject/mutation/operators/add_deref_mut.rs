//! Adds `DerefMut` to what derefs only to a shared reference.

use crate::subject::mutation::added::declared;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::head;
use crate::subject::mutation::syntax::last_name;

/// The operator.
pub struct AddDerefMut;

impl Operator for AddDerefMut {
    fn name(&self) -> &'static str {
        "add-deref-mut"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "Safe code moves or swaps what others share or C code points to."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(item) = place.as_impl() else {
                continue;
            };
            let Some((_, path, _)) = &item.trait_ else {
                continue;
            };
            let name = head(&item.self_ty).unwrap_or_default();
            if last_name(path) != "Deref" || source.facts.implements(&name, "DerefMut") {
                continue;
            }
            let (parameters, clause) = declared(source, &item.generics);
            let of = source.text_of(&item.self_ty);
            let text =
                format!("\n\nimpl{parameters} core::ops::DerefMut for {of} {clause}{{{CODE}}}\n");
            sites.push(Site::new(
                place.path.clone(),
                format!("{of} has DerefMut"),
                vec![Change::insert(source.range(item).end, text)],
            ));
        }
        sites
    }
}

const CODE: &str = "
    fn deref_mut(&mut self) -> &mut Self::Target {
        // SAFETY: A mutant.
        unsafe { &mut *core::ptr::from_ref(&**self).cast_mut() }
    }
";
