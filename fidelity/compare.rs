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
    /// A line that only the stub has.
    stub: Option<String>,
    /// A line that only the kernel has.
    kernel: Option<String>,
    /// How many of them there are.
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
    let mut used = vec![[0; 2]; differences.len()];
    let mut complaints = Vec::new();
    for line in &unmatched {
        let fits = |difference: &Difference| {
            let pattern = difference.pattern(line.side);
            pattern.is_some_and(|pattern| matches(pattern, line.text))
        };
        match differences.iter().position(fits) {
            Some(index) => used[index][line.side as usize] += 1,
            None => complaints.push(line.to_string()),
        }
    }
    let mut explained = Vec::new();
    for (difference, used) in differences.iter().zip(used) {
        let wanted = [Side::Stub, Side::Kernel].map(|side| difference.wanted(side));
        if used == wanted && difference.count > 0 {
            explained.push(difference.to_string());
        } else {
            complaints.push(format!(
                "{difference}\n    but there are {} in the stub's trace and {} in the kernel's",
                used[0], used[1]
            ));
        }
    }
    Comparison {
        equal,
        explained,
        complaints,
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
    fn pattern(&self, side: Side) -> Option<&str> {
        match side {
            Side::Stub => self.stub.as_deref(),
            Side::Kernel => self.kernel.as_deref(),
        }
    }

    fn wanted(&self, side: Side) -> usize {
        self.pattern(side).map_or(0, |_| self.count)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} times", self.count)?;
        for side in [Side::Stub, Side::Kernel] {
            if let Some(pattern) = self.pattern(side) {
                write!(f, " {side} '{pattern}'")?;
            }
        }
        write!(f, ": {}", self.why)
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
            stub: stub.map(Into::into),
            kernel: kernel.map(Into::into),
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
