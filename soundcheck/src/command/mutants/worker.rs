//! Who judges mutants: one alone by its likely cases, or several together by
//! all others.
//!
//! Owns what a group's end says about its members. Two edits together can be
//! noticed where neither is, so a member is killed only if it is noticed alone.

use crate::command::mutants::bench::Bench;
use crate::command::mutants::bench::How;
use crate::command::mutants::options::Wanted;
use crate::command::mutants::phases::Look;
use crate::command::mutants::phases::Question;
use crate::command::mutants::phases::Stage;
use crate::command::mutants::shared::Shared;
use crate::command::mutants::verdict::Judged;
use crate::command::mutants::verdict::Kill;
use crate::command::mutants::verdict::Verdict;
use crate::ground::process;
use crate::judge::context::Context;
use crate::judge::context::Task;
use crate::judge::event::Judgement;
use crate::judge::event::Outcome;
use crate::judge::terms::Terms;
use crate::subject::mutated::Whose;
use crate::subject::mutation::apply;
use crate::subject::mutation::by_hand::Expected;
use crate::subject::mutation::Edit;

/// A worker with a place of its own.
pub struct Worker<'a> {
    shared: Shared<'a>,
    bench: Bench<'a>,
}

/// What came of a mutant with or without an adaptation.
type Attempt = anyhow::Result<Verdict>;

impl<'a> Worker<'a> {
    /// A worker who has nothing to do yet.
    ///
    /// # Errors
    ///
    /// The sources cannot be built or copied.
    pub fn new(shared: Shared<'a>) -> anyhow::Result<Self> {
        let bench = Bench::new(shared.session, shared.base)?;
        Ok(Self { shared, bench })
    }

    /// Judges a mutant by the cases of some stages; if it does not build, with
    /// one adaptation after the other. The processor time is that of all
    /// attempts.
    ///
    /// # Errors
    ///
    /// Nothing could be judged.
    pub fn judge(&self, question: &Question<'_>, stages: &[Stage]) -> anyhow::Result<Judged> {
        let mutant = question.mutant;
        let before = process::spent();
        let mut adaptation = None;
        let mut verdict = self.attempt(question, None, stages)?;
        for index in 0..mutant.adaptations.len() {
            if !matches!(verdict, Verdict::Unviable { .. }) {
                break;
            }
            let again = self.attempt(question, Some(index), stages)?;
            if !matches!(again, Verdict::Unviable { .. }) {
                (verdict, adaptation) = (again, Some(index));
            }
        }
        let spent = process::spent() - before;
        Ok(Judged::new(&mutant.id, verdict, adaptation, spent))
    }

    fn attempt(
        &self,
        question: &Question<'_>,
        adaptation: Option<usize>,
        stages: &[Stage],
    ) -> Attempt {
        let terms = Terms {
            address_sanitizer: question.expected.is_some_and(|it| it.address_sanitizer),
            ..self.shared.session.terms.clone()
        };
        let links = self.links(question, stages);
        let how = How { terms, links };
        let edits = question.mutant.edits_with(adaptation);
        let verdict = self.bench.with(&edits, &how, &|context| match (
            self.shared.wanted,
            question.expected,
        ) {
            (Wanted::Everybody, _) => self.everybody(context),
            (Wanted::Causes, _) => self.causes(question, context),
            (Wanted::First, None) => self.first(question, stages, context),
            (Wanted::First, Some(expected)) => self.expected(expected, context),
        });
        verdict.map_err(|error| error.context(question.mutant.id.clone()))
    }

    /// Whether somebody who looks links programs.
    fn links(&self, question: &Question<'_>, stages: &[Stage]) -> bool {
        let links = |look: &Look<'_>| look.runner.links();
        match (self.shared.wanted, question.expected) {
            (Wanted::First, None) => {
                let mut looks = self.looks(question, stages);
                looks.any(|look| links(&look))
            }
            (Wanted::First, Some(expected)) => {
                self.shared.suite.expected(expected).iter().any(links)
            }
            (Wanted::Causes, _) => self.shared.suite.of_causes(question).iter().any(links),
            (Wanted::Everybody, _) => true,
        }
    }

