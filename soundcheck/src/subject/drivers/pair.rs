//! What is judged about the drivers of a tree: each over the kernel crate of
//! that tree, and over the API here if that follows it.
//!
//! Owns the ids of the verdicts, and the words about what is not judged.

use crate::judge::case::Case;
use crate::judge::corpus::Corpus;
use crate::judge::subject::Subject;
use crate::subject::drivers::driver::Driver;
use crate::subject::kernel::Tree;

/// The drivers of a tree, and what they are compiled over.
#[derive(Clone, Copy, Debug)]
pub struct Fleet<'a> {
    /// All drivers that are known here.
    pub drivers: &'a [Driver],
    /// The tree.
    pub tree: &'a Tree,
    /// The subject in the tree.
    pub kernel: &'a Subject,
    /// The subject of the workspace, if drivers of such trees compile over it.
    pub own: Option<&'a Subject>,
}

/// A driver over the crates of a subject: it is compiled, and runs if there is a
/// program for it.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The driver.
    pub driver: &'a Driver,
    /// What it is compiled over.
    pub subject: &'a Subject,
    /// The program around it, if that speaks about the subject and the driver
    /// compiles there.
    pub program: Option<&'a Case>,
}

impl Pair<'_> {
    /// The id of the verdict that the driver compiles.
    pub fn id(&self) -> String {
        format!(
            "{}@{}",
            self.driver.path.with_extension(""),
            self.subject.name
        )
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

impl<'a> Fleet<'a> {
    /// All pairs, in the order of their drivers.
    pub fn pairs(&self, corpus: &'a Corpus) -> Vec<Pair<'a>> {
        let subjects = [Some(self.kernel), self.own];
        let tree = self.tree;
        let present = self.drivers.iter();
        let present = present.filter(|driver| driver.absent_from(tree).is_none());
        let pairs = present.flat_map(|driver| {
            let subjects = subjects.into_iter().flatten();
            subjects.map(move |subject| (driver, subject))
        });
        let pair = |(driver, subject): (&'a Driver, &'a Subject)| Pair {
            driver,
            subject,
            program: program(corpus, driver, &subject.name),
        };
        pairs.map(pair).collect()
    }

    /// The drivers, and programs of drivers, that a tree has no verdict about;
    /// each with the reason.
    pub fn left_out(&self, corpus: &Corpus) -> Vec<String> {
        let name = &self.kernel.name;
        let why = |driver: &Driver| match (driver.absent_from(self.tree), &driver.program) {
            (Some(why), _) => Some(format!("without {}: {why}", driver.name())),
            (None, Some(path)) if driver.must_compile(name) => {
                let silent = program(corpus, driver, name).is_none();
                silent.then(|| format!("{path} does not speak about {name}"))
            }
            (None, _) => None,
        };
        self.drivers.iter().filter_map(why).collect()
    }
}

fn program<'a>(corpus: &'a Corpus, driver: &Driver, subject: &str) -> Option<&'a Case> {
    let path = driver.program.as_ref()?;
    let case = corpus.cases.iter().find(|case| case.path == *path)?;
    let runs = driver.must_compile(subject) && case.speaks_about(subject);
    runs.then_some(case)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use camino::Utf8Path;
    use camino::Utf8PathBuf;

    use super::*;
    use crate::judge::cache::Cache;
    use crate::judge::kind::Kind;
    use crate::judge::places::Places;
    use crate::subject::drivers::driver::parse;
    use crate::subject::kernel;

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

        fn drivers(&self) -> [Driver; 2] {
            let nova = "root = \"nova.rs\"\noption = \"CONFIG_NOVA\"\nprogram = \"nova.rs\"\n";
            let tyr = "root = \"tyr.rs\"\noption = \"CONFIG_TYR\"\nincomplete = [\"api\"]\n";
            let drivers = [("drivers/nova.toml", nova), ("drivers/tyr.toml", tyr)];
            let parse = |path, text| parse(Utf8Path::new(path), text).expect("it is right");
            drivers.map(|(path, text)| parse(path, text))
        }

        fn corpus(&self) -> Corpus {
            let path = Utf8Path::new("drivers/nova.rs");
            let scans = Cache::none().scans();
            let mut problems = Vec::new();
            let (root, kind) = (Utf8Path::new(""), Kind::Guest);
            let names = ["api", "linux-7.3"].map(str::to_owned);
            let places = Places {
                subjects: names.to_vec(),
                ..Places::default()
            };
            let case = Case::parse(&places, kind, root, path, PROGRAM, &scans, &mut problems);
            assert_eq!(problems, []);
            Corpus {
                cases: vec![case],
                ..Corpus::default()
            }
        }

        /// Says something about the fleet of the tree, which ours follows if it
        /// is of 7.3.
        fn ask<R>(&self, what: impl FnOnce(&Fleet<'_>, &Corpus) -> R) -> R {
            let tree = Tree::open(&self.root(), None).expect("the tree is in order");
            let subject = |name: &str| Subject {
                name: name.to_owned(),
                ..Subject::default()
            };
            let (kernel, own) = (subject(self.generation), subject("api"));
            let drivers = self.drivers();
            let fleet = Fleet {
                drivers: &drivers,
                tree: &tree,
                kernel: &kernel,
                own: (self.generation == "linux-7.3").then_some(&own),
            };
            what(&fleet, &self.corpus())
        }

        fn ids(&self) -> Vec<String> {
            self.ask(|fleet, corpus| fleet.pairs(corpus).iter().flat_map(Pair::ids).collect())
        }

        fn left_out(&self) -> Vec<String> {
            self.ask(|fleet, corpus| fleet.left_out(corpus))
        }
    }

    #[test]
    fn a_driver_is_judged_over_its_tree_and_over_the_api_that_follows_it() {
        let bench = Bench::new("linux-7.3");
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
}
