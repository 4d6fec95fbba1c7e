//! Cases as individual tests: whichever runs first judges for its group, and
//! none of them passes without a verdict.

use std::collections::BTreeSet;

use soundcheck::command::share::Share;
use soundcheck::CheckOptions;

use crate::tree::Tree;

const NORMAL: &str = "verdict::ui-fail/guard/normal-method";
const TOKEN: &str = "verdict::ui-fail/token/token-field";

fn share(tree: &Tree) -> Share {
    let options = CheckOptions {
        root: Some(tree.root()),
        target_dir: Some(tree.root().join("../target")),
        ..CheckOptions::default()
    };
    Share::open(options).expect("the tree is a workspace")
}

#[test]
fn every_verdict_is_a_test() {
    let tree = Tree::new();
    let names = share(&tree).names().expect("the cases are in order");
    let run = tree.run(&["--format", "json"]);
    let cases = run.stdout.lines().filter(|line| line.contains("\"case\""));
    assert_eq!(names.len(), cases.count());
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    assert!(names.contains(&NORMAL.to_owned()));
}

#[test]
fn one_process_judges_for_the_others_of_its_group() {
    let tree = Tree::new();
    let layout = "layout::layout/contexts@debug";
    let other = "layout::layout/contexts@release";
    assert!(!share(&tree).has_passed(other));
    let verdict = share(&tree).one_of_many(layout);
    assert_eq!(verdict.expect("it can be judged"), None);
    assert!(share(&tree).has_passed(other));
    assert!(!share(&tree).has_passed(NORMAL));
}

#[test]
fn a_test_fails_with_what_a_run_would_say() {
    let tree = Tree::new();
    let one = |name: &str| share(&tree).one(name).expect("it can be judged");
    assert_eq!((one(NORMAL), one(TOKEN)), (None, None));
    tree.edit("api/src/lib.rs", "impl Device<Ioctl>", "impl<C> Device<C>");
    let why = one(NORMAL).expect("the program compiles now");
    assert!(
        why.contains("FAILED verdict ui-fail/guard/normal-method"),
        "{why}"
    );
    assert!(why.contains("got      the program compiles"), "{why}");
    let again = share(&tree).one_of_many(NORMAL).expect("it can be judged");
    assert_eq!(again, Some(why));
    assert_eq!(one(TOKEN), None);
}

#[test]
fn a_test_without_a_verdict_fails() {
    let tree = Tree::new();
    tree.edit("api/src/lib.rs", "impl Device<Ioctl>", "impl Device<Ictl>");
    let why = share(&tree).one(TOKEN).expect("the failure is a verdict");
    assert!(why.expect("the API does not build").contains("Ictl"));
    let tree = Tree::new();
    let unknown = share(&tree).one_of_many("verdict::ui-fail/none");
    let unknown = unknown.expect("the others can be judged");
    assert_eq!(
        unknown.as_deref(),
        Some("there is no test `verdict::ui-fail/none`")
    );
}
