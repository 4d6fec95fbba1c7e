//! Cases that fail for a reason of their own, which is no evidence.
//!
//! Each is a claim about the miniature API, a program that rustc refuses just as
//! its mark says, and a twin that compiles; and each must turn the run red with a
//! line that says what is wrong with it.

use crate::tree::Tree;

/// A kind: a name, the two sides, and what is said about it.
struct Kind {
    name: &'static str,
    case: &'static str,
    twin: &'static str,
    said: &'static str,
}

/// The usual twin, which makes a guard.
const TWIN: &str = "fn case(dev: &drm::Device<drm::Ioctl>) { let _ = dev.guard(); }";

const fn kind(name: &'static str, case: &'static str, said: &'static str) -> Kind {
    let twin = TWIN;
    Kind {
        name,
        case,
        twin,
        said,
    }
}

/// With a twin of its own.
const fn pair(
    name: &'static str,
    case: &'static str,
    twin: &'static str,
    said: &'static str,
) -> Kind {
    Kind {
        name,
        case,
        twin,
        said,
    }
}

/// What was accepted as evidence once.
const KNOWN: &[Kind] = &[
    kind("refuses-itself", "fn case(_: &drm::Device<drm::Normal>) { compile_error!(\"guard\"); } //~ \"guard\"", "has no code"),
    kind("no-such-macro", "fn case(_: &drm::Device<drm::Normal>) { guard!(); } //~ \"cannot find macro\"", "has no code"),
    kind("no-such-variable", "fn case(_: &drm::Device<drm::Normal>) { env!(\"GUARD\"); } //~ \"not defined at compile time\"", "has no code"),
    kind("own-macro-without-rules", "macro_rules! own { (a) => {} }\nfn case(_: &drm::Device<drm::Normal>) { own!(guard); } //~ \"no rules expected\"", "has no code"),
    kind("switched-off", "fn case(dev: &drm::Device<drm::Normal>) { #[cfg(any())] dev.guard(); let _: u8 = \"guard\"; } //~ E0308 mismatched", "about the case alone"),
    kind("one-generic-too-many", "fn case(_: &drm::Device<drm::Ioctl, u8>) {} //~ E0107 generic", "is no code by which"),
    kind("undeclared-lifetime", "fn case(_: &'a drm::Device<drm::Ioctl>) {} //~ E0261 undeclared", "is no code by which"),
    kind("nothing-to-infer", "fn case(dev: &drm::Device<drm::Normal>) { let none = None; let _ = dev; } //~ E0282 annotations", "about the case alone"),
    kind("misspelt", "fn case(dev: &drm::Device<drm::Ioctl>) { let _ = dev.gaurd(); } //~ E0599 gaurd", "the twin does not say"),
    kind("negated", "fn case(dev: &drm::Device<drm::Ioctl>) { let _ = !dev.guard(); } //~ E0600 Guard", "is no code by which"),
    kind("one-argument-too-many", "fn case(dev: &drm::Device<drm::Ioctl>) { let _ = dev.guard(1); } //~ E0061 argument", "is no code by which"),
    kind("without-words", "fn case(dev: &drm::Device<drm::Normal>) { let _ = dev.guard(); } //~ E0599", "says nothing about which"),
    pair("empty-twin", "fn case(dev: &drm::Device<drm::Normal>) { let _ = dev.guard(); } //~ E0599 guard", "fn case() {}", "the twin does not say"),
];

