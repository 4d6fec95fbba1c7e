//! `soundcheck watch` on the miniature tree: each save is followed by a
//! verdict, and nothing but Ctrl-C ends it.

use std::io::BufRead;
use std::io::BufReader;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use crate::tree::Tree;

const WAITING: &str = "waiting for changes";

/// A watcher, and the lines that it prints.
struct Watch {
    child: Child,
    stdout: mpsc::Receiver<String>,
    stderr: mpsc::Receiver<String>,
}

impl Watch {
    fn start(tree: &Tree, arguments: &[&str]) -> Self {
        let target = tree.root().with_file_name("target");
        let mut child = Command::new(env!("CARGO_BIN_EXE_soundcheck"))
            .args(["watch", "--root", tree.root().as_str(), "--target-dir"])
            .arg(target)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the tool can be run");
        let stdout = child.stdout.take().expect("its output is piped");
        let stderr = child.stderr.take().expect("its complaints are piped");
        Self {
            child,
            stdout: lines(stdout),
            stderr: lines(stderr),
        }
    }

    /// Waits for a line of the reports.
    #[track_caller]
    fn sees(&self, text: &str) {
        wait(&self.stdout, text);
    }

    /// Waits for a complaint.
    #[track_caller]
    fn hears(&self, text: &str) {
        wait(&self.stderr, text);
    }

    /// Presses Ctrl-C, and returns the exit status.
    fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status();
        assert!(sent.expect("kill can be run").success());
        self.child.wait().expect("it can be waited for").code()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It has ended already unless the test failed.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Waits for a line with a text.
#[track_caller]
fn wait(lines: &mpsc::Receiver<String>, text: &str) {
    let mut seen = Vec::new();
    loop {
        match lines.recv_timeout(Duration::from_secs(120)) {
            Ok(line) if line.contains(text) => return,
            Ok(line) => seen.push(line),
            Err(_) => panic!("`{text}` did not come, but {seen:#?}"),
        }
    }
}

/// The lines of a stream as they come.
fn lines(stream: impl std::io::Read + Send + 'static) -> mpsc::Receiver<String> {
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

#[test]
fn a_save_is_followed_by_a_verdict() {
    let tree = Tree::new();
    let watch = Watch::start(&tree, &["--lane", "verdict"]);
    watch.sees("all claims hold: 9 verdicts");
    watch.sees(WAITING);

    let lib = "api/src/lib.rs";
    tree.edit(lib, "impl Device<Ioctl>", "impl<C> Device<C>");
    watch.sees("changed: api/src/lib.rs");
    watch.sees("not sound as it stands");
    watch.sees(WAITING);
    tree.edit(lib, "impl<C> Device<C>", "impl Device<Ioctl>");
    watch.sees("all claims hold: 9 verdicts");
    watch.sees(WAITING);

    let case = "ui-fail/guard/normal-method.rs";
    tree.edit(case, "//~ E0599", "//~ E0308");
    watch.sees("changed: ui-fail/guard/normal-method.rs");
    watch.sees("not sound as it stands: 1 of 1 ");
    watch.sees("not sound as it stands: 1 of 9 ");
    watch.sees(WAITING);
    tree.edit(case, "//~ E0308", "//~ E0599");
    watch.sees("all claims hold: 1 verdict ");
    watch.sees("all claims hold: 9 verdicts");
    watch.sees(WAITING);

    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn input_that_cannot_be_judged_is_waited_out() {
    let tree = Tree::new();
    let claims = "contracts/claims.toml";
    tree.edit(claims, "naming = true", "nameing = true");
    let watch = Watch::start(&tree, &["--lane", "verdict", "token"]);
    watch.hears("error: contracts/claims.toml:35: unknown field `nameing`");
    watch.sees(WAITING);
    tree.edit(claims, "nameing = true", "naming = true");
    watch.sees("all claims hold");
    watch.sees(WAITING);
    tree.write("ui-fail/token/.case.rs.swp", "what an editor leaves");
    tree.write("api/src/4913", "");
    tree.edit(claims, "naming = true", "nameing = true");
    watch.sees("changed: contracts/claims.toml");
    watch.hears("unknown field `nameing`");
    watch.sees(WAITING);
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn every_file_that_a_verdict_may_depend_on_is_watched() {
    let tree = Tree::new();
    let watch = Watch::start(&tree, &["--lane", "verdict", "token"]);
    watch.sees(WAITING);
    for (path, text) in [
        ("snapshots/diagnostics/guard.txt", "new"),
        ("snapshots/diagnostics/guard.txt", "changed"),
        ("ui-pass/firmware.bin", "included"),
        (".cargo/config.toml", "[env]\n"),
        ("later/src/lib.rs", "//! A package that comes later.\n"),
    ] {
        tree.write(path, text);
        let folder = path.split('/').next().unwrap_or_default();
        watch.sees(&format!("changed: {folder}"));
        watch.sees("all claims hold");
        watch.sees(WAITING);
    }
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn a_folder_that_must_be_watched_and_is_missing() {
    let tree = Tree::new();
    tree.write("build/include/generated/autoconf.h", "");
    let (build, source) = (tree.root().join("build"), tree.root().join("linux"));
    std::fs::create_dir(&source).expect("a folder can be made");
    let mut command = Command::new(env!("CARGO_BIN_EXE_soundcheck"));
    command.args(["watch", "--root", tree.root().as_str()]);
    command.args(["--kernel", build.as_str(), "--source", source.as_str()]);
    let run = crate::tree::Run::of(&mut command);
    run.is_bad_input("linux");
}
