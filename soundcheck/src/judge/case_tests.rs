//! Cases that are read from text: what is accepted and what is a problem.

use super::*;

const FAIL: &str = "//! It is refused.\n//@ claim: c\n#[cfg(not(twin))]\nfn f() { a() } //~ E0599 a\n#[cfg(twin)]\nfn f() {}\nfn main() {}\n";

fn parse(kind: Kind, text: &str) -> (Case, Vec<String>) {
    let mut problems = Vec::new();
    let path = Utf8Path::new("ui-fail/group/name.rs");
    let scans = Scans::new(facts::Facts::none());
    let root = Utf8Path::new("/root");
    let case = Case::parse(
        &Places::usual(),
        kind,
        root,
        path,
        text,
        &scans,
        &mut problems,
    );
    (case, problems.iter().map(Problem::to_string).collect())
}

fn problem(kind: Kind, text: &str) -> String {
    let (_, problems) = parse(kind, text);
    problems.join("\n")
}

#[test]
fn a_good_case_has_no_problems() {
    let (case, problems) = parse(Kind::Fail, FAIL);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(case.id, "ui-fail/group/name");
    assert_eq!(case.claim, "c");
    assert_eq!((case.stage, case.alone), (Stage::Normal, None));
}

#[test]
fn a_typo_in_a_directive_has_a_place_and_a_suggestion() {
    let text = FAIL.replace("claim", "clam");
    let found = problem(Kind::Fail, &text);
    assert!(
        found.contains("ui-fail/group/name.rs:2: unknown directive `clam`, did you mean `claim`?")
    );
}

#[test]
fn each_kind_has_its_own_directives() {
    let text = FAIL.replace("//@ claim: c", "//@ claim: c\n//@ violation: leak");
    assert!(problem(Kind::Fail, &text).contains("unknown directive `violation`"));
}

#[test]
fn values_are_checked() {
    let with = |line: &str| FAIL.replace("//@ claim: c", &format!("//@ claim: c\n//@ {line}"));
    assert!(problem(Kind::Fail, &with("generations: linux-7.4")).contains("did you mean `linux-7."));
    assert!(problem(Kind::Fail, &with("stage: later")).contains("did you mean `late`?"));
    assert!(problem(Kind::Fail, &with("edition: 2020")).contains("unknown edition"));
    assert!(problem(Kind::Fail, &with("claim: d")).contains("given twice"));
}

#[test]
fn an_emptied_case_is_a_problem() {
    let found = problem(Kind::Fail, "//! Empty.\n//@ claim: c\nfn main() {}\n");
    assert!(found.contains("declares no error"));
    assert!(found.contains("there is no twin"));
}

#[test]
fn codes_choose_the_stage() {
    let stage = |code: &str| parse(Kind::Fail, &FAIL.replace("E0599", code)).0.stage;
    assert_eq!(stage("E0451"), Stage::Late);
    assert_eq!(stage("E0080"), Stage::PostMono);
    assert_eq!(stage("E0117"), Stage::Apart);
    assert_eq!(stage("E0282"), Stage::Inference);
    assert_eq!(stage("E0391"), Stage::Apart);
    assert_eq!(stage("E0277"), Stage::Normal);
}

#[test]
fn a_program_needs_a_public_main() {
    let program = "//! Runs.\n//@ claim: c\nfn main() {}\n";
    assert!(problem(Kind::Pass, program).contains("no `pub fn main`"));
    assert_eq!(
        problem(Kind::Pass, &program.replace("fn main", "pub fn main")),
        ""
    );
}

#[test]
fn replay_is_switched_off_with_a_reason_only() {
    let program = "//! Runs.\n//@ claim: c\n//@ replay: off\npub fn main() {}\n";
    assert!(problem(Kind::Pass, program).contains("with a reason"));
    let reasoned = program.replace("off", "off, the order of threads is open");
    assert!(!parse(Kind::Pass, &reasoned).0.replay);
}

#[test]
fn a_necessity_program_names_its_violation() {
    let program = "//! Breaks.\n//@ claim: c\npub fn main() {}\n";
    assert!(problem(Kind::Control, program).contains("names no violation"));
    let with = |value: &str| program.replace("c\n", &format!("c\n//@ violation: {value}\n"));
    assert!(problem(Kind::Control, &with("leak, linux-7.4: race")).contains("linux-7.4"));
    let (case, problems) = parse(Kind::Control, &with("leak, linux-7.3: race"));
    assert_eq!(problems, Vec::<String>::new());
    assert!(case
        .violation
        .is_some_and(|named| named.over("linux-7.3") == "race"));
}

#[test]
fn what_only_a_batch_would_lend_is_needed_alone() {
    let alone = |text: &str| {
        let text = FAIL.replace("fn main() {}", &format!("{text}\nfn main() {{}}"));
        parse(Kind::Fail, &text).0.alone
    };
    let said = Some("vtable without LocalModule".into());
    assert_eq!(alone("struct S;\n#[vtable]\nimpl X for S {}"), said);
    assert_eq!(
        alone("// LocalModule\nstruct S;\n#[vtable]\nimpl X for S {}"),
        said
    );
    assert_eq!(
        alone("use driver::LocalModule;\nstruct S;\n#[vtable]\nimpl X for S {}"),
        None
    );
    assert_eq!(alone("// vtable"), None);
}
