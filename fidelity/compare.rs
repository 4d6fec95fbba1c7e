//! Compares the trace of hw-stub with that of a kernel, event by event: `fidelity-compare STUB
//! KERNEL DIFFERENCES`. `fidelity-compare events TRACE` prints what of a trace is compared.
//!
//! Lines that only one of them has must be explained in the file of differences, as often as it
//! says there. An explanation that explains nothing any more is as wrong as an event without one.

mod sections;

use std::fmt;
use std::process::ExitCode;
use std::{env, fs};

use serde::Deserialize;
use similar::{capture_diff_slices, Algorithm, DiffOp};

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(same) => ExitCode::from(u8::from(!same)),
        Err(problem) => {
            eprintln!("fidelity-compare: {problem}");
            ExitCode::from(2)
        }
    }
}

/// Whether all differences are explained.
fn run(arguments: &[String]) -> Result<bool, String> {
    match arguments {
        [events, trace] if events == "events" => {
            let events = read_events(trace)?;
            events.iter().for_each(|event| println!("{event}"));
            Ok(true)
        }
        [stub, kernel, differences] => {
            let comparison = compare_files(stub, kernel, differences)?;
            print!("{comparison}");
            Ok(comparison.complaints.is_empty())
        }
        _ => Err("expected STUB KERNEL DIFFERENCES; give three files".into()),
    }
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{path} cannot be read: {error}"))
}

fn read_events(path: &str) -> Result<Vec<String>, String> {
    let events = sections::events(&read(path)?);
    if events.is_empty() {
        return Err(format!("{path} is empty; see what its machine said"));
    }
    Ok(events)
}

fn compare_files(stub: &str, kernel: &str, differences: &str) -> Result<Comparison, String> {
    let file: File = toml::from_str(&read(differences)?)
        .map_err(|error| format!("{differences} is no list of differences: {error}"))?;
    let (stub, kernel) = (read_events(stub)?, read_events(kernel)?);

    Ok(compare(&texts(&stub), &texts(&kernel), &file.difference))
}

fn texts(events: &[String]) -> Vec<&str> {
    events.iter().map(String::as_str).collect()
}

/// What is in the file of differences.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    difference: Vec<Difference>,
}

/// An explained difference. `*` in a pattern stands for any text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    /// Why it is no fault of the stub.
    why: String,
    /// Lines that only the stub has.
    #[serde(default)]
    stub: Vec<String>,
    /// Lines that only the kernel has.
    #[serde(default)]
    kernel: Vec<String>,
    /// How many there are of each.
    count: usize,
}

/// Whose trace a line is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Stub,
    Kernel,
}

/// A line without its like in the other trace.
struct Unmatched<'a> {
    side: Side,
    number: usize,
    text: &'a str,
}

/// What came of it.
struct Comparison {
    equal: usize,
    explained: Vec<String>,
    complaints: Vec<String>,
}

fn compare(stub: &[&str], kernel: &[&str], differences: &[Difference]) -> Comparison {
    let (equal, unmatched) = difference_of(stub, kernel);
    let mut expected: Vec<_> = differences.iter().flat_map(Difference::lines).collect();
    let mut complaints = Vec::new();
    for line in &unmatched {
        let fitting = expected.iter_mut().filter(|expected| expected.fits(line));
        // Of explanations that all fit, the one that lacks the most lines.
        match fitting.min_by_key(|expected| expected.found as isize - expected.count as isize) {
            Some(expected) => expected.found += 1,
            None => complaints.push(line.to_string()),
        }
    }
    for wrong in expected.iter().filter(|line| line.found != line.count) {
        complaints.push(wrong.to_string());
    }
    Comparison {
        equal,
        explained: differences.iter().map(Difference::to_string).collect(),
        complaints,
    }
}

/// A line of an explanation.
struct Expected<'a> {
    side: Side,
    pattern: &'a str,
    why: &'a str,
    count: usize,
    found: usize,
}

impl Expected<'_> {
    fn fits(&self, line: &Unmatched<'_>) -> bool {
        self.side == line.side && matches(self.pattern, line.text)
    }
}

/// How many lines are equal, and the others.
fn difference_of<'a>(stub: &[&'a str], kernel: &[&'a str]) -> (usize, Vec<Unmatched<'a>>) {
    let mut equal = 0;
    let mut unmatched = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, stub, kernel) {
        if let DiffOp::Equal { len, .. } = operation {
            equal += len;
            continue;
        }
        for (side, lines, range) in [
            (Side::Stub, stub, operation.old_range()),
            (Side::Kernel, kernel, operation.new_range()),
        ] {
            unmatched.extend(range.map(|index| Unmatched {
                side,
                number: index + 1,
                text: lines[index],
            }));
        }
    }
    (equal, unmatched)
}

