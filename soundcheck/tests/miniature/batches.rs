//! Batches must not lie: the known ways in which cases of one crate disturb
//! each other. Each test forces the disturber into the batch.

use crate::tree::Tree;

const API: &str = "api/src/lib.rs";

/// A seed whose random sample does not save the day.
const SEED: &str = "2";

/// A case with a twin that makes a guard.
fn case(claim: &str, body: &str) -> String {
    format!(
        "//! A case.\n//@ claim: {claim}\n//@ stage: normal\nuse kernel::drm;\n#[cfg(not(twin))]\n{body}\n#[cfg(twin)]\nfn case(dev: &drm::Device<drm::Ioctl>, _: drm::Normal) {{ let _ = dev.guard(); }}\n\nfn main() {{}}\n"
    )
}

/// A macro of the API, so that the static scan of a case cannot see its impl.
fn with_macro(tree: &Tree, definition: &str) {
    let text = format!("#![no_std]\n\n/// An impl out of sight.\n#[macro_export]\n{definition}\n");
    tree.edit(API, "#![no_std]", &text);
}

/// A type to which a macro lets more be added. As long as there is one impl, what
/// is added needs no type of its own.
fn with_sum(tree: &Tree) {
    with_macro(tree, "macro_rules! add_to_sum { ($t:ty) => { impl core::ops::Add<$t> for $crate::drm::Sum { type Output = u32; fn add(self, _: $t) -> u32 { 0 } } } }");
    let sum = "    /// A sum.\n    pub struct Sum(pub u32);\n    impl core::ops::Add<u32> for Sum { type Output = u32; fn add(self, other: u32) -> u32 { self.0 + other } }\n    /// A device.\n";
    tree.edit(API, "    /// A device.\n", sum);
}

/// Alone this compiles: there is one impl, so the type is known.
const DISTURBED: &str =
    "fn f(small: u16) -> u32 {\n    drm::Sum(1) + small.into() //~ E0283\n //~^ E0284\n}";

/// No type is known here, whatever anybody implements.
const UNKNOWN: &str = "trait Own<A> {\n    fn rely() {}\n}\nimpl<X> Own<()> for X {}\nimpl<X: Send> Own<u8> for X {}\nfn f() {\n    <drm::Normal as Own<_>>::rely(); //~ E0283 annotations\n}";

#[test]
fn an_illegal_impl_of_a_neighbour_hides_no_hole() {
    let tree = Tree::new();
    let definition =
        "macro_rules! send_slot { () => { unsafe impl Send for $crate::drm::Slot<u8> {} } }";
    with_macro(&tree, definition);
    let slot =
        "    /// A slot.\n    pub struct Slot<T>(PhantomData<(T, *mut ())>);\n    /// A device.\n";
    tree.edit(API, "    /// A device.\n", slot);
    let poison = "kernel::send_slot!(); //~ E0117";
    tree.case("ui-fail/impl/poison.rs", &case("auto-impl-kept", poison));
    let send = "fn needs_send<X: Send>(_: X) {}\nfn keep(_: drm::Slot<u16>) {}\n#[cfg(not(twin))]\nfn f(slot: drm::Slot<u16>) {\n    needs_send(slot) //~ E0277 sent\n}";
    tree.case("ui-fail/impl/send.rs", &case("auto-impl-kept", send));
    let run = ["--lane", "verdict", "--seed", SEED];
    tree.run(&run).is_green();
    // Now the hole: slots become sendable. In a crate with the illegal impl,
    // rustc still says that they are not.
    tree.edit(API, "PhantomData<(T, *mut ())>", "PhantomData<T>");
    tree.run(&run).is_red(&[
        "FAILED verdict ui-fail/impl/send",
        "got      the program compiles",
        "10 passed, 1 failed",
    ]);
}

#[test]
fn a_legal_impl_of_a_neighbour_causes_no_false_verdict() {
    let tree = Tree::new();
    with_sum(&tree);
    let disturber = "struct Data;\nkernel::add_to_sum!(Data);\nfn f(dev: &drm::Device<drm::Normal>) {\n    let _ = dev.guard(); //~ E0599 guard\n}";
    tree.case(
        "ui-fail/impl/disturber.rs",
        &case("guard-needs-ioctl", disturber),
    );
    tree.case(
        "ui-fail/impl/disturbed.rs",
        &case("guard-needs-ioctl", DISTURBED),
    );
    let run = ["--lane", "verdict", "--seed", SEED];
    tree.run(&run).is_red(&[
        "FAILED verdict ui-fail/impl/disturbed",
        "got      the program compiles",
        "10 passed, 1 failed",
    ]);
}

