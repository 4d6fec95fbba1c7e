//! Workers that judge many mutants at once.
//!
//! Owns the threads and what goes between them. Each worker has a copy of the
//! sources; what one of them learns helps the others.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::mpsc;
use std::sync::mpsc::Sender;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::thread;

use crate::command::mutants::options::Wanted;
use crate::command::mutants::phases::Question;
use crate::command::mutants::phases::Stage;
use crate::command::mutants::shared::Shared;
use crate::command::mutants::verdict::Judged;
use crate::command::mutants::verdict::Verdict;
use crate::command::mutants::worker::Member;
use crate::command::mutants::worker::Worker;

/// Workers.
#[derive(Clone, Copy)]
pub struct Crew<'a> {
    /// What they share.
    pub shared: Shared<'a>,
    /// How many there are; `None` means one a core.
    pub jobs: Option<NonZeroUsize>,
}

/// Work for one worker.
enum Work<'m> {
    /// A mutant, by its likely cases.
    One(Question<'m>),
    /// Mutants that survived these, by all others.
    Group(Vec<Member<'m>>),
}

/// What came of it, or why nothing could be judged.
type Done<'m> = anyhow::Result<(Vec<Judged>, Option<Member<'m>>)>;

/// So many mutants are judged together at most.
const GROUP: usize = 24;

impl Crew<'_> {
    /// Judges mutants, and tells of each as soon as it is judged.
    ///
    /// # Errors
    ///
    /// Nothing could be judged, or what is told of it fails.
    pub fn judge<'m>(
        self,
        questions: Vec<Question<'m>>,
        mut tell: impl FnMut(Judged) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut survivors: Vec<Member<'m>> = Vec::new();
        let alone = questions.into_iter().map(Work::One).collect();
        self.work(alone, |judged, survivor| {
            survivors.extend(survivor);
            judged.into_iter().try_for_each(&mut tell)
        })?;
        let jobs = self.jobs();
        let groups = groups(survivors, jobs).into_iter().map(Work::Group);
        self.work(groups.collect(), |judged, _| {
            judged.into_iter().try_for_each(&mut tell)
        })
    }

    fn jobs(self) -> usize {
        self.jobs.map_or_else(cores, NonZeroUsize::get)
    }

    fn work<'m>(
        self,
        work: VecDeque<Work<'m>>,
        mut tell: impl FnMut(Vec<Judged>, Option<Member<'m>>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let jobs = self.jobs().min(work.len());
        let open = Mutex::new(work);
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..jobs {
                let (sender, open) = (sender.clone(), &open);
                scope.spawn(move || self.one_worker(open, &sender));
            }
            drop(sender);
            for done in receiver.iter() {
                let told = done.and_then(|(judged, survivor)| tell(judged, survivor));
                // The others shall not begin anything any more.
                told.inspect_err(|_| lock(&open).clear())?;
            }
            Ok(())
        })
    }

    /// What one worker does. All processes that it starts are waited for by one
    /// thread, so that their time is that of its mutants.
    fn one_worker<'m>(self, open: &Mutex<VecDeque<Work<'m>>>, sender: &Sender<Done<'m>>) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        let pool = pool.map_err(anyhow::Error::from);
        let done = pool.and_then(|pool| pool.install(|| self.all_open(open, sender)));
        if let Err(error) = done {
            // Nobody listens any more if another worker has failed before.
            drop(sender.send(Err(error)));
        }
    }

    fn all_open<'m>(
        self,
        open: &Mutex<VecDeque<Work<'m>>>,
        sender: &Sender<Done<'m>>,
    ) -> anyhow::Result<()> {
        let worker = Worker::new(self.shared)?;
        loop {
            let work = lock(open).pop_front();
            let Some(work) = work else {
                return Ok(());
            };
            if sender.send(Ok(self.one(&worker, work)?)).is_err() {
                return Ok(());
            }
        }
    }

    fn one<'m>(
        self,
        worker: &Worker<'_>,
        work: Work<'m>,
    ) -> anyhow::Result<(Vec<Judged>, Option<Member<'m>>)> {
        let question = match work {
            Work::One(question) => question,
            Work::Group(members) => return Ok((worker.group(members)?, None)),
        };
        let judged = worker.judge(&question, &[Stage::Likely])?;
        self.shared.order.learn(&judged);
        let is_done = question.expected.is_some() || self.shared.wanted != Wanted::First;
        match judged.verdict == Verdict::Survived && !is_done {
            true => Ok((Vec::new(), Some(Member { question, judged }))),
            false => Ok((vec![judged], None)),
        }
    }
}

/// Survivors by what they change, in groups of which no two edit one item.
fn groups(mut survivors: Vec<Member<'_>>, jobs: usize) -> Vec<Vec<Member<'_>>> {
    survivors.sort_by_key(|member| member.question.mutant.effect);
    let size = survivors.len().div_ceil(jobs.max(1)).clamp(1, GROUP);
    let mut groups: Vec<Vec<Member<'_>>> = Vec::new();
    for member in survivors {
        let fits = |group: &&mut Vec<Member<'_>>| {
            let goes_with = |other: &Member<'_>| goes_with(&member, other);
            group.len() < size && group.iter().all(goes_with)
        };
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(member),
            None => groups.push(vec![member]),
        }
    }
    groups
}

/// Whether two mutants can be in one group: the same cases look at them, and
/// they are not about the same item.
fn goes_with(one: &Member<'_>, other: &Member<'_>) -> bool {
    let (one, other) = (one.question.mutant, other.question.mutant);
    let item = |id: &str| {
        let place = id.split_once('@').map_or(id, |(_, place)| place);
        let end = place
            .find(['/', '#'])
            .filter(|end| place[..*end].contains(':'));
        place[..end.unwrap_or(place.len())].to_owned()
    };
    one.effect == other.effect && item(&one.id) != item(&other.id)
}

fn lock<'l, 'm>(open: &'l Mutex<VecDeque<Work<'m>>>) -> MutexGuard<'l, VecDeque<Work<'m>>> {
    open.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}
