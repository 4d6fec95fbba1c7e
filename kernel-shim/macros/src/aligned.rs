//! References to fields, for the compiler to refuse those that `repr(packed)` misplaces.
//!
//! Owns what `#[pin_data]` and the initialiser macros add to those of `pinned-init`, which writes
//! to fields, pins and drops them by pointers that nobody has checked (E0793 for references).

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{quote, ToTokens};
use syn::parse::{Parse, ParseStream};
use syn::{braced, Attribute, Error, Expr, FieldsNamed, Result, Token};

/// A function that borrows each field of a struct, given as `pinned_init::__pin_data!` gets it.
pub(crate) fn declaration(input: TokenStream) -> Result<TokenStream> {
    let parts = Parts::of(input);
    let (name, bounds) = parts.name_and_bounds()?;
    let (generics, arguments) = (parts.get("impl_generics")?, parts.get("ty_generics")?);
    let fields: FieldsNamed = syn::parse2(parts.get("body")?)?;
    let borrows = fields.named.iter().filter_map(|field| {
        let name = field.ident.as_ref()?;
        let conditions = field.attrs.iter().filter(|it| is_condition(it));
        Some(quote! { #(#conditions)* let _ = &this.#name; })
    });
    Ok(quote! {
        const _: () = {
            fn _borrows_each_field<#generics>(this: &#name<#arguments>) #bounds { #(#borrows)* }
        };
    })
}

/// A call of an initialiser macro of `pinned-init` that also borrows each field that it mentions.
pub(crate) fn initialiser(call: Initialiser) -> TokenStream {
    let Initialiser {
        path,
        check,
        this,
        head,
        mut fields,
        tail,
    } = call;
    if fields.list.is_empty() {
        let fields = fields.rest;
        return quote! { #path!(#head { #fields } #tail) };
    }
    let this = this.unwrap_or_else(|| Ident::new("this", Span::mixed_site()));
    let names = fields.list.iter().map(|field| &field.name);
    let check = quote! { #check(#this, |it| { #(let _ = &it.#names;)* }); };
    fields.list[0].check = check;
    let (list, rest) = (fields.list, fields.rest);
    quote! { #path!(&#this in #head { #(#list,)* #rest } #tail) }
}

/// The parts of a declaration, each `@name(…)`.
struct Parts(Vec<(String, TokenStream)>);

impl Parts {
    fn of(input: TokenStream) -> Self {
        let mut name = String::new();
        let mut parts = Vec::new();
        for token in input {
            match token {
                TokenTree::Ident(it) => name = it.to_string(),
                TokenTree::Group(it) => parts.push((std::mem::take(&mut name), it.stream())),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
        Self(parts)
    }

    fn get(&self, name: &str) -> Result<TokenStream> {
        let found = self.0.iter().find(|(known, _)| known == name);
        let missing = || Error::new(Span::call_site(), format!("`@{name}` is missing"));
        found.map(|(_, part)| part.clone()).ok_or_else(missing)
    }

    /// What follows `struct`: the name, and the bounds behind it.
    fn name_and_bounds(&self) -> Result<(TokenTree, TokenStream)> {
        let is_struct = |token: &TokenTree| matches!(token, TokenTree::Ident(it) if it == "struct");
        let sig = self.get("sig")?;
        let mut tokens = sig.into_iter().skip_while(|it| !is_struct(it)).skip(1);
        let name = tokens.next();
        let name = name.ok_or_else(|| Error::new(Span::call_site(), "a struct has a name"))?;
        Ok((name, tokens.collect()))
    }
}

fn is_condition(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
}

/// `{macro} {check} {this?} {Type} { fields } {? Error}`.
pub(crate) struct Initialiser {
    path: TokenStream,
    check: TokenStream,
    this: Option<Ident>,
    head: TokenStream,
    fields: Fields,
    tail: TokenStream,
}

impl Parse for Initialiser {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        Ok(Self {
            path: in_braces(input)?,
            check: in_braces(input)?,
            this: in_braces(input)?,
            head: in_braces(input)?,
            fields: in_braces(input)?,
            tail: in_braces(input)?,
        })
    }
}

fn in_braces<T: Parse>(input: ParseStream<'_>) -> Result<T> {
    let content;
    braced!(content in input);
    content.parse()
}

/// The fields of an initialiser, and `..Zeroable::init_zeroed()` behind them.
struct Fields {
    list: Vec<Field>,
    rest: TokenStream,
}

impl Parse for Fields {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut list = Vec::new();
        while !input.is_empty() && !input.peek(Token![..]) {
            list.push(input.parse()?);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        let rest = input.parse()?;
        Ok(Self { list, rest })
    }
}

/// `name`, `name: value` or `name <- initialiser`, and what is done before the value is made.
struct Field {
    name: Ident,
    operator: TokenStream,
    value: TokenStream,
    check: TokenStream,
}

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name: Ident = input.parse()?;
        let (operator, value) = if input.peek(Token![<-]) {
            let operator: Token![<-] = input.parse()?;
            (
                operator.into_token_stream(),
                input.parse::<Expr>()?.into_token_stream(),
            )
        } else if input.peek(Token![:]) {
            let operator: Token![:] = input.parse()?;
            (
                operator.into_token_stream(),
                input.parse::<Expr>()?.into_token_stream(),
            )
        } else {
            (quote!(:), name.to_token_stream())
        };
        Ok(Self {
            name,
            operator,
            value,
            check: TokenStream::new(),
        })
    }
}

impl ToTokens for Field {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.name.to_tokens(tokens);
        self.operator.to_tokens(tokens);
        if self.check.is_empty() {
            return self.value.to_tokens(tokens);
        }
        let (check, value) = (&self.check, &self.value);
        let block = Group::new(Delimiter::Brace, quote! { #check #value });
        block.to_tokens(tokens);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn a_declaration_borrows_each_field() {
        let expanded = declaration(quote! {
            parse_input: @args(), @sig(#[repr(packed)] pub struct Data where T: Sized),
            @impl_generics('a, T: 'a), @ty_generics('a, T), @decl_generics('a, T: 'a),
            @body({ #[pin] pub one: T, #[cfg(all())] two: &'a u8 }),
        });
        let expected = quote! {
            const _: () = {
                fn _borrows_each_field<'a, T: 'a>(this: &Data<'a, T>) where T: Sized {
                    let _ = &this.one;
                    #[cfg(all())]
                    let _ = &this.two;
                }
            };
        };
        let expanded = expanded.expect("it is as `__pin_data!` gets it");
        assert_eq!(expanded.to_string(), expected.to_string());
    }

    #[test]
    fn a_declaration_without_its_parts_is_an_error() {
        assert!(declaration(quote!(@sig(struct Data), @body({}),)).is_err());
    }

    #[test]
    fn an_initialiser_borrows_before_its_first_value() {
        let call: Initialiser = parse_quote! {
            { pin_init } { check } { me } { Data::<u8> }
            { one <- f::<u8, u8>(me), two, three: 3, ..Zeroable::init_zeroed() } { ? E }
        };
        let expected = quote! {
            pin_init!(&me in Data::<u8> {
                one <- {
                    check(me, |it| { let _ = &it.one; let _ = &it.two; let _ = &it.three; });
                    f::<u8, u8>(me)
                },
                two: two, three: 3, ..Zeroable::init_zeroed()
            } ? E)
        };
        assert_eq!(initialiser(call).to_string(), expected.to_string());
    }

    #[test]
    fn an_initialiser_without_fields_stays() {
        let call: Initialiser = parse_quote!({ init } { check } {} { Data } {} {});
        assert_eq!(
            initialiser(call).to_string(),
            quote!(init!(Data {})).to_string()
        );
    }
}
