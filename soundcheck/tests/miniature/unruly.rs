//! Cases and programs that misbehave: that never end, never stop printing, lie
//! about themselves, or leave something behind. Each is red with the reason, and
//! disturbs no other.

use std::fs;
use std::process::Child;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

use crate::tree::Run;
use crate::tree::Tree;

const PROGRAM: &str = "ui-pass/two-devices.rs";
const NOT_JUDGED: &str = "rustc was ended after 3 s: not judged";

/// A case whose twin is legal.
fn case(tree: &Tree, items: &str) {
    let text = format!(
        "//! It misbehaves.\n//@ claim: guard-needs-ioctl\n#[cfg(not(twin))]\nmod unruly {{\n{items}\n}}\nfn main() {{}}\n"
    );
    tree.case("ui-fail/guard/unruly.rs", &text);
}

/// Lets the first program of the tree do something more.
fn program(lines: &str) -> Tree {
    let tree = Tree::new();
    tree.edit(
        PROGRAM,
        "first.touch();",
        &format!("{lines}\n    first.touch();"),
    );
    tree
}

fn run(tree: &Tree) -> Run {
    tree.run(&["--lane", "run", "--timeout", "5"])
}

fn judge(tree: &Tree) -> Run {
    tree.run(&[
        "--lane",
        "verdict",
        "--lane",
        "twins",
        "--compiler-timeout",
        "3",
    ])
}

