//! One item of a file, or of an impl or a trait, with its path; and how to ask about it.

use syn::Attribute;
use syn::Block;
use syn::Generics;
use syn::ImplItem;
use syn::Item;
use syn::ItemImpl;
use syn::ItemTrait;
use syn::Signature;
use syn::TraitItem;
use syn::Visibility;

/// An item with its path.
#[derive(Clone)]
pub struct Place<'a> {
    /// The path, without spaces.
    pub path: String,
    /// The item.
    pub node: Node<'a>,
    /// Whether some other file or crate could name it: no module around it is private.
    pub is_open: bool,
}

/// Where an item lies.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    /// In a module.
    Item(&'a Item),
    /// In an impl.
    Impl(&'a ItemImpl, &'a ImplItem),
    /// In a trait.
    Trait(&'a ItemTrait, &'a TraitItem),
}

impl<'a> Place<'a> {
    /// The item, if it lies in a module.
    pub fn item(&self) -> Option<&'a Item> {
        match self.node {
            Node::Item(item) => Some(item),
            _ => None,
        }
    }

    /// The impl, if it is one.
    pub fn as_impl(&self) -> Option<&'a ItemImpl> {
        match self.item()? {
            Item::Impl(item) => Some(item),
            _ => None,
        }
    }

    /// The struct, if it is one.
    pub fn as_struct(&self) -> Option<&'a syn::ItemStruct> {
        match self.item()? {
            Item::Struct(item) => Some(item),
            _ => None,
        }
    }

    /// The trait, if it is one.
    pub fn as_trait(&self) -> Option<&'a ItemTrait> {
        match self.item()? {
            Item::Trait(item) => Some(item),
            _ => None,
        }
    }

    /// The impl that it is in.
    pub fn within_impl(&self) -> Option<&'a ItemImpl> {
        match self.node {
            Node::Impl(around, _) => Some(around),
            _ => None,
        }
    }

    /// Whether it is in an impl of a trait.
    pub fn is_in_trait_impl(&self) -> bool {
        self.within_impl()
            .is_some_and(|around| around.trait_.is_some())
    }

    /// The signature of a function.
    pub fn signature(&self) -> Option<&'a Signature> {
        match self.node {
            Node::Item(Item::Fn(item)) => Some(&item.sig),
            Node::Impl(_, ImplItem::Fn(item)) => Some(&item.sig),
            Node::Trait(_, TraitItem::Fn(item)) => Some(&item.sig),
            _ => None,
        }
    }

    /// The body of a function.
    pub fn block(&self) -> Option<&'a Block> {
        match self.node {
            Node::Item(Item::Fn(item)) => Some(&item.block),
            Node::Impl(_, ImplItem::Fn(item)) => Some(&item.block),
            Node::Trait(_, TraitItem::Fn(item)) => item.default.as_ref(),
            _ => None,
        }
    }

    /// Its type parameters and where clause.
    pub fn generics(&self) -> Option<&'a Generics> {
        match self.node {
            Node::Item(item) => match item {
                Item::Struct(item) => Some(&item.generics),
                Item::Enum(item) => Some(&item.generics),
                Item::Union(item) => Some(&item.generics),
                Item::Trait(item) => Some(&item.generics),
                Item::Impl(item) => Some(&item.generics),
                Item::Type(item) => Some(&item.generics),
                Item::Fn(item) => Some(&item.sig.generics),
                _ => None,
            },
            Node::Impl(_, ImplItem::Type(item)) => Some(&item.generics),
            Node::Trait(_, TraitItem::Type(item)) => Some(&item.generics),
            _ => self.signature().map(|signature| &signature.generics),
        }
    }

    /// Who may see it, where something can be said about that.
    pub fn visibility(&self) -> Option<&'a Visibility> {
        match self.node {
            Node::Item(item) => match item {
                Item::Struct(item) => Some(&item.vis),
                Item::Enum(item) => Some(&item.vis),
                Item::Union(item) => Some(&item.vis),
                Item::Trait(item) => Some(&item.vis),
                Item::Type(item) => Some(&item.vis),
                Item::Fn(item) => Some(&item.vis),
                Item::Mod(item) => Some(&item.vis),
                Item::Const(item) => Some(&item.vis),
                Item::Static(item) => Some(&item.vis),
                Item::Use(item) => Some(&item.vis),
                _ => None,
            },
            Node::Impl(around, _) if around.trait_.is_some() => None,
            Node::Impl(_, ImplItem::Fn(item)) => Some(&item.vis),
            Node::Impl(_, ImplItem::Const(item)) => Some(&item.vis),
            Node::Impl(_, ImplItem::Type(item)) => Some(&item.vis),
            _ => None,
        }
    }

    /// Whether it is a function that only its own module knows.
    pub fn is_private(&self) -> bool {
        let is_hidden = matches!(self.visibility(), Some(Visibility::Inherited));
        self.signature().is_some() && is_hidden
    }

    /// Its attributes.
    pub fn attrs(&self) -> &'a [Attribute] {
        match self.node {
            Node::Item(item) => item_attrs(item),
            Node::Impl(_, ImplItem::Fn(item)) => &item.attrs,
            Node::Impl(_, ImplItem::Const(item)) => &item.attrs,
            Node::Impl(_, ImplItem::Type(item)) => &item.attrs,
            Node::Trait(_, TraitItem::Fn(item)) => &item.attrs,
            Node::Trait(_, TraitItem::Const(item)) => &item.attrs,
            Node::Trait(_, TraitItem::Type(item)) => &item.attrs,
            _ => &[],
        }
    }
}

/// The attributes of an item.
pub fn item_attrs(item: &Item) -> &[Attribute] {
    match item {
        Item::Struct(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Const(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        _ => &[],
    }
}
