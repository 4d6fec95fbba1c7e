//! Workers that judge many mutants at once.
//!
//! Owns the threads and what goes between them. Each worker has a copy of the
//! sources; what one of them learns helps the others.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::mpsc;
use std::sync::mpsc::Sender;
use std::sync::Mutex;
use std::thread;

use crate::command::mutants::phases::Question;
use crate::command::mutants::shared::Shared;
use crate::command::mutants::verdict::Judged;
use crate::command::mutants::worker::Worker;
use crate::subject::mutation::Mutant;

/// Workers.
#[derive(Clone, Copy)]
pub struct Crew<'a> {
    /// What they share.
    pub shared: Shared<'a>,
    /// How many there are; `None` means one a core.
    pub jobs: Option<NonZeroUsize>,
}

/// A mutant with what came of it, or why nothing could be judged.
type Done<'a> = anyhow::Result<(&'a Mutant, Judged)>;

impl Crew<'_> {
    /// Judges mutants, and tells of each as soon as it is judged.
    ///
    /// # Errors
    ///
    /// Nothing could be judged, or what is told of it fails.
    pub fn judge<'m>(
        self,
        questions: Vec<Question<'m>>,
        mut tell: impl FnMut(&'m Mutant, Judged) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let jobs = self.jobs.map_or_else(cores, NonZeroUsize::get);
        let jobs = jobs.min(questions.len());
        let open = Mutex::new(VecDeque::from(questions));
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..jobs {
                let (sender, open) = (sender.clone(), &open);
                scope.spawn(move || self.work(open, &sender));
            }
            drop(sender);
            for done in receiver.iter() {
                let told = done.and_then(|(mutant, judged)| tell(mutant, judged));
                // The others shall not begin anything any more.
                told.inspect_err(|_| lock(&open).clear())?;
            }
            Ok(())
        })
    }

    /// What one worker does. All processes that it starts are waited for by one
    /// thread, so that their time is that of its mutants.
    fn work<'m>(self, open: &Mutex<VecDeque<Question<'m>>>, sender: &Sender<Done<'m>>) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        let pool = pool.map_err(anyhow::Error::from);
        let done = pool.and_then(|pool| pool.install(|| self.judge_open(open, sender)));
        if let Err(error) = done {
            // Nobody listens any more if another worker has failed before.
            drop(sender.send(Err(error)));
        }
    }

    fn judge_open<'m>(
        self,
        open: &Mutex<VecDeque<Question<'m>>>,
        sender: &Sender<Done<'m>>,
    ) -> anyhow::Result<()> {
        let worker = Worker::new(self.shared)?;
        loop {
            let question = lock(open).pop_front();
            let Some(question) = question else {
                return Ok(());
            };
            let judged = worker.judge(&question)?;
            self.shared.order.learn(&judged);
            if sender.send(Ok((question.mutant, judged))).is_err() {
                return Ok(());
            }
        }
    }
}

fn lock<'l, 'm>(
    open: &'l Mutex<VecDeque<Question<'m>>>,
) -> std::sync::MutexGuard<'l, VecDeque<Question<'m>>> {
    open.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}