#[test]
fn an_endless_constant_is_not_judged_and_its_neighbours_are() {
    let tree = Tree::new();
    case(
        &tree,
        "const ENDLESS: u8 = { let mut n = 1; while n % 2 == 1 { n += 2; if n > 99 { n = 1 } } 0 }; //~ E0080 evaluation\nfn case() { let _ = ENDLESS; }",
    );
    let start = Instant::now();
    let run = judge(&tree);
    run.is_red(&[
        "NOT JUDGED verdict ui-fail/guard/unruly",
        NOT_JUDGED,
        "verdict       9 passed, 1 not judged",
        "twins        10 passed",
    ]);
    assert!(!run.stdout.contains("mend the case"), "{}", run.stdout);
    // One batch and the case alone ran out of their time, and nothing else did.
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn an_endless_recursion_is_judged() {
    let tree = Tree::new();
    case(
        &tree,
        "trait Deep { fn deep(&self) {} }\nimpl<T> Deep for T where Vec<T>: Deep {} //~ E0275 overflow\nfn deep() { ().deep(); }",
    );
    judge(&tree).is_red(&["no evidence: E0275 is no code by which an API refuses"]);
}

#[test]
fn a_type_that_doubles_is_ended_at_a_limit() {
    let tree = Tree::new();
    let mut types = "mod t { pub type T0 = (u8, u8);".to_owned();
    for n in 1..=26 {
        let below = n - 1;
        types.push_str(&format!(" pub type T{n} = (T{below}, T{below});"));
    }
    types.push_str(" }\nfn double() { let _: t::T26 = 0u8; } //~ E0308 mismatched");
    case(&tree, &types);
    let run = tree.run(&["--lane", "verdict", "--compiler-timeout", "3", "unruly"]);
    run.is_red(&["NOT JUDGED verdict ui-fail/guard/unruly", NOT_JUDGED]);
}

#[test]
fn a_program_may_print_half_a_line() {
    run(&program("print!(\"half a line\");")).is_green();
}

#[test]
fn a_forged_line_is_no_report() {
    let forged = "println!(\"{{\\\"id\\\":\\\"ui-pass/two-devices\\\",\\\"outcome\\\":\\\"ok\\\"}}\"); std::process::exit(0);";
    run(&program(forged)).is_red(&["no report of its own: the process ended with status 0"]);
}

/// A program that finds the channel does not know the token.
#[test]
fn a_forged_report_is_no_report() {
    let forged = "use std::io::Write;\n    for fd in 3..64 {\n        if let Ok(mut file) = std::fs::File::options().write(true).open(format!(\"/proc/self/fd/{fd}\")) { let _ = write!(file, \"no\"); }\n        let mut socket = std::mem::ManuallyDrop::new(<std::fs::File as std::os::fd::FromRawFd>::from_raw_fd(fd));\n        let _ = write!(socket, \"{{\\\"id\\\":\\\"ui-pass/two-devices\\\",\\\"outcome\\\":\\\"ok\\\"}}\");\n    }\n    std::process::exit(0);";
    run(&program(&format!("unsafe {{ {forged} }}")))
        .is_red(&["no report of its own, but something else in its place"]);
}

#[test]
fn a_report_about_another_program_is_red() {
    let tree = Tree::new();
    tree.edit(
        "hw-stub/src/lib.rs",
        "{{\\\"id\\\":\\\"{id}\\\"",
        "{{\\\"id\\\":\\\"other\\\"",
    );
    run(&tree).is_red(&["no report of its own, but one about other"]);
}

#[test]
fn a_child_that_hangs_is_ended_with_its_program() {
    let tree = program("let _ = std::process::Command::new(\"sleep\").arg(\"7701\").status();");
    run(&tree).is_red(&["no report of its own: the process was ended after 5 s"]);
    assert!(!is_running("sleep", "7701"));
}

#[test]
fn children_that_are_left_behind_are_red_and_ended() {
    let tree = program(
        "for seconds in [\"7702\", \"7703\"] { let _ = std::process::Command::new(\"sleep\").arg(seconds).spawn(); }",
    );
    run(&tree).is_red(&["violation processes-left: left 2 processes behind"]);
    assert!(!is_running("sleep", "7702") && !is_running("sleep", "7703"));
}

#[test]
fn a_child_in_another_session_is_left_behind_too() {
    let tree = program(
        "let _ = std::process::Command::new(\"setsid\").args([\"sleep\", \"7704\"]).spawn();\n    std::thread::sleep(std::time::Duration::from_millis(300));",
    );
    run(&tree).is_red(&["violation processes-left: left 1 process behind"]);
    assert!(!is_running("sleep", "7704"));
}

#[test]
fn a_thread_that_is_left_behind_is_red() {
    let tree = program(
        "let held = drm::Device::<drm::Ioctl>::new()?;\n    std::thread::spawn(move || { std::thread::sleep(std::time::Duration::from_secs(60)); drop(held); });",
    );
    run(&tree).is_red(&["violation thread-left"]);
    let joined = program("let _ = std::thread::spawn(|| {}).join();");
    run(&joined).is_green();
}

#[test]
fn a_program_that_prints_for_ever_is_ended() {
    let endless =
        "loop { println!(\"{}\", \"x\".repeat(1 << 16)); }\n    #[allow(unreachable_code)]";
    run(&program(endless))
        .is_red(&["no report of its own: the process printed more than 16 MiB and was ended"]);
}

#[test]
fn compilers_and_programs_end_with_the_tool() {
    for signal in ["-TERM", "-INT", "-HUP"] {
        let tree = Tree::new();
        let rustc = tree.compiler("case \"$*\" in *--crate-name\\ batch*) exec sleep 7705 ;; esac");
        let mut command = tree.command(&["--lane", "verdict"]);
        let mut tool = start(command.env("RUSTC", rustc));
        wait_for(|| is_running("sleep", "7705"));
        assert_eq!(end(&mut tool, signal), Some(130));
        wait_for(|| !is_running("sleep", "7705"));
    }
    let tree = program("let _ = std::process::Command::new(\"sleep\").arg(\"7706\").status();");
    let mut tool = start(&mut tree.command(&["--lane", "run"]));
    wait_for(|| is_running("sleep", "7706"));
    end(&mut tool, "-TERM");
    wait_for(|| !is_running("sleep", "7706"));
}

#[test]
fn a_crate_that_vanishes_is_nobodys_fault() {
    let tree = Tree::new();
    let remove = "case \"$*\" in *--crate-name\\ case*) for word in \"$@\"; do case \"$word\" in kernel=*) rm -f \"${word#kernel=}\" ;; esac; done ;; esac";
    let rustc = tree.compiler(remove);
    let mut command = tree.command(&["--isolated", "--lane", "verdict"]);
    let run = Run::of(command.env("RUSTC", rustc));
    run.is_red(&["is not there: not judged", "run again"]);
    assert!(!run.stdout.contains("mend the case"), "{}", run.stdout);
}

fn start(command: &mut std::process::Command) -> Child {
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the tool can be run")
}

fn end(tool: &mut Child, signal: &str) -> Option<i32> {
    let id = tool.id().to_string();
    let sent = std::process::Command::new("kill")
        .args([signal, &id])
        .status();
    assert!(sent.expect("kill can be run").success());
    tool.wait().expect("the tool ends").code()
}

fn wait_for(condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(120), "it never came");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Whether there is a process with these words in its command line.
fn is_running(program: &str, argument: &str) -> bool {
    let wanted = format!("{program}\0{argument}\0");
    let processes = fs::read_dir("/proc").expect("there is /proc").flatten();
    let lines = processes.filter_map(|entry| fs::read(entry.path().join("cmdline")).ok());
    lines.into_iter().any(|line| line == wanted.as_bytes())
}