    /// Who looks: whoever has noticed the mutant before, and then all others.
    fn looks<'l>(
        &'l self,
        question: &'l Question<'_>,
        stages: &'l [Stage],
    ) -> impl Iterator<Item = Look<'a>> + 'l {
        let known = self.shared.order.known(&question.mutant.id);
        let known = known.filter(|_| stages.contains(&Stage::Likely));
        let known = known.and_then(|(lane, case)| self.shared.suite.one(&lane, &case));
        let looks = self.shared.suite.looks(question, stages, self.shared.order);
        known.into_iter().chain(looks)
    }

    /// The first case that notices.
    fn first(&self, question: &Question<'_>, stages: &[Stage], context: &Context<'_>) -> Attempt {
        for look in self.looks(question, stages) {
            if let Some(judgement) = hunt(&look, context)? {
                return Ok(killed(&judgement));
            }
        }
        Ok(Verdict::Survived)
    }

    /// The first case that notices, of those of the claim that somebody named.
    fn expected(&self, expected: &Expected, context: &Context<'_>) -> Attempt {
        let looks = self.shared.suite.expected(expected).into_iter();
        let looks: Vec<Look<'_>> = match expected.says {
            None => looks.collect(),
            // What each says must be looked at.
            Some(_) => looks.flat_map(Look::apart).collect(),
        };
        let says = expected.says.as_deref().unwrap_or_default();
        for look in looks {
            let judgement = hunt(&look, context)?;
            let failure = judgement.as_ref().and_then(|it| it.failure.as_ref());
            if let (Some(judgement), Some(failure)) = (&judgement, failure) {
                if failure.got.contains(says) {
                    return Ok(killed(judgement));
                }
            }
        }
        Ok(Verdict::Survived)
    }

    /// Every case that notices.
    fn everybody(&self, context: &Context<'_>) -> Attempt {
        let mut by = Vec::new();
        for Look { runner, cases } in self.shared.suite.everything() {
            let task = Task {
                context,
                cases: &cases,
                progress: &|_| {},
            };
            let judgements = runner.run(&task)?.judgements;
            let is_noticed = |judgement: &&Judgement| judgement.outcome() == Outcome::Fail;
            by.extend(judgements.iter().filter(is_noticed).map(Kill::of));
        }
        Ok(match by.is_empty() {
            true => Verdict::Survived,
            false => Verdict::Killed { by },
        })
    }

    /// Every written case of which the mutant is a cause, beside those that are
    /// known.
    fn causes(&self, question: &Question<'_>, context: &Context<'_>) -> Attempt {
        let mut by = question.known.clone();
        for Look { runner, cases } in self.shared.suite.of_causes(question) {
            let noticed = runner.notice(&Task {
                context,
                cases: &cases,
                progress: &|_| {},
            })?;
            by.extend(noticed.iter().map(Kill::of));
        }
        by.sort();
        Ok(match by.is_empty() {
            true => Verdict::Survived,
            false => Verdict::Killed { by },
        })
    }

    /// Judges several mutants together by the cases that have not looked at
    /// them, with the adaptations without which they do not build.
    ///
    /// # Errors
    ///
    /// Nothing could be judged.
    pub fn group(&self, members: Vec<Member<'_>>) -> anyhow::Result<Vec<Judged>> {
        let mut open = vec![members];
        let mut judged = Vec::new();
        while let Some(group) = open.pop() {
            let before = process::spent();
            let verdict = self.together(&group)?;
            let spent = (process::spent() - before) / group.len().max(1) as u32;
            let (done, rest) = self.conclude(group, verdict)?;
            judged.extend(done.into_iter().map(|mut judged| {
                judged.cpu += u64::try_from(spent.as_millis()).unwrap_or(u64::MAX);
                judged
            }));
            open.extend(rest);
        }
        Ok(judged)
    }

    fn how(&self) -> How {
        How {
            terms: self.shared.session.terms.clone(),
            links: true,
        }
    }

    fn together(&self, group: &[Member<'_>]) -> Attempt {
        let Some(first) = group.first() else {
            return Ok(Verdict::Survived);
        };
        let edits: Vec<Edit> = group.iter().flat_map(Member::edits).collect();
        if apply(&edits, &self.shared.session.texts).is_err() {
            return Ok(Verdict::Unviable {
                whose: Whose::Edited,
                error: "edits overlap".to_owned(),
            });
        }
        let how = self.how();
        let looked = group.iter().map(|member| member.question.looked.clone());
        let looked = looked.reduce(|one, other| &one & &other);
        let question = Question {
            looked: looked.unwrap_or_default(),
            ..first.question.clone()
        };
        self.bench.with(&edits, &how, &|context| {
            let suite = self.shared.suite;
            for look in suite.looks(&question, &[Stage::Others], self.shared.order) {
                if let Some(judgement) = hunt(&look, context)? {
                    return Ok(killed(&judgement));
                }
            }
            Ok(Verdict::Survived)
        })
    }

    /// What is known of the members of a group, and the groups that must be
    /// judged anew.
    fn conclude<'m>(
        &self,
        group: Vec<Member<'m>>,
        verdict: Verdict,
    ) -> anyhow::Result<(Vec<Judged>, Vec<Vec<Member<'m>>>)> {
        let all = |group: Vec<Member<'m>>, verdict: Verdict| {
            let judged = group.into_iter().map(|member| Judged {
                verdict: verdict.clone(),
                ..member.judged
            });
            (judged.collect(), Vec::new())
        };
        let by = match verdict {
            Verdict::Killed { by } if group.len() > 1 => by,
            verdict if verdict == Verdict::Survived || group.len() == 1 => {
                return Ok(all(group, verdict));
            }
            // They do not go together.
            _ => return Ok((Vec::new(), halves(group))),
        };
        let (mut done, mut rest) = (Vec::new(), Vec::new());
        for member in group {
            match self.is_noticed_by(&member, &by)? {
                Some(judged) => done.push(judged),
                None => rest.push(member),
            }
        }
        let rest = match done.is_empty() {
            true => halves(rest),
            false => vec![rest],
        };
        Ok((done, rest.into_iter().filter(|it| !it.is_empty()).collect()))
    }

    /// Whether a case notices a mutant alone.
    fn is_noticed_by(&self, member: &Member<'_>, by: &[Kill]) -> anyhow::Result<Option<Judged>> {
        let before = process::spent();
        let how = self.how();
        let verdict = self.bench.with(&member.edits(), &how, &|context| {
            let looks = by.iter().filter_map(|kill| {
                let id = kill.case.split('@').next().unwrap_or_default();
                self.shared.suite.one(&kill.lane, id)
            });
            for look in looks {
                if let Some(judgement) = hunt(&look, context)? {
                    return Ok(killed(&judgement));
                }
            }
            Ok(Verdict::Survived)
        })?;
        let spent = process::spent() - before;
        let is_noticed = matches!(verdict, Verdict::Killed { .. });
        Ok(is_noticed.then(|| Judged {
            verdict,
            cpu: member.judged.cpu + u64::try_from(spent.as_millis()).unwrap_or(u64::MAX),
            ..member.judged.clone()
        }))
    }
}

/// A mutant that its likely cases did not notice.
#[derive(Clone)]
pub struct Member<'m> {
    /// The question.
    pub question: Question<'m>,
    /// What is known so far.
    pub judged: Judged,
}

impl Member<'_> {
    fn edits(&self) -> Vec<Edit> {
        self.question.mutant.edits_with(self.judged.adaptation)
    }
}

fn halves<T>(mut group: Vec<T>) -> Vec<Vec<T>> {
    let other = group.split_off(group.len() / 2);
    vec![group, other]
}

fn hunt(look: &Look<'_>, context: &Context<'_>) -> anyhow::Result<Option<Judgement>> {
    look.runner.hunt(&Task {
        context,
        cases: &look.cases,
        progress: &|_| {},
    })
}

fn killed(judgement: &Judgement) -> Verdict {
    Verdict::Killed {
        by: vec![Kill::of(judgement)],
    }
}
