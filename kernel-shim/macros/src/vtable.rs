//! `#[vtable]`: constants and types that say what an implementor of a trait has.
//!
//! C tables of functions have null where a driver has no function; the constants are how an
//! abstraction knows. The paths begin with `::kernel`, which is what the crate is called by its
//! users.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, ToTokens};
use syn::{Attribute, Error, ImplItem, Item, ItemImpl, ItemTrait, Result, TraitItem};

/// Expands the attribute on a trait or on an implementation.
pub(crate) fn expand(item: Item) -> Result<TokenStream> {
    match item {
        Item::Trait(item) => Ok(expand_trait(item)),
        Item::Impl(item) => Ok(expand_impl(item)),
        item => Err(Error::new_spanned(
            item,
            "`#[vtable]` belongs on a trait or on an implementation of one",
        )),
    }
}

fn expand_trait(mut item: ItemTrait) -> TokenStream {
    let mut added = vec![TraitItem::Verbatim(quote! {
        /// Required, so that no implementor forgets `#[vtable]`.
        const USE_VTABLE_ATTR: ();
    })];
    let has_owner =
        |item: &TraitItem| matches!(item, TraitItem::Type(t) if t.ident == "OwnerModule");
    if !item.items.iter().any(has_owner) {
        added.push(TraitItem::Verbatim(quote! {
            /// The module that the implementor belongs to; `#[vtable]` sets it to
            /// `crate::LocalModule`.
            type OwnerModule: ::kernel::ModuleMetadata;
        }));
    }
    for method in item.items.iter().filter_map(trait_method) {
        let name = &method.sig.ident;
        let cfgs = cfgs(&method.attrs);
        let has = has_const(name);
        let doc = format!("Whether the implementor has the method `{name}`.");
        added.push(TraitItem::Verbatim(quote! {
            #(#cfgs)*
            #[doc = #doc]
            const #has: bool = false;
        }));
    }
    item.items.extend(added);
    item.into_token_stream()
}

fn expand_impl(mut item: ItemImpl) -> TokenStream {
    let defined: Vec<Ident> = item.items.iter().filter_map(defined_name).collect();
    let mut added = vec![ImplItem::Verbatim(
        quote! { const USE_VTABLE_ATTR: () = (); },
    )];
    if !defined.iter().any(|name| name == "OwnerModule") {
        added.push(ImplItem::Verbatim(quote! {
            type OwnerModule = crate::LocalModule;
        }));
    }
    for member in &item.items {
        let ImplItem::Fn(method) = member else {
            continue;
        };
        let has = has_const(&method.sig.ident);
        if defined.contains(&has) {
            continue;
        }
        let cfgs = cfgs(&method.attrs);
        added.push(ImplItem::Verbatim(quote! {
            #(#cfgs)*
            const #has: bool = true;
        }));
    }
    item.items.extend(added);
    item.into_token_stream()
}

fn trait_method(item: &TraitItem) -> Option<&syn::TraitItemFn> {
    match item {
        TraitItem::Fn(method) => Some(method),
        _ => None,
    }
}

fn defined_name(item: &ImplItem) -> Option<Ident> {
    match item {
        ImplItem::Const(item) => Some(item.ident.clone()),
        ImplItem::Type(item) => Some(item.ident.clone()),
        _ => None,
    }
}

fn has_const(method: &Ident) -> Ident {
    format_ident!(
        "HAS_{}",
        method.to_string().to_uppercase(),
        span = method.span()
    )
}

fn cfgs(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    /// The names of the constants in an expansion, with their values.
    fn constants(expanded: TokenStream) -> Vec<String> {
        let item: Item = syn::parse2(expanded).expect("the expansion is an item");
        let items: Vec<String> = match item {
            Item::Trait(item) => tokens(item.items.iter().filter(|i| is_const(i))),
            Item::Impl(item) => tokens(
                item.items
                    .iter()
                    .filter(|i| matches!(i, ImplItem::Const(_))),
            ),
            _ => panic!("neither a trait nor an implementation"),
        };
        items
    }

    fn is_const(item: &TraitItem) -> bool {
        matches!(item, TraitItem::Const(_))
    }

    fn tokens(items: impl Iterator<Item = impl ToTokens>) -> Vec<String> {
        let text = |item: String| item[item.find("const").unwrap_or(0)..].to_owned();
        items
            .map(|item| text(item.to_token_stream().to_string()))
            .collect()
    }

    #[test]
    fn a_trait_says_that_nothing_is_there() {
        let expanded = expand(parse_quote! {
            trait Operations {
                fn open(&self);
                #[cfg(any())]
                fn close(&self) {}
            }
        });
        let expanded = expanded.expect("a trait is accepted");
        assert!(expanded
            .to_string()
            .contains("type OwnerModule : :: kernel :: ModuleMetadata ;"));
        assert!(expanded.to_string().contains("# [cfg (any ())] # [doc"));
        assert_eq!(
            constants(expanded),
            [
                "const USE_VTABLE_ATTR : () ;",
                "const HAS_OPEN : bool = false ;",
                "const HAS_CLOSE : bool = false ;",
            ]
        );
    }

    #[test]
    fn an_implementation_says_what_is_there() {
        let expanded = expand(parse_quote! {
            impl Operations for Mine {
                const HAS_CLOSE: bool = false;
                fn open(&self) {}
                fn close(&self) {}
            }
        });
        let expanded = expanded.expect("an implementation is accepted");
        assert!(expanded
            .to_string()
            .contains("type OwnerModule = crate :: LocalModule ;"));
        assert_eq!(
            constants(expanded),
            [
                "const HAS_CLOSE : bool = false ;",
                "const USE_VTABLE_ATTR : () = () ;",
                "const HAS_OPEN : bool = true ;",
            ]
        );
    }

    #[test]
    fn the_owner_can_be_named() {
        let expanded = expand(parse_quote! {
            impl Operations for Mine {
                type OwnerModule = Other;
            }
        });
        let expanded = expanded.expect("an implementation is accepted");
        assert!(!expanded.to_string().contains("LocalModule"));
    }

    #[test]
    fn nothing_else_is_accepted() {
        assert!(expand(parse_quote!(
            struct Mine;
        ))
        .is_err());
    }
}
