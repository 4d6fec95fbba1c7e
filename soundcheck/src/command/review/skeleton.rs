//! What an item promises: its text without bodies, comments and private parts
//! of impls.
//!
//! Owns which members count as public, and what a change of an item is.

use quote::ToTokens as _;
use syn::visit_mut::VisitMut;
use syn::ImplItem;
use syn::Item;
use syn::TraitItem;
use syn::Visibility;

/// The name of an item and who may see it; that of a `use` is empty.
pub fn declared(item: &Item) -> Option<(String, &Visibility)> {
    let (name, visibility) = match item {
        Item::Const(item) => (&item.ident, &item.vis),
        Item::Enum(item) => (&item.ident, &item.vis),
        Item::Fn(item) => (&item.sig.ident, &item.vis),
        Item::Mod(item) => (&item.ident, &item.vis),
        Item::Static(item) => (&item.ident, &item.vis),
        Item::Struct(item) => (&item.ident, &item.vis),
        Item::Trait(item) => (&item.ident, &item.vis),
        Item::TraitAlias(item) => (&item.ident, &item.vis),
        Item::Type(item) => (&item.ident, &item.vis),
        Item::Union(item) => (&item.ident, &item.vis),
        Item::Use(item) => return Some((String::new(), &item.vis)),
        _ => return None,
    };
    Some((name.to_string(), visibility))
}

/// Whether an item is declared under a name.
pub fn is_named(item: &Item, name: &str) -> bool {
    declared(item).is_some_and(|(declared, _)| declared == name)
}

/// Whether an item is left out of the documentation.
pub fn is_hidden(item: &Item) -> bool {
    let attributes = match item {
        Item::Fn(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        _ => return false,
    };
    has_hidden(attributes)
}

/// Whether a member of an impl is left out of the documentation.
pub fn is_hidden_member(member: &ImplItem) -> bool {
    match member {
        ImplItem::Const(member) => has_hidden(&member.attrs),
        ImplItem::Fn(member) => has_hidden(&member.attrs),
        _ => false,
    }
}

fn has_hidden(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident("doc") && list.tokens.to_string() == "hidden",
        _ => false,
    })
}

/// Whether a macro is for other crates.
pub fn is_exported(item: &syn::ItemMacro) -> bool {
    let mut attributes = item.attrs.iter();
    attributes.any(|attribute| attribute.path().is_ident("macro_export"))
}

/// The name of a member of a trait.
pub fn trait_member(member: &TraitItem) -> Option<String> {
    let name = match member {
        TraitItem::Const(member) => &member.ident,
        TraitItem::Fn(member) => &member.sig.ident,
        TraitItem::Type(member) => &member.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// The name of a member of an impl, if it is public.
pub fn public_member(member: &ImplItem) -> Option<String> {
    let (name, visibility) = match member {
        ImplItem::Const(member) => (&member.ident, &member.vis),
        ImplItem::Fn(member) => (&member.sig.ident, &member.vis),
        ImplItem::Type(member) => (&member.ident, &member.vis),
        _ => return None,
    };
    matches!(visibility, Visibility::Public(_)).then(|| name.to_string())
}

/// What an item promises.
pub fn of_item(item: &Item) -> String {
    let mut item = item.clone();
    if let Item::Trait(item) = &mut item {
        item.items.clear();
    }
    Bare.visit_item_mut(&mut item);
    item.into_token_stream().to_string()
}

/// What a member of a trait promises.
pub fn of_trait_member(member: &TraitItem) -> String {
    let mut member = member.clone();
    Bare.visit_trait_item_mut(&mut member);
    member.into_token_stream().to_string()
}

/// What an impl of a trait promises.
pub fn of_impl(item: &syn::ItemImpl) -> String {
    let mut item = item.clone();
    Bare.visit_item_impl_mut(&mut item);
    item.into_token_stream().to_string()
}

/// What a member of an impl promises; for which types is a part of it.
pub fn of_member(item: &syn::ItemImpl, member: &ImplItem) -> String {
    let mut alone = item.clone();
    alone.items = vec![member.clone()];
    of_impl(&alone)
}

/// Takes away what promises nothing.
struct Bare;

impl VisitMut for Bare {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        let is_said = ["doc", "inline", "expect"];
        attributes.retain(|attribute| !is_said.iter().any(|name| attribute.path().is_ident(name)));
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.clear();
    }
}
