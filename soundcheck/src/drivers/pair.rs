//! What is judged about the drivers of a tree: each over the kernel crate of
//! that tree, and over the API here if that follows it.
//!
//! Owns the ids of the verdicts, and the words about what is not judged.

use super::Driver;
use super::API_FOLLOWS;
use super::FOLDER;
use crate::case::Case;
use crate::corpus::Corpus;
use crate::target::Target;

/// A driver over the crates of a target: it is compiled, and runs if there is a
/// program for it.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The driver.
    pub driver: &'a Driver,
    /// What it is compiled over.
    pub target: &'a Target,
    /// The program around it, if that speaks about the target and the driver
    /// compiles there.
    pub program: Option<&'a Case>,
}

/// The API here, as what drivers of some trees compile over.
static API: Target = Target::Workspace;

impl Pair<'_> {
    /// The id of the verdict that the driver compiles.
    pub fn id(&self) -> String {
        let generation = self.target.generation();
        format!("{FOLDER}/{}@{generation}", self.driver.name)
    }

    /// The id of the verdict that it runs.
    pub fn id_of_run(&self) -> String {
        format!("{}/run", self.id())
    }

    /// The ids of all that must be said about it.
    pub fn ids(&self) -> Vec<String> {
        let run = self.program.map(|_| self.id_of_run());
        std::iter::once(self.id()).chain(run).collect()
    }
}

/// All pairs of the tree that is judged, in the order of their drivers.
pub fn pairs(corpus: &Corpus) -> Vec<Pair<'_>> {
    let Some(kernel) = corpus.target.kernel() else {
        return Vec::new();
    };
    let follows = kernel.generation.name == API_FOLLOWS;
    let targets = [Some(&corpus.target), follows.then_some(&API)];
    let is_present = |driver: &&Driver| driver.absent_from(&kernel.tree).is_none();
    let present = corpus.drivers.iter().filter(is_present);
    let pairs = present.flat_map(|driver| {
        let targets = targets.into_iter().flatten();
        targets.map(move |target| (driver, target))
    });
    pairs
        .map(|(driver, target)| Pair {
            driver,
            target,
            program: program(corpus, driver, target.generation()),
        })
        .collect()
}

fn program<'a>(corpus: &'a Corpus, driver: &Driver, generation: &str) -> Option<&'a Case> {
    let path = driver.program.as_ref()?;
    let case = corpus.cases.iter().find(|case| case.path == *path)?;
    let runs = driver.must_compile(generation) && case.speaks_about(generation);
    runs.then_some(case)
}

