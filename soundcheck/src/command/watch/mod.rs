//! The command `watch`: judges again whenever a file is saved.
//!
//! Owns what is watched and when it is judged. Changes that come while
//! something is judged are kept for afterwards; input that cannot be judged is
//! complained about and waited out.

mod change;

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use notify_debouncer_full::new_debouncer;
use notify_debouncer_full::notify::RecommendedWatcher;
use notify_debouncer_full::notify::RecursiveMode;
use notify_debouncer_full::DebounceEventResult;
use notify_debouncer_full::Debouncer;
use notify_debouncer_full::RecommendedCache;

use crate::command::options::CheckOptions;
use crate::ground::process;
use crate::ground::workspace::Workspace;
use crate::subject::kernel::Tree;
use crate::subject::target::Target;
use change::Changes;

/// Folders at the root that no verdict depends on: the tool itself, which runs
/// already, and what is written about it or compared with it.
pub const OTHERS: &[&str] = &["ci", "docs", "fidelity", "soundcheck", "target"];

/// What of a kernel tree people edit.
pub const KERNEL: &str = "rust/kernel";

/// Editors save in several steps, which are one change.
const PAUSE: Duration = Duration::from_millis(150);

/// Something that ends the wait.
enum Signal {
    Changed(DebounceEventResult),
    Stop,
}

/// Judges now, and after each change, until it is interrupted. `judge` reports
/// for itself, also what it cannot judge; `say` is told what happens between.
///
/// # Errors
///
/// There is no workspace, or it cannot be watched.
pub fn watch(
    options: &CheckOptions,
    judge: &mut dyn FnMut(&CheckOptions),
    say: &mut dyn FnMut(&str),
) -> anyhow::Result<()> {
    let workspace = Workspace::open(options.root.as_deref(), options.target_dir.as_deref())?;
    let places = Target::open(&workspace, None)?.places;
    let (sender, signals) = mpsc::channel();
    let judging = Arc::new(AtomicBool::new(false));
    stop_on_interrupt(sender.clone(), Arc::clone(&judging));
    let mut roots = vec![workspace.root().to_owned()];
    let mut watcher = Watcher::new(&workspace, sender)?;
    if let Some(kernel) = &options.kernel {
        let tree = Tree::open(&kernel.objtree, kernel.source.as_deref())?;
        watcher.add(&tree.source().join(KERNEL), RecursiveMode::Recursive)?;
        roots.push(tree.source().to_owned());
    }
    let mut changes = Changes::all();
    loop {
        judging.store(true, Ordering::SeqCst);
        if let Some(cases) = changes.cases(workspace.root(), &places, options) {
            judge(&cases);
        }
        judge(options);
        judging.store(false, Ordering::SeqCst);
        watcher.add_folders()?;
        say("waiting for changes; Ctrl-C ends");
        match wait(&roots, &signals) {
            Some(next) => changes = next,
            None => return Ok(()),
        }
        say(&changes.to_string());
    }
}

/// A wait can be ended in order; compilers that run cannot.
fn stop_on_interrupt(sender: mpsc::Sender<Signal>, judging: Arc<AtomicBool>) {
    process::on_signal(move || {
        !judging.load(Ordering::SeqCst) && sender.send(Signal::Stop).is_ok()
    });
}

/// Waits for changes that matter, and takes all that are there by then.
fn wait(roots: &[Utf8PathBuf], signals: &mpsc::Receiver<Signal>) -> Option<Changes> {
    let mut changes = Changes::none();
    while changes.is_empty() {
        let first = signals.recv().ok()?;
        for signal in std::iter::once(first).chain(signals.try_iter()) {
            match signal {
                Signal::Changed(result) => changes.add(roots, result),
                Signal::Stop => return None,
            }
        }
    }
    Some(changes)
}

/// The folders that are watched.
struct Watcher {
    workspace: Workspace,
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    watched: BTreeSet<Utf8PathBuf>,
}

impl Watcher {
    fn new(workspace: &Workspace, sender: mpsc::Sender<Signal>) -> anyhow::Result<Self> {
        let tell = move |result| {
            // When nobody listens any more, the program is about to end.
            drop(sender.send(Signal::Changed(result)));
        };
        let debouncer = new_debouncer(PAUSE, None, tell).context("cannot watch files")?;
        let mut watcher = Self {
            workspace: workspace.clone(),
            debouncer,
            watched: BTreeSet::new(),
        };
        // The root itself tells of folders that come later.
        watcher.add(workspace.root(), RecursiveMode::NonRecursive)?;
        watcher.add_folders()?;
        Ok(watcher)
    }

    /// Watches the folders that are there by now.
    fn add_folders(&mut self) -> anyhow::Result<()> {
        let there = folders(&self.workspace)?;
        for folder in there.difference(&self.watched.clone()) {
            self.add(folder, RecursiveMode::Recursive)?;
        }
        self.watched = there;
        Ok(())
    }

    fn add(&mut self, path: &Utf8Path, mode: RecursiveMode) -> anyhow::Result<()> {
        self.debouncer
            .watch(path, mode)
            .with_context(|| format!("cannot watch {path}"))
    }
}

/// The folders below the root that a verdict may depend on. One with the mark of
/// a cache holds what a build writes.
fn folders(workspace: &Workspace) -> anyhow::Result<BTreeSet<Utf8PathBuf>> {
    let root = workspace.root();
    let entries = root.read_dir_utf8();
    let entries = entries.with_context(|| format!("cannot read {root}"))?;
    let paths = entries.flatten().map(|entry| entry.into_path());
    let is_watched = |path: &Utf8PathBuf| {
        let name = path.file_name().unwrap_or_default();
        let is_output = path.join("CACHEDIR.TAG").exists() || workspace.target().starts_with(path);
        path.is_dir() && change::is_of_interest(name) && !is_output
    };
    Ok(paths.filter(is_watched).collect())
}
