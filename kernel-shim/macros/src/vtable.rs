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
