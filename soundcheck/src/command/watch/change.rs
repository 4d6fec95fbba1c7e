//! What was changed, as far as a verdict may depend on it.
//!
//! Owns which files count: not build output, and not what editors leave beside
//! a file while they save it. Reading a file is no change.

use std::collections::BTreeSet;
use std::fmt;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use notify_debouncer_full::notify::event::AccessKind;
use notify_debouncer_full::notify::event::AccessMode;
use notify_debouncer_full::notify::EventKind;
use notify_debouncer_full::DebounceEventResult;

use super::OTHERS;
use crate::command::options::CheckOptions;
use crate::judge::places::Places;

/// Files at the root that count.
const FILES: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "rust-toolchain",
    "rust-toolchain.toml",
    "soundcheck.toml",
];

/// The one hidden folder that counts: what cargo is told.
const CARGO: &str = ".cargo";

/// What editors and version control leave beside a file, by its extension. Every
/// other file may be included by one that is compiled.
const LEFT: &[&str] = &["bak", "orig", "rej", "swo", "swp", "swx", "tmp"];

/// The changes since something was judged.
#[derive(Debug, Default)]
pub struct Changes {
    paths: BTreeSet<Utf8PathBuf>,
    /// Whether more may have changed than the paths.
    unknown: bool,
}

impl Changes {
    /// Nothing was changed.
    pub fn none() -> Self {
        Self::default()
    }

    /// Everything may have been changed.
    pub fn all() -> Self {
        Self {
            unknown: true,
            ..Self::default()
        }
    }

    /// Whether nothing was changed that counts.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.unknown
    }

    /// Adds what the watcher tells of files below the roots.
    pub fn add(&mut self, roots: &[Utf8PathBuf], result: DebounceEventResult) {
        let Ok(events) = result else {
            self.unknown = true;
            return;
        };
        for event in events.iter().filter(|event| is_change(&event.kind)) {
            self.unknown |= event.need_rescan();
            let paths = event
                .paths
                .iter()
                .filter_map(|path| Utf8Path::from_path(path));
            let inner = |path| {
                roots
                    .iter()
                    .find_map(|root| Utf8Path::strip_prefix(path, root).ok())
            };
            let paths = paths.filter_map(inner);
            self.paths
                .extend(paths.filter(|path| counts(path)).map(Utf8Path::to_owned));
        }
    }

    /// If nothing but cases was changed, the call that judges these.
    pub fn cases(
        &self,
        root: &Utf8Path,
        places: &Places,
        options: &CheckOptions,
    ) -> Option<CheckOptions> {
        if self.unknown || self.is_empty() {
            return None;
        }
        let mut filters = BTreeSet::new();
        for path in &self.paths {
            let kind = places.kind_of(path)?;
            let mut lanes = options.lanes.iter();
            let is_judged =
                options.lanes.is_empty() || lanes.any(|lane| kind.lanes().contains(lane));
            let (case, id) = (path.with_extension("rs"), path.with_extension(""));
            let mut wanted = options.filters.iter();
            let is_wanted =
                options.filters.is_empty() || wanted.any(|filter| id.as_str().contains(filter));
            if root.join(case).is_file() && is_judged && is_wanted {
                filters.insert(id.into_string());
            }
        }
        let filters: Vec<String> = filters.into_iter().collect();
        (!filters.is_empty()).then(|| CheckOptions {
            filters,
            ..options.clone()
        })
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths: Vec<&str> = self.paths.iter().map(|path| path.as_str()).collect();
        match paths.as_slice() {
            [] => write!(f, "changed: something"),
            [path] => write!(f, "changed: {path}"),
            [path, more @ ..] => write!(f, "changed: {path} and {} more", more.len()),
        }
    }
}

fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(access) => *access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// Whether a path below the root counts. One without an extension may be a
/// folder.
fn counts(path: &Utf8Path) -> bool {
    let Some(first) = path.components().next() else {
        return false;
    };
    let is_file = path.as_str() == first.as_str() && path.as_str().contains('.');
    if is_file || FILES.contains(&path.as_str()) {
        return FILES.contains(&path.as_str()) || path == CARGO;
    }
    if !is_of_interest(first.as_str()) {
        return false;
    }
    let mut parts = path.components().map(|part| part.as_str()).skip(1);
    if parts.any(|part| part.starts_with('.') || ["target", "wip"].contains(&part)) {
        return false;
    }
    let name = path.file_name().unwrap_or_default();
    let is_left = name.ends_with('~') || name.starts_with('#');
    // Editors try whether they may write with a file that is named by a number.
    let is_number = name.chars().all(|letter| letter.is_ascii_digit());
    !is_left && !is_number && !path.extension().is_some_and(|it| LEFT.contains(&it))
}

