//! The pages in `docs/`, executed on a copy of the tree.
//!
//! Owns what a block means: `console` is run and its output compared, `diff` is
//! applied to the files that it names. Other blocks are only to be read.

mod copy;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use snapbox::IntoData as _;

#[test]
fn a_new_context_goes_from_proposal_to_green() {
    Tree::fresh().follow("docs/new-context.md");
}

#[test]
fn blocks_are_read_with_their_lines() {
    let page = "a\n```console\n$ one\nout\n? 2\n$ two\n```\n```diff\n+x\n```\n```rust\nno\n```\n";
    let command = |line: usize, words: &str, output: &str, status: i32| Step::Run {
        line,
        command: words.to_owned(),
        output: output.to_owned(),
        status,
    };
    assert_eq!(
        steps(page),
        [
            command(3, "one", "out\n", 2),
            command(6, "two", "", 0),
            Step::Patch {
                line: 8,
                patch: "+x\n".to_owned()
            },
        ]
    );
}

/// Something that a page asks its reader to do.
#[derive(Debug, PartialEq)]
enum Step {
    /// To run a command, and what comes of it.
    Run {
        line: usize,
        command: String,
        output: String,
        status: i32,
    },
    /// To make an edit.
    Patch { line: usize, patch: String },
}

/// The steps of a page.
fn steps(page: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut block = "";
    for (index, text) in page.lines().enumerate() {
        let line = index + 1;
        if let Some(kind) = text.strip_prefix("```") {
            block = kind;
            if block == "diff" {
                let patch = String::new();
                steps.push(Step::Patch { line, patch });
            }
            continue;
        }
        match (block, steps.last_mut()) {
            ("diff", Some(Step::Patch { patch, .. })) => patch.push_str(&format!("{text}\n")),
            ("console", last) => console(line, text, last)
                .into_iter()
                .for_each(|step| steps.push(step)),
            _ => {}
        }
    }
    steps
}

/// A line of a console: a command, the status of the last one, or its output.
fn console(at: usize, text: &str, last: Option<&mut Step>) -> Option<Step> {
    if let Some(command) = text.strip_prefix("$ ") {
        return Some(Step::Run {
            line: at,
            command: command.to_owned(),
            output: String::new(),
            status: 0,
        });
    }
    let Some(Step::Run { output, status, .. }) = last else {
        panic!("line {at}: output without a command");
    };
    match text.strip_prefix("? ") {
        Some(number) => *status = number.parse().expect("a status is a number"),
        None => output.push_str(&format!("{text}\n")),
    }
    None
}

/// A copy of the workspace.
struct Tree {
    root: Utf8PathBuf,
    target: Utf8PathBuf,
}

impl Tree {
    fn fresh() -> Self {
        let package = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
        let source = package.parent().expect("the package is in the workspace");
        let temporary = Utf8Path::new(env!("CARGO_TARGET_TMPDIR"));
        let tree = Self {
            root: temporary.join("docs/tree"),
            target: temporary.join("docs/target"),
        };
        drop(fs::remove_dir_all(&tree.root));
        copy::copy_tree(source, &tree.root).expect("the tree can be copied");
        tree.install_tool();
        tree
    }

    /// The tool as it was built, in the place of the alias that builds it.
    fn install_tool(&self) {
        let script = format!(
            "#!/bin/sh\nif [ \"$1\" = soundcheck ]; then shift; exec '{}' \"$@\"; fi\nexec '{}' \"$@\"\n",
            env!("CARGO_BIN_EXE_soundcheck"),
            env!("CARGO"),
        );
        fs::create_dir_all(self.tools()).expect("a folder can be made");
        let cargo = self.tools().join("cargo");
        fs::write(&cargo, script).expect("a file can be written");
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755))
            .expect("a file can be made executable");
    }

    fn tools(&self) -> Utf8PathBuf {
        self.root.with_file_name("bin")
    }

    /// Does what a page says.
    fn follow(&self, page: &str) {
        let text = fs::read_to_string(self.root.join(page)).expect("the page is readable");
        let steps = steps(&text);
        assert!(!steps.is_empty(), "{page} has no steps");
        for step in &steps {
            match step {
                Step::Patch { line, patch } => self.patch(patch, &format!("{page}:{line}")),
                Step::Run {
                    line,
                    command,
                    output,
                    status,
                } => {
                    let (said, ended) = self.run(command);
                    let place = format!("{page}:{line}");
                    assert_eq!(ended, Some(*status), "{place}: {command}\n{said}");
                    let compared = snapbox::Assert::new().try_eq(
                        Some(&place),
                        said.into_data(),
                        output.into_data(),
                    );
                    compared.unwrap_or_else(|error| panic!("{place}: {command}\n{error}"));
                }
            }
        }
    }

    fn run(&self, command: &str) -> (String, Option<i32>) {
        let path = std::env::var("PATH").expect("there is a path");
        let output = Command::new("sh")
            .args(["-c", &format!("exec 2>&1\n{command}")])
            .current_dir(&self.root)
            .env("PATH", format!("{}:{path}", self.tools()))
            .env("CARGO_TARGET_DIR", &self.target)
            .env_remove("TRYBUILD")
            .output()
            .expect("sh can be run");
        let said = String::from_utf8(output.stdout).expect("reports are UTF-8");
        (said, output.status.code())
    }

    fn patch(&self, patch: &str, place: &str) {
        let patch = diffy::Patch::from_str(patch);
        let patch = patch.unwrap_or_else(|error| panic!("{place}: {error}"));
        let path = patch.modified().and_then(|path| path.strip_prefix("b/"));
        let path = self.root.join(path.expect("a patch names its file"));
        let old = fs::read_to_string(&path).expect("the file is readable");
        let new = diffy::apply(&old, &patch);
        let new = new.unwrap_or_else(|error| panic!("{place}: {error}"));
        fs::write(&path, new).expect("the file can be written");
    }
}
