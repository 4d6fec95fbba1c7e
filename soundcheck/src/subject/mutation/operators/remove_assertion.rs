//! Removes an assertion, in macros too.

use proc_macro2::Delimiter;
use proc_macro2::TokenStream;
use proc_macro2::TokenTree;
use std::ops::Range;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::expressions;
use crate::subject::mutation::syntax::one_line;
use crate::subject::mutation::tokens::as_group;
use crate::subject::mutation::tokens::is_sign;
use crate::subject::mutation::tokens::rows;

/// The operator.
pub struct RemoveAssertion;

impl Operator for RemoveAssertion {
    fn name(&self) -> &'static str {
        "remove-assertion"
    }

    fn effect(&self) -> Effect {
        Effect::Types
    }

    fn stands_for(&self) -> &'static str {
        "What the code relies on is no longer checked, when it is compiled or when it runs."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        // Reading the tokens takes longer than all else.
        if !source.text.contains("assert") {
            return sites;
        }
        let tokens: TokenStream = source.text.parse().unwrap_or_default();
        for (_, row) in rows("", tokens) {
            for at in 0..row.len() {
                if let Some((range, is_alone)) = assertion(source, &row, at) {
                    let text = if is_alone { "" } else { "()" };
                    sites.extend(site(source, range, text));
                }
            }
        }
        for place in source.places() {
            for expr in place.block().into_iter().flat_map(expressions) {
                if let syn::Expr::Const(block) = expr {
                    let text = source.text_of(block);
                    if text.contains("assert") && !text.contains('!') {
                        sites.extend(site(source, source.range(block), "()"));
                    }
                }
            }
        }
        sites.sort_by_key(|site| site.changes.first().map(|change| change.range.start));
        sites
    }
}

fn site(source: &Source, range: Range<usize>, text: &str) -> Option<Site> {
    let path = source.path_at(range.start)?;
    let what = one_line(&source.text[range.clone()]);
    let before = &source.text[..range.start];
    let line = before
        .rfind("fn ")
        .map_or("", |at| &before[at.saturating_sub(20)..]);
    let runs = what.starts_with("debug_")
        || !(line.contains("const fn") || line.contains("const {") || line.contains("const _"));
    let site = Site::new(
        path,
        format!("there is no `{what}`"),
        vec![Change::replace(range, text)],
    );
    Some(match runs {
        true => site.with_effect(Effect::Bodies),
        false => site,
    })
}

/// The assertion that begins at a token, its path included, and whether it is a statement.
fn assertion(source: &Source, row: &[TokenTree], at: usize) -> Option<(Range<usize>, bool)> {
    let TokenTree::Ident(ident) = row.get(at)? else {
        return None;
    };
    let name = ident.to_string();
    let group = row.get(at + 2);
    let is_call = is_sign(row.get(at + 1), '!')
        && [Delimiter::Parenthesis, Delimiter::Bracket, Delimiter::Brace]
            .iter()
            .any(|delimiter| as_group(group, *delimiter).is_some());
    if !is_call || !name.split('_').any(|word| word == "assert") {
        return None;
    }
    let mut first = at;
    while first >= 1 && (is_sign(row.get(first - 1), ':') || is_segment(row, first)) {
        first -= 1;
    }
    first -= usize::from(first > 0 && is_sign(row.get(first - 1), '$'));
    let start = row[first].span().byte_range().start;
    let end = group?.span().byte_range().end;
    let before = source.text[..start].trim_end();
    let is_alone = is_sign(row.get(at + 3), ';') && !before.ends_with(['=', '>']);
    let end = if is_alone {
        row[at + 3].span().byte_range().end
    } else {
        end
    };
    Some((start..end, is_alone))
}

/// Whether the token before is a name that leads to what follows.
fn is_segment(row: &[TokenTree], at: usize) -> bool {
    matches!(row.get(at - 1), Some(TokenTree::Ident(_))) && is_sign(row.get(at), ':')
}
