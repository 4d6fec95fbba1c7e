//! A case as the smallest program that can be shown to somebody who does not
//! know the harness: no header, no marks, no twin.
//!
//! Owns what is left out, and that the rest fits into a mail.

use std::process::Command;

use super::git;
use super::step::Program;
use crate::judge::source::Source;
use crate::judge::twin;

/// The lines of a program, none wider than `width`.
pub fn excerpt(program: &Program, width: usize) -> Vec<String> {
    let Program { text, is_twin } = program;
    let alone = Source::look(text, |source| twin::alone(source, text, *is_twin));
    let text = alone.unwrap_or_else(|| text.clone());
    let kept = text.lines().filter_map(|line| unmarked(line, *is_twin));
    let text = kept.collect::<Vec<_>>().join("\n");
    let text = laid_out(&text, width).unwrap_or(text);
    let lines = tidy(&text).into_iter();
    lines.flat_map(|line| fitted(line, width)).collect()
}

/// A line without what only the harness reads. The mark of an error becomes a
/// comment above its line.
fn unmarked(line: &str, is_twin: bool) -> Option<String> {
    let start = line.trim_start();
    if start.starts_with("//!") || start.starts_with("//@") {
        return None;
    }
    let Some((code, mark)) = line.split_once("//~") else {
        return Some(line.to_owned());
    };
    let code = code.trim_end();
    if is_twin || mark.starts_with('^') {
        return Some(code.to_owned());
    }
    let indent = &line[..line.len() - start.len()];
    Some(format!("{indent}// Must be refused:{mark}\n{code}"))
}

/// The text as rustfmt lays it out for the width, if it does.
fn laid_out(text: &str, width: usize) -> Option<String> {
    let mut command = Command::new("rustfmt");
    let config = format!("max_width={width},use_small_heuristics=Max");
    command.args(["--edition", "2021", "--quiet", "--config", &config]);
    let output = git::run(command, text.as_bytes()).ok()?;
    let is_done = output.status.success();
    is_done
        .then(|| String::from_utf8(output.stdout).ok())
        .flatten()
}

/// The lines without empty ones at the ends or after another.
fn tidy(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        let is_first = lines.last().is_none_or(|last| last.is_empty());
        if !(line.is_empty() && is_first) {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    lines
}

/// A line as several where it is too wide. Nobody compiles a report, and a
/// reader sees by the indentation what belongs together.
fn fitted(line: &str, width: usize) -> Vec<String> {
    let indent = &line[..line.len() - line.trim_start().len()];
    let comment = line.trim_start().starts_with("//");
    let more = if comment { "// " } else { "    " };
    let more = format!("{indent}{more}");
    let options = textwrap::Options::new(width).subsequent_indent(&more);
    let lines = textwrap::wrap(line, options.break_words(true));
    lines.into_iter().map(|line| line.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: &str = "//! Says what.\n//@ claim: x\nuse kernel::drm;\n\n#[cfg(not(twin))]\n\
        fn case<T: drm::Driver>(dev: &drm::Device<T>) {\n    let _ = dev.registration_guard(); //~ E0599 registration_guard\n}\n\
        #[cfg(twin)]\nfn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {\n    let _ = dev.registration_guard();\n}\n\nfn main() {}\n";

    fn of(text: &str, is_twin: bool, width: usize) -> String {
        let text = text.to_owned();
        excerpt(&Program { text, is_twin }, width).join("\n")
    }

    #[test]
    fn a_case_is_shown_without_header_and_twin() {
        assert_eq!(
            of(CASE, false, 71),
            "use kernel::drm;\n\nfn case<T: drm::Driver>(dev: &drm::Device<T>) {\n    \
             // Must be refused: E0599 registration_guard\n    let _ = dev.registration_guard();\n}\n\nfn main() {}"
        );
    }

    #[test]
    fn a_twin_is_shown_without_its_case() {
        let shown = of(CASE, true, 71);
        assert!(
            shown.contains("drm::Ioctl") && !shown.contains("refused"),
            "{shown}"
        );
    }

    #[test]
    fn every_line_fits() {
        for width in [20, 40, 71] {
            let shown = of(CASE, false, width);
            let widest = shown.lines().map(str::len).max();
            assert!(widest.is_some_and(|widest| widest <= width), "{shown}");
        }
        let words = "wide ".repeat(30);
        let text = format!("fn main() {{\n    // {words}\n    let s = \"{words}\";\n}}\n");
        let shown = of(&text, false, 40);
        assert!(shown.lines().all(|line| line.len() <= 40), "{shown}");
        assert!(shown.contains("\n    // wide"), "{shown}");
    }
}