/// Whether a verdict may depend on what is in a folder at the root.
pub fn is_of_interest(folder: &str) -> bool {
    folder == CARGO || (!folder.starts_with('.') && !OTHERS.contains(&folder))
}

#[cfg(test)]
mod tests {
    use notify_debouncer_full::notify::Event;
    use notify_debouncer_full::DebouncedEvent;

    use super::*;
    use crate::judge::lane::Lane;

    fn changed(kind: EventKind, paths: &[&str]) -> Changes {
        let mut event = Event::new(kind);
        for path in paths {
            event = event.add_path(Utf8Path::new("/tree").join(path).into());
        }
        let mut changes = Changes::none();
        let event = DebouncedEvent::new(event, std::time::Instant::now());
        changes.add(&["/tree".into(), "/linux".into()], Ok(vec![event]));
        changes
    }

    #[test]
    fn sources_count_and_what_editors_leave_does_not() {
        for path in [
            "api/src/lib.rs",
            "contracts/api.toml",
            "ui-fail/a/b.stderr",
            "ui-fail/a",
            "Cargo.toml",
            "Cargo.lock",
            ".cargo/config.toml",
            "snapshots/diagnostics/1.95.0/guard.txt",
            "ui-pass/firmware.bin",
            "ui-pass",
        ] {
            assert!(counts(Utf8Path::new(path)), "{path}");
        }
        for path in [
            "",
            "target/debug/x.rs",
            "api/target/x.rs",
            "soundcheck/src/lib.rs",
            "README.md",
            ".git/index",
            "api/src/.lib.rs.swp",
            "api/src/lib.rs~",
            "api/src/#lib.rs#",
            "api/src/.#lib.rs",
            "api/src/4913",
            "api/src/lib.rs.tmp",
            "ui-fail/wip/case.stderr",
        ] {
            assert!(!counts(Utf8Path::new(path)), "{path}");
        }
    }

    #[test]
    fn sources_of_a_kernel_count_too() {
        let saved = |path: &str| !changed(EventKind::Any, &[path]).is_empty();
        assert!(saved("/linux/rust/kernel/drm/device.rs"));
        assert!(!saved("/other/rust/kernel/drm/device.rs"));
    }

    #[test]
    fn to_read_is_no_change() {
        let read = EventKind::Access(AccessKind::Open(AccessMode::Read));
        assert!(changed(read, &["api/src/lib.rs"]).is_empty());
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        assert!(!changed(written, &["api/src/lib.rs"]).is_empty());
    }

    #[test]
    fn changed_cases_are_judged_first() {
        let tree = tempfile::tempdir().expect("a temporary directory can be made");
        let root = Utf8Path::from_path(tree.path()).expect("its path is UTF-8");
        std::fs::create_dir_all(root.join("ui-fail/a")).expect("a folder can be made");
        std::fs::write(root.join("ui-fail/a/b.rs"), "").expect("a file can be written");
        let filters = |paths: &[&str], options: &CheckOptions| {
            let cases = changed(EventKind::Any, paths).cases(root, &Places::usual(), options);
            cases.map(|cases| cases.filters)
        };
        let all = CheckOptions::default();
        let case = Some(vec!["ui-fail/a/b".to_owned()]);
        assert_eq!(filters(&["ui-fail/a/b.rs"], &all), case);
        assert_eq!(
            filters(&["ui-fail/a/b.rs", "ui-fail/a/gone.rs"], &all),
            case
        );
        assert_eq!(filters(&["ui-fail/a/b.rs", "api/src/lib.rs"], &all), None);
        assert_eq!(filters(&["ui-fail/a/gone.rs"], &all), None);
        let run = CheckOptions {
            lanes: vec![Lane::RUN],
            ..CheckOptions::default()
        };
        assert_eq!(filters(&["ui-fail/a/b.rs"], &run), None);
        let other = CheckOptions {
            filters: vec!["guard".to_owned()],
            ..CheckOptions::default()
        };
        assert_eq!(filters(&["ui-fail/a/b.rs"], &other), None);
    }
}