/// Kinds that were thought of before anybody looked whether they are found.
const THOUGHT_OF: &[Kind] = &[
    kind("own-assertion", "const _: () = assert!(core::mem::size_of::<drm::Normal>() == 1, \"guard\"); //~ E0080 guard", "about the case alone"),
    kind("own-value-moved", "struct Own;\nfn case(_: &drm::Device<drm::Normal>) { let own = Own; drop(own); drop(own); } //~ E0382 own", "about the case alone"),
    kind("own-local-returned", "fn case(_: &drm::Device<drm::Normal>) -> &'static u8 { let own = 1; &own } //~ E0515 local", "about the case alone"),
    kind("own-lifetimes", "fn case<'a>(_: &drm::Device<drm::Normal>, own: &'a u8) -> &'static u8 { own } //~ \"lifetime may not live long enough\"", "about the case alone"),
    kind("own-private-method", "mod own { pub struct Own; impl Own { fn guard(&self) {} } }\nfn case(_: &drm::Device<drm::Normal>) { own::Own.guard(); } //~ E0624 guard", "about the case alone"),
    kind("own-private-field", "mod own { #[derive(Default)] pub struct Own { guard: u8 } }\nfn case(_: &drm::Device<drm::Normal>) { own::Own::default().guard; } //~ E0616 guard", "about the case alone"),
    kind("own-trait", "trait Guards {}\nfn guard<X: Guards>() {}\nfn case() { guard::<drm::Normal>(); } //~ E0277 Guards", "is a trait of the case"),
    kind("own-api", "mod own { pub struct Normal; pub struct Ioctl; pub struct Device<C>(pub C); impl Device<Ioctl> { pub fn guard(&self) {} } }\nfn case(dev: &own::Device<own::Normal>) { dev.guard(); } //~ E0599 guard", "about the case alone"),
    kind("unsafe-of-core", "fn case(_: &drm::Device<drm::Normal>) { core::hint::unreachable_unchecked() } //~ E0133 unsafe", "about the case alone"),
    kind("other-receiver", "fn case(_: &drm::Device<drm::Normal>) { ().guard(); } //~ E0599 guard", "about the case alone"),
    kind("without-brackets", "fn case(dev: &drm::Device<drm::Ioctl>) { let _ = dev.guard; } //~ E0615 guard", "is no code by which"),
    kind("result-dropped", "fn case(dev: &drm::Device<drm::Ioctl>) -> drm::Guard<'_> { dev.guard(); } //~ E0308 Guard", "one of them is of the language"),
    kind("result-of-other-type", "fn case(dev: &drm::Device<drm::Ioctl>) { let _: u8 = dev.guard(); } //~ E0308 Guard", "one of them is of the language"),
    kind("argument-of-no-type", "fn case() { let _ = drm::Device::<drm::Ioctl>::guard(&7); } //~ E0308 Device", "one of them is of the language"),
    kind("pattern-of-other-type", "fn case(dev: &drm::Device<drm::Ioctl>) { let Some(_) = dev; } //~ E0308 Device", "one of them is of the language"),
    kind("question-mark-in-unit", "fn case() { drm::Device::<drm::Normal>::new()?; } //~ E0277 operator", "about the case alone"),
    kind("unsized-argument", "fn case(_: &drm::Device<drm::Normal>, _: [u8]) {} //~ E0277 size", "about the case alone"),
    kind("own-type-sent", "struct Own(*mut u8);\nfn send<X: Send>(_: X) {}\nfn case(_: &drm::Device<drm::Normal>, own: Own) { send(own); } //~ E0277 sent", "about the case alone"),
    kind("trait-half-implemented", "struct Own;\nimpl Iterator for Own { type Item = drm::Normal; } //~ E0046 next", "is no code by which"),
    kind("own-macro-at-fault", "macro_rules! own { ($dev:expr) => { { let _: u8 = $dev; } } }\nfn case(dev: &drm::Device<drm::Normal>) { own!(dev); } //~ E0308 Device", "one of them is of the language"),
    kind("own-constant-overflows", "const OWN: [u8; 1] = [0];\nfn case(_: &drm::Device<drm::Normal>) { const { let _ = OWN[drm::Normal as usize + 1]; } } //~ E0605 Normal", "one of them is of the language"),
    kind("not-borrowed-mutably", "fn case(_: &drm::Device<drm::Normal>) { let own = 1; let _ = &mut own; } //~ E0596 own", "about the case alone"),
    kind("own-generic", "fn guard<X>(own: X) -> u8 { own } //~ E0308 parameter", "about the case alone"),
    pair("twin-of-its-own", "fn case(dev: &drm::Device<drm::Normal>) { let _ = dev.guard_now(); } //~ E0599 guard_now", "fn case() { guard_now(); }\n#[cfg(twin)]\nfn guard_now() {}", "the twin does not say"),
    pair("twin-elsewhere", "fn case(dev: &drm::Device<drm::Normal>) { let _: &drm::Device<drm::Ioctl> = dev; } //~ E0308 Ioctl", "fn case(token: &drm::Token) { token.secret(); }", "the twin says nothing"),
];

/// The tree with a case of every kind, as its only cases.
fn tree(kinds: &[Kind]) -> Tree {
    let tree = Tree::new();
    tree.remove("ui-fail");
    for kind in kinds {
        let (case, twin) = (kind.case, kind.twin);
        let text = format!(
            "//! Fails by itself.\n//@ claim: guard-needs-ioctl\nuse kernel::drm;\n\n{}\n#[cfg(twin)]\n{twin}\nfn main() {{}}\n",
            without_twin(case),
        );
        tree.case(&format!("ui-fail/reasons/{}.rs", kind.name), &text);
    }
    tree
}

/// Every item for the case only.
fn without_twin(case: &str) -> String {
    let items = case
        .lines()
        .map(|item| format!("#[cfg(not(twin))]\n{item}"));
    items.collect::<Vec<_>>().join("\n")
}

/// The kinds that a run accepts as evidence, or refuses without saying why.
fn accepted(kinds: &[Kind]) -> Vec<&'static str> {
    let run = tree(kinds).run(&["--lane", "verdict", "--lane", "twins"]);
    println!("{}\n{}", run.stdout, run.stderr);
    let is_clear = |kind: &&Kind| {
        let id = format!("FAILED verdict ui-fail/reasons/{} ", kind.name);
        let report = run
            .stdout
            .split("\nFAILED")
            .map(|text| format!("FAILED{text}"));
        let own = { report }.find(|text| text.starts_with(&id));
        own.is_some_and(|text| text.contains("no evidence: ") && text.contains(kind.said))
    };
    let unclear = kinds.iter().filter(|kind| !is_clear(kind));
    let unclear: Vec<&str> = unclear.map(|kind| kind.name).collect();
    assert_eq!(
        run.stdout.matches("FAILED twins").count(),
        0,
        "the twins are good"
    );
    unclear
}

#[test]
fn what_was_accepted_once_is_refused() {
    assert_eq!(accepted(KNOWN), [] as [&str; 0]);
}

/// Before anybody mended a rule, two of them were accepted: `own-macro-at-fault`
/// and `twin-elsewhere`.
#[test]
fn what_somebody_thought_of_is_refused() {
    assert_eq!(accepted(THOUGHT_OF), [] as [&str; 0]);
}
