//! Reports in files beside the one on standard output.

use std::fs;

use camino::Utf8PathBuf;

use crate::tree::Tree;

const FORMATS: [&str; 6] = ["human", "json", "junit", "sarif", "github", "ktap"];

fn folder(tree: &Tree) -> Utf8PathBuf {
    let folder = tree.root().join("reports");
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

#[test]
fn every_format_can_go_to_a_file_while_people_read_theirs() {
    let tree = Tree::new();
    let folder = folder(&tree);
    let mut arguments = vec!["--lane".to_owned(), "verdict".to_owned()];
    for format in FORMATS {
        arguments.push("--report".to_owned());
        arguments.push(format!("{format}={folder}/{format}"));
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let run = tree.run(&arguments);
    run.is_green();
    assert!(run.stdout.contains("all claims hold: 9 verdicts"));
    let read = |format: &str| fs::read_to_string(folder.join(format)).expect("it was written");
    assert!(read("human").contains("all claims hold: 9 verdicts"));
    assert_eq!(read("json").lines().count(), 10);
    assert_eq!(read("junit").matches("<testcase ").count(), 10);
    assert!(read("sarif").contains("\"total\": 9"));
    assert!(read("github").contains("9 passed, 0 failed"));
    assert!(read("ktap").contains("\n  1..9\n"));
    assert!(FORMATS
        .iter()
        .all(|format| !read(format).contains('\u{1b}')));
}

#[test]
fn a_file_that_cannot_be_written_turns_the_run_red_and_is_named() {
    for format in FORMATS {
        let tree = Tree::new();
        let report = format!("{format}=/dev/full");
        let run = tree.run(&["--lane", "build", "--report", &report]);
        run.is_red(&["error: the", "not sound as it stands"]);
        let name = format!("the {format} report could not be written: /dev/full: ");
        assert!(run.stderr.contains(&name), "{run:#?}");
    }
}

#[test]
fn every_format_on_a_full_standard_output_is_red_and_said_elsewhere() {
    for format in FORMATS {
        let tree = Tree::new();
        let full = fs::OpenOptions::new().write(true).open("/dev/full");
        let full = full.expect("the device can be opened");
        let mut command = tree.command(&["--lane", "build", "--format", format]);
        command.env_remove("GITHUB_STEP_SUMMARY");
        let output = command.stdout(full).output().expect("the tool can be run");
        assert_eq!(output.status.code(), Some(1), "{format}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains(&format!("the {format} report")), "{stderr}");
    }
}

#[test]
fn reports_that_cannot_be_opened_are_bad_input() {
    let tree = Tree::new();
    let run = tree.run(&["--report", "junit=no/such/folder/a.xml"]);
    run.is_bad_input("cannot write the report no/such/folder/a.xml");
    let file = format!("json={}/a", folder(&tree));
    let run = tree.run(&["--report", &file, "--report", &file]);
    run.is_bad_input("two reports go to");
}

#[test]
fn a_call_that_judges_nothing_loses_no_report() {
    let tree = Tree::new();
    let file = folder(&tree).join("junit.xml");
    fs::write(&file, "an old report").expect("the file can be written");
    let report = format!("junit={file}");
    let run = tree.run(&["no-such-case", "--report", &report]);
    run.is_bad_input("no case of the selected lanes matches");
    let kept = fs::read_to_string(&file).expect("the file is there");
    assert_eq!(kept, "an old report");
}

#[test]
fn github_gets_its_page_and_an_annotation_on_the_line() {
    let tree = Tree::new();
    tree.edit("api/src/lib.rs", "impl Device<Ioctl>", "impl<C> Device<C>");
    let page = folder(&tree).join("page.md");
    fs::write(&page, "# Earlier step\n").expect("the file can be written");
    let mut command = tree.command(&["--lane", "verdict", "--format", "github"]);
    command.env("GITHUB_STEP_SUMMARY", &page);
    let output = command.output().expect("the tool can be run");
    assert_eq!(output.status.code(), Some(1));
    let stdout = String::from_utf8(output.stdout).expect("reports are UTF-8");
    let mut annotations = stdout.lines().filter(|line| line.starts_with("::error "));
    let annotation = annotations.next().expect("there is an annotation");
    assert!(
        annotation.contains(",line=7,title=verdict "),
        "{annotation}"
    );
    let page = fs::read_to_string(page).expect("the page is there");
    assert!(page.starts_with("# Earlier step\n## soundcheck: not sound"));
}

#[test]
fn everything_that_was_confirmed_alone_is_listed_in_every_lane_that_batches() {
    let tree = Tree::new();
    let run = tree.run(&["--lane", "verdict", "--lane", "twins", "--verbose"]);
    run.is_green();
    for lane in ["verdict", "twins"] {
        let mine = || run.stdout.lines().filter(|line| line.starts_with(lane));
        let listed = mine().filter(|line| line.contains(" confirmed alone: "));
        let total = mine().find(|line| line.ends_with(" confirmed alone)"));
        let total = total.expect("the lane has a line");
        let counted = format!("({} confirmed alone)", listed.count());
        assert!(total.ends_with(&counted), "{counted} is not in `{total}`");
    }
}