/// The drivers, and programs of drivers, that a tree has no verdict about; each
/// with the reason.
pub fn left_out(corpus: &Corpus) -> Vec<String> {
    let Some(kernel) = corpus.target.kernel() else {
        return Vec::new();
    };
    let generation = &kernel.generation.name;
    let why = |driver: &Driver| match (driver.absent_from(&kernel.tree), &driver.program) {
        (Some(why), _) => Some(format!("without {}: {why}", driver.name)),
        (None, Some(path)) if driver.must_compile(generation) => {
            let silent = program(corpus, driver, generation).is_none();
            silent.then(|| format!("{path} does not speak about {generation}"))
        }
        (None, _) => None,
    };
    corpus.drivers.iter().filter_map(why).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use camino::Utf8Path;
    use camino::Utf8PathBuf;

    use super::super::parse;
    use super::*;
    use crate::cache::Cache;
    use crate::case::Kind;
    use crate::kernel;
    use crate::kernel::Generation;
    use crate::kernel::Kernel;
    use crate::kernel::Surroundings;
    use crate::kernel::Tree;

    const PROGRAM: &str = "//! It runs.\n//@ claim: c\n//@ generations: api, linux-7.3\n\
                           pub fn main() {}\n";

    /// A tree with a folder of sources; nova and tyr are specified, and enabled.
    struct Bench {
        folder: tempfile::TempDir,
        generation: &'static str,
    }

    impl Bench {
        fn new(generation: &'static str) -> Self {
            let folder = tempfile::tempdir().expect("there is room");
            let bench = Self { folder, generation };
            kernel::prepared(&bench.root());
            let options = "--cfg=CONFIG_DRM\n--cfg=CONFIG_NOVA\n--cfg=CONFIG_TYR\n";
            bench.write("include/generated/rustc_cfg", options);
            bench.write("nova.rs", "").write("tyr.rs", "");
            bench
        }

        fn root(&self) -> Utf8PathBuf {
            let path = Utf8Path::from_path(self.folder.path());
            path.expect("the path is UTF-8").to_owned()
        }

        fn write(&self, path: &str, text: &str) -> &Self {
            fs::write(self.root().join(path), text).expect("there is room");
            self
        }

        fn corpus(&self) -> Corpus {
            let nova = "root = \"nova.rs\"\noption = \"CONFIG_NOVA\"\nprogram = \"nova.rs\"\n";
            let tyr = "root = \"tyr.rs\"\noption = \"CONFIG_TYR\"\nincomplete = [\"api\"]\n";
            let drivers = [("nova", nova), ("tyr", tyr)];
            let drivers = drivers.map(|(name, text)| parse(name, text).expect("it is right"));
            let path = Utf8Path::new("drivers/nova.rs");
            let scans = Cache::none().scans();
            let mut problems = Vec::new();
            let root = Utf8Path::new("");
            let case = Case::parse(Kind::Driver, root, path, PROGRAM, &scans, &mut problems);
            assert_eq!(problems, []);
            let generation = Generation {
                name: self.generation.to_owned(),
                surroundings: Surroundings::default(),
                helpers: Utf8PathBuf::new(),
                contract: Utf8PathBuf::new(),
            };
            let tree = Tree::open(&self.root(), None).expect("the tree is in order");
            Corpus {
                drivers: drivers.to_vec(),
                cases: vec![case],
                target: Target::Kernel(Box::new(Kernel { tree, generation })),
                ..Corpus::default()
            }
        }

        fn ids(&self) -> Vec<String> {
            let corpus = self.corpus();
            pairs(&corpus).iter().flat_map(Pair::ids).collect()
        }

        fn left_out(&self) -> Vec<String> {
            left_out(&self.corpus())
        }
    }

    #[test]
    fn a_driver_is_judged_over_its_tree_and_over_the_api_that_follows_it() {
        let bench = Bench::new(API_FOLLOWS);
        let expected = [
            "drivers/nova@linux-7.3",
            "drivers/nova@linux-7.3/run",
            "drivers/nova@api",
            "drivers/nova@api/run",
            "drivers/tyr@linux-7.3",
            "drivers/tyr@api",
        ];
        assert_eq!(bench.ids(), expected);
        assert!(bench.left_out().is_empty());
    }

    #[test]
    fn a_program_that_does_not_speak_about_a_tree_is_named() {
        let bench = Bench::new("linux-7.2");
        let expected = ["drivers/nova@linux-7.2", "drivers/tyr@linux-7.2"];
        assert_eq!(bench.ids(), expected);
        let said = "drivers/nova.rs does not speak about linux-7.2";
        assert_eq!(bench.left_out(), [said]);
    }

    #[test]
    fn a_driver_that_a_tree_does_not_have_is_named_with_the_reason() {
        let bench = Bench::new("linux-7.3");
        fs::remove_file(bench.root().join("nova.rs")).expect("it is there");
        let options = "--cfg=CONFIG_DRM\n--cfg=CONFIG_NOVA\n";
        bench.write("include/generated/rustc_cfg", options);
        assert!(bench.ids().is_empty());
        let said = [
            "without nova: nova.rs is not in this tree",
            "without tyr: CONFIG_TYR is not set",
        ];
        assert_eq!(bench.left_out(), said);
    }

    #[test]
    fn the_workspace_has_no_drivers_to_judge() {
        let corpus = Corpus {
            target: Target::Workspace,
            ..Bench::new("linux-7.3").corpus()
        };
        assert!(pairs(&corpus).is_empty() && left_out(&corpus).is_empty());
    }
}
