//! The mutants of kernel trees that somebody wrote, through the command itself.
//!
//! `SOUNDCHECK_KERNELS` names a folder with prepared trees (`linux-7.3/build`
//! and so on); without it, the trials are ignored. A tree itself is never
//! touched.

use camino::Utf8Path;
use camino::Utf8PathBuf;
use libtest_mimic::Arguments;
use libtest_mimic::Trial;
use soundcheck::command::mutants;
use soundcheck::command::mutants::Options;
use soundcheck::KernelOptions;

/// The trees that mutants were written for.
const TREES: [&str; 2] = ["linux-7.3", "linux-7.2"];

fn main() {
    let arguments = Arguments::from_args();
    let kernels = std::env::var("SOUNDCHECK_KERNELS").map(Utf8PathBuf::from);
    if kernels.is_err() {
        println!("SOUNDCHECK_KERNELS names no folder with prepared kernel trees: ignored");
    }
    let trials = TREES.map(|tree| {
        let build = kernels
            .as_ref()
            .map(|kernels| kernels.join(tree).join("build"));
        let build = build.ok().filter(|build| build.is_dir());
        let is_there = build.is_some();
        let trial = Trial::test(tree, move || {
            let build = build.ok_or("there is no such tree")?;
            are_noticed(build).map_err(|error| format!("{error:#}").into())
        });
        trial.with_ignored_flag(!is_there)
    });
    libtest_mimic::run(&arguments, trials.into()).exit();
}

fn are_noticed(objtree: Utf8PathBuf) -> anyhow::Result<()> {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let options = Options {
        root: root.map(Utf8Path::to_owned),
        kernel: Some(KernelOptions {
            objtree,
            source: None,
            generation: None,
        }),
        filters: vec!["by-hand@".to_owned()],
        cache: true,
        timeout: 10,
        ..Options::default()
    };
    let mut said = Vec::new();
    let status = mutants::run(&options, &mut said)?;
    anyhow::ensure!(status == 0, "{}", String::from_utf8_lossy(&said));
    Ok(())
}