#[test]
fn cases_about_inference_share_a_batch_with_none_that_implements_anything() {
    let tree = Tree::new();
    with_sum(&tree);
    let inference = |name: &str, body: &str| {
        let text = case("guard-needs-ioctl", body).replace("stage: normal", "stage: inference");
        tree.case(&format!("ui-fail/impl/{name}.rs"), &text);
    };
    for name in ["unknown", "unknown-too", "unknown-again"] {
        inference(name, UNKNOWN);
    }
    let run = || {
        tree.run(&[
            "--no-cache",
            "--lane",
            "verdict",
            "--seed",
            SEED,
            "--verbose",
        ])
    };
    let shared = run();
    shared.is_green();
    let alone = "ui-fail/impl/unknown confirmed alone: declared code";
    assert!(!shared.stdout.contains(alone), "{}", shared.stdout);
    let disturber = format!("struct Data;\nkernel::add_to_sum!(Data);\n{UNKNOWN}");
    inference("disturber", &disturber);
    inference("disturbed", DISTURBED);
    run().is_red(&[
        "ui-fail/impl/disturber confirmed alone: declared code",
        "FAILED verdict ui-fail/impl/disturbed",
        "got      the program compiles",
        "13 passed, 1 failed",
    ]);
}

#[test]
fn an_impl_of_a_trait_of_the_case_itself_shares_a_batch_and_hides_no_hole() {
    let tree = Tree::new();
    let proof = "trait Proof {}\nimpl Proof for drm::Device<drm::Ioctl> {}\nfn proves<X: Proof>(_: &X) {}\n#[cfg(not(twin))]\nfn f(dev: &drm::Device<drm::Normal>) {\n    proves(dev) //~ E0277 Proof\n}";
    for name in ["proof", "proof-too"] {
        let text = case("guard-needs-ioctl", proof);
        tree.case(&format!("ui-fail/impl/{name}.rs"), &text);
    }
    let run = ["--lane", "verdict", "--seed", SEED, "--verbose"];
    let shared = tree.run(&run);
    shared.is_green();
    for name in ["proof", "proof-too"] {
        let alone = format!("ui-fail/impl/{name} confirmed alone: impl");
        assert!(!shared.stdout.contains(&alone), "{}", shared.stdout);
    }
    // Now the hole: both contexts are one.
    let context = "    pub struct Ioctl;";
    tree.edit(API, context, "    pub type Ioctl = Normal;");
    tree.run(&run).is_red(&[
        "FAILED verdict ui-fail/impl/proof (",
        "FAILED verdict ui-fail/impl/proof-too (",
        "FAILED verdict ui-fail/guard/normal-method",
    ]);
}

#[test]
fn what_only_std_has_is_not_missed_in_batches_without_it() {
    let tree = Tree::new();
    let display = "    impl core::fmt::Display for Normal {\n        fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result { out.write_str(\"normal\") }\n    }\n    /// A device.\n";
    tree.edit(API, "    /// A device.\n", display);
    let body = "fn f() {\n    let _ = drm::Normal.to_string(); //~ E0599 to_string\n}";
    let text = case("guard-needs-ioctl", body);
    tree.case("ui-fail/impl/displayed.rs", &text);
    let run = ["--lane", "verdict", "--seed", SEED, "--verbose"];
    tree.run(&run).is_red(&[
        "FAILED verdict ui-fail/impl/displayed",
        "alone    std",
        "got      the program compiles",
    ]);
}

#[test]
fn of_a_large_suite_few_go_alone() {
    let tree = Tree::new();
    let body =
        "fn f(dev: &drm::Device<drm::Normal>) {\n    let _ = dev.guard(); //~ E0599 guard\n}";
    for number in 0..500 {
        let path = format!("ui-fail/many/number-{number}.rs");
        tree.case(&path, &case("guard-needs-ioctl", body));
    }
    let run = tree.run(&["--lane", "verdict", "--seed", SEED, "--verbose", "many/"]);
    run.is_green();
    let alone = run.stdout.matches("confirmed alone: ").count();
    assert_eq!(alone, 3, "{}", run.stdout);
}

#[test]
fn a_late_error_is_found_beside_others() {
    let tree = Tree::new();
    let literal = "ui-fail/token/token-literal.rs";
    tree.edit(literal, "//@ claim", "//@ stage: normal\n//@ claim");
    tree.run(&["--lane", "verdict"]).is_green();
    tree.edit(API, "        secret: u8,", "        pub secret: u8,");
    tree.run(&["--lane", "verdict"]).is_red(&[
        "FAILED verdict ui-fail/token/token-literal",
        "FAILED verdict ui-fail/token/token-field",
    ]);
}