impl Difference {
    fn lines(&self) -> impl Iterator<Item = Expected<'_>> {
        let stub = self.stub.iter().map(|pattern| (Side::Stub, pattern));
        let kernel = self.kernel.iter().map(|pattern| (Side::Kernel, pattern));
        stub.chain(kernel).map(|(side, pattern)| Expected {
            side,
            pattern,
            why: &self.why,
            count: self.count,
            found: 0,
        })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} times: {}", self.count, self.why)
    }
}

impl fmt::Display for Expected<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            side,
            pattern,
            why,
            count,
            found,
        } = self;
        write!(
            f,
            "{side}: '{pattern}' is there {found} times, not {count}: {why}"
        )
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Side::Stub => "stub",
            Side::Kernel => "kernel",
        })
    }
}

impl fmt::Display for Unmatched<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.side, self.number, self.text)
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for explained in &self.explained {
            writeln!(f, "explained: {explained}")?;
        }
        for complaint in &self.complaints {
            writeln!(f, "unexplained: {complaint}")?;
        }
        writeln!(
            f,
            "{} events are equal, {} differences are explained, {} are not",
            self.equal,
            self.explained.len(),
            self.complaints.len()
        )
    }
}

/// Whether a line is as a pattern says.
fn matches(pattern: &str, line: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == line;
    };
    let Some(line) = line.strip_prefix(start) else {
        return false;
    };
    let mut ends = (0..=line.len()).filter(|&end| line.is_char_boundary(end));
    ends.any(|end| matches(rest, &line[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STUB: [&str; 4] = ["open(drm0)", "get(drm0): 2", "close", "end"];
    const KERNEL: [&str; 3] = ["open(drm0)", "close", "end"];

    fn difference(stub: Option<&str>, kernel: Option<&str>, count: usize) -> Difference {
        Difference {
            why: "it is so".into(),
            stub: stub.map(Into::into).into_iter().collect(),
            kernel: kernel.map(Into::into).into_iter().collect(),
            count,
        }
    }

    fn complaints(stub: &[&str], kernel: &[&str], differences: &[Difference]) -> Vec<String> {
        compare(stub, kernel, differences).complaints
    }

    #[test]
    fn equal_traces_need_no_explanation() {
        assert!(complaints(&STUB, &STUB, &[]).is_empty());
    }

    #[test]
    fn an_explained_difference_is_none() {
        let known = difference(Some("get(drm*): *"), None, 1);
        let comparison = compare(&STUB, &KERNEL, &[known]);
        assert!(comparison.complaints.is_empty());
        assert_eq!(comparison.equal, 3);
    }

    #[test]
    fn a_difference_without_an_explanation_is_named() {
        assert_eq!(complaints(&STUB, &KERNEL, &[]), ["stub 2: get(drm0): 2"]);
        assert_eq!(complaints(&KERNEL, &STUB, &[]), ["kernel 2: get(drm0): 2"]);
    }

    #[test]
    fn an_explanation_speaks_of_one_side() {
        let known = difference(Some("get(drm*): *"), None, 1);
        assert_eq!(complaints(&KERNEL, &STUB, &[known]).len(), 2);
    }

    #[test]
    fn another_order_is_a_difference() {
        let turned = ["open(drm0)", "close", "get(drm0): 2", "end"];
        assert_eq!(complaints(&STUB, &turned, &[]).len(), 2);
    }

    #[test]
    fn an_explanation_must_explain_as_much_as_it_says() {
        for count in [0, 2] {
            let known = difference(Some("get(drm*): *"), None, count);
            assert_eq!(complaints(&STUB, &KERNEL, &[known]).len(), 1);
        }
        let stale = difference(None, Some("never"), 1);
        assert_eq!(complaints(&STUB, &STUB, &[stale]).len(), 1);
    }

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, line) in [("a*c", "abc"), ("a*", "a"), ("*: *", "x: y: z"), ("a", "a")] {
            assert!(matches(pattern, line), "{pattern} {line}");
        }
        for (pattern, line) in [("a*c", "ab"), ("a", "ab"), ("*b", "a")] {
            assert!(!matches(pattern, line), "{pattern} {line}");
        }
    }
}
