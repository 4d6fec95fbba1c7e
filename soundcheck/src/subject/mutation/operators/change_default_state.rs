//! Changes or drops the default of a state parameter.

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::stateful::bare;
use crate::subject::mutation::states::States;

/// The operator.
pub struct ChangeDefaultState;

impl Operator for ChangeDefaultState {
    fn name(&self) -> &'static str {
        "change-default-state"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "A type without a written state claims to know something."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(item) = place.as_struct() else {
                continue;
            };
            let mut of = source.stateful.iter();
            let of = of.find(|of| item.ident == of.name && source.path == of.file);
            let param = item.generics.type_params().last();
            let (Some(of), Some(param)) = (of, param) else {
                continue;
            };
            let (Some(sign), Some(default)) = (&param.eq_token, &param.default) else {
                continue;
            };
            let (sign, range) = (source.range(sign), source.range(default));
            let written: Vec<Change> = source.written_out(of, source.text_of(default));
            sites.push(
                Site::new(
                    format!("{}/none", place.path),
                    format!("{} has no default state", place.path),
                    vec![Change::remove(sign.start..range.end)],
                )
                .or_with(written.clone()),
            );
            for other in of.others(of.default.as_deref().unwrap_or_default()) {
                let new = source.beside(&item.ident.clone().into(), of, other);
                let site = Site::new(
                    format!("{}/{}", place.path, bare(other)),
                    format!("{} is {other} by default", place.path),
                    vec![Change::replace(range.clone(), new)],
                );
                sites.push(site.or_with(written.clone()));
            }
        }
        sites
    }
}