#[test]
fn an_error_that_ends_the_analysis_hides_no_hole() {
    let tree = Tree::new();
    let body = "fn f<T: drm::Gone>(_: T) {} //~ E0405 Gone";
    tree.case("ui-fail/names/abort.rs", &case("names", body));
    tree.run(&["--lane", "verdict"]).is_green();
    tree.edit(API, "impl Device<Ioctl>", "impl<C> Device<C>");
    tree.run(&["--lane", "verdict"])
        .is_red(&["FAILED verdict ui-fail/guard/normal-method"]);
}

#[test]
fn one_instance_that_two_cases_share_is_reported_for_both() {
    let tree = Tree::new();
    let body = "fn f() {\n    drm::take_zst::<u8>(); //~ E0080\n}";
    tree.case(
        "ui-fail/size/sized-again.rs",
        &case("zst-only", body).replace("//@ stage: normal\n", ""),
    );
    tree.run(&["--lane", "verdict"]).is_green();
    tree.edit(
        API,
        "core::mem::size_of::<T>() == 0, \"only",
        "true || core::mem::size_of::<T>() == 0, \"only",
    );
    tree.run(&["--lane", "verdict"]).is_red(&[
        "FAILED verdict ui-fail/size/sized-again",
        "FAILED verdict ui-fail/size/sized-type",
        "8 passed, 2 failed",
    ]);
}

#[test]
fn a_case_that_does_not_parse_disturbs_nobody() {
    let tree = Tree::new();
    tree.case(
        "ui-fail/names/unclosed.rs",
        &case("names", "fn f( { //~ E0432"),
    );
    let run = tree.run(&["--lane", "verdict"]);
    run.is_red(&[
        "FAILED verdict ui-fail/names/unclosed",
        "a broken test",
        "9 passed, 1 failed",
    ]);
}

#[test]
fn a_poisonous_twin_disturbs_nobody() {
    let tree = Tree::new();
    let twin = "#[cfg(twin)]\nunsafe impl Send for drm::Token {}\n#[cfg(twin)]\nfn unused";
    tree.edit(
        "ui-fail/guard/normal-ufcs.rs",
        "#[cfg(twin)]\nfn case",
        twin,
    );
    let run = tree.run(&["--lane", "twins"]);
    run.is_red(&[
        "FAILED twins ui-fail/guard/normal-ufcs",
        "8 passed, 1 failed",
    ]);
}

#[test]
fn a_wrong_sample_makes_every_verdict_be_taken_alone() {
    let tree = Tree::new();
    // In a batch, the root crate provides what a program of its own must
    // import; the scan of tokens cannot see a name that a macro spells.
    with_macro(
        &tree,
        "macro_rules! local { () => { pub type Local = crate::LocalModule; } }",
    );
    let body = "kernel::local!();\nfn f(dev: &drm::Device<drm::Normal>) {\n    let _ = dev.guard(); //~ E0599 guard\n}";
    tree.remove("ui-fail/guard");
    tree.remove("ui-fail/token");
    for name in ["one", "two", "three", "four"] {
        let path = format!("ui-fail/guard/local-{name}.rs");
        tree.case(&path, &case("guard-needs-ioctl", body));
    }
    tree.run(&["--lane", "verdict", "--verbose", "local-"])
        .is_red(&[
            "FAILED verdict ui-fail/guard/local-one",
            "FAILED verdict ui-fail/guard/local-two",
            "FAILED verdict ui-fail/guard/local-three",
            "FAILED verdict ui-fail/guard/local-four",
        ]);
}

#[test]
fn an_error_of_a_constant_may_be_in_no_case() {
    let tree = Tree::new();
    let check = "    /// Takes closures that capture nothing.\n    pub const fn take_fn<F: Fn() + Copy>(_: F) -> u8 {\n        const { assert!(core::mem::size_of::<F>() == 0, \"it captures nothing\") }\n        0\n    }\n    /// A device.\n";
    tree.edit(API, "    /// A device.\n", check);
    let body = "const fn entry(captured: &'static u32) -> u8 {\n    drm::take_fn(move || drop(captured))\n}\n#[cfg(not(twin))]\nconst _: u8 = entry(&7); //~ E0080 captures";
    let text = case("zst-only", body).replace("//@ stage: normal\n", "");
    tree.case("ui-fail/size/closure-captures.rs", &text);
    let run = tree.run(&["--lane", "verdict", "--seed", SEED, "--verbose"]);
    run.is_green();
    assert!(
        !run.stdout.contains("an error that is in no case"),
        "{}",
        run.stdout
    );
}
