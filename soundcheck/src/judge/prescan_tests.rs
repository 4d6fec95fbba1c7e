//! The static look at texts: which may join a batch, which are quiet, and what
//! sends the others alone.

use super::*;

fn alone(text: &str) -> Option<&'static str> {
    Source::look(text, super::alone).expect("the text is Rust")
}

fn needs_std(text: &str) -> bool {
    Source::look(text, super::needs_std).expect("the text is Rust")
}

fn unsafe_word(text: &str) -> Option<&'static str> {
    super::unsafe_word(text.parse().expect("the text has tokens"))
}

#[test]
fn unsafe_code_is_found_wherever_it_stands() {
    for text in [
        "fn f() { \"//\"; unsafe {} }",
        "fn f() { r#\"/*\"#; unsafe {} }",
        "/* /* nested */ */ unsafe fn f() {}",
        "macro_rules! m { () => { { unsafe { f() } } } }",
        "m!(unsafe)",
        "#[unsafe(no_mangle)] fn f() {}",
    ] {
        assert_eq!(unsafe_word(text), Some("unsafe"), "{text}");
    }
    assert_eq!(unsafe_word("include!(\"other.rs\");"), Some("include"));
    assert_eq!(unsafe_word("mod m { mod other; }"), Some("mod"));
}

#[test]
fn to_speak_of_unsafe_code_is_safe() {
    for text in [
        "//! No unsafe here.",
        "/// unsafe\nfn f() { /* unsafe /* unsafe */ unsafe */ }",
        "fn f() { \"unsafe\"; r##\"unsafe \"# {}\"##; b\"unsafe\"; }",
        "fn unsafe_call() {} // unsafe",
    ] {
        assert_eq!(unsafe_word(text), None, "{text}");
    }
}

#[test]
fn an_ordinary_case_may_join_a_batch() {
    let text = "//! Doc.\nuse kernel::drm;\nstruct Mine;\nimpl Drop for Mine { fn drop(&mut self) {} }\npub(crate) fn f() {}\nfn main() {}";
    assert_eq!(alone(text), None);
}

#[test]
fn things_that_reach_the_whole_crate_go_alone() {
    let reason = |text: &str| alone(text).expect("the case must go alone");
    assert_eq!(reason("#![no_std]\nfn main() {}"), "crate attribute");
    assert_eq!(reason("use crate::x;"), "crate:: path");
    assert_eq!(reason("m! { $crate::x }"), "crate:: path");
    assert_eq!(reason("use super::x;"), "super:: path");
    assert_eq!(reason("extern crate std;"), "extern crate");
    assert_eq!(reason("mod other;"), "module in another file");
    assert_eq!(reason("#[no_mangle] fn f() {}"), "no_mangle");
    assert_eq!(
        reason("#[macro_export] macro_rules! m { () => {} }"),
        "macro_export"
    );
}

#[test]
fn an_impl_for_a_foreign_type_goes_alone() {
    let reason = Some("impl for a type of another crate");
    assert_eq!(alone("unsafe impl Send for drm::Device<Probe> {}"), reason);
    let add = "struct Data; impl core::ops::Add<Data> for u8 {}";
    assert_eq!(alone(add), reason);
    assert_eq!(alone("impl<T> Mine for T {}"), reason);
    assert_eq!(alone("fn f() { impl Mine for u8 {} }"), reason);
    assert_eq!(alone("struct S<T>(T); impl<T> Mine for &S<T> {}"), None);
}

#[test]
fn an_impl_of_a_trait_that_nobody_else_can_name_may_join() {
    let reason = Some("impl for a type of another crate");
    let own = "trait Own<A> {} impl<X: Send> Own<u8> for X {}";
    assert_eq!(alone(own), None);
    assert_eq!(alone("trait Own {} impl other::Own for u8 {}"), reason);
    assert_eq!(alone("trait Own {} impl ::Own for u8 {}"), reason);
    // Inside, the name may mean another trait.
    let inside = "trait Own {} fn f() { use core::ops::Add as Own; impl Own for u8 {} }";
    assert_eq!(alone(inside), reason);
    assert_eq!(alone("mod m { trait Own {} } impl Own for u8 {}"), reason);
    let bodies = "trait Own {} impl Own for u8 { fn f() { impl Mine for u8 {} } }";
    assert_eq!(alone(bodies), reason);
}

#[test]
fn what_implements_nothing_that_others_know_is_quiet() {
    let is_quiet = |text: &str| super::is_quiet(&syn::parse_str(text).expect("it is Rust"));
    let quiet = "//! Doc.\ntrait Own<A> {} impl<X> Own<()> for X {} struct S; impl S { fn f() {} }";
    assert!(is_quiet(quiet));
    assert!(is_quiet("#[cfg(twin)]\nfn case() { f::<u8>(|x| x); }"));
    for loud in [
        "struct S; impl Drop for S { fn drop(&mut self) {} }",
        "struct S; impl core::ops::Add<S> for u8 {}",
        "fn f() { trait Own {} impl Own for u8 {} }",
        "#[derive(Clone)] struct S;",
        "#[cfg_attr(twin, derive(Clone))] struct S;",
        "#[vtable] trait Own {}",
        "kernel::make!(S);",
        "fn f() { kernel::make!(S) }",
        "type S = kernel::make!(S);",
    ] {
        assert!(!is_quiet(loud), "{loud}");
    }
}

#[test]
fn what_needs_std_goes_alone() {
    for text in ["fn f() { std::f() }", "fn f() { g().to_string(); }"] {
        assert!(needs_std(text), "{text}");
    }
}

#[test]
fn a_type_may_be_declared_by_a_macro() {
    let macros = "driver::make!(Gpu, Client, data: KVec, file: Remote);";
    let of = |more: &str| alone(&format!("use kernel::Remote; {macros} {more}"));
    assert_eq!(of("impl Gpu { fn f() {} }"), None);
    assert!(of("impl Mine for Remote {}").is_some());
    assert!(of("impl Mine for KVec<u8> {}").is_some());
    assert!(of("impl Mine for Other {}").is_some());
}

#[test]
fn an_impl_inside_a_macro_goes_alone() {
    let text = "macro_rules! m { ($t:ty) => { impl Mine for $t {} } }";
    let reason = Some("impl inside a macro");
    assert_eq!(alone(text), reason);
    let given = |tokens: &str| alone(&format!("struct S; m! {{ {tokens} }}"));
    assert_eq!(
        given("impl{'a} Has<S> for S<'a> { self.x } impl Has for S { self.y }"),
        None
    );
    for tokens in [
        "impl Has for Other { self.x }",
        "impl Has for S { self.x } impl Has for u8 { self.y }",
        "impl Has for S::Of { self.x }",
        "impl<T: for<'a> Has<'a>> Has for S { self.x }",
        "impl Has for S { fn f() { impl Mine for u8 {} } }",
        "impl S { fn f() {} }",
        "S, impl Has for S { self.x }",
    ] {
        assert_eq!(given(tokens), reason, "{tokens}");
    }
    assert_eq!(alone("m! { impl Has for S { self.x } }"), reason);
    assert_eq!(
        alone("struct S; fn f() { m! { impl Has for S {} } }"),
        reason
    );
}
