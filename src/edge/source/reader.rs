//! A source on a thread of its own: it is asked, and answers when it can. Who asks waits as long as he wants to, and no longer.

mod spent;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::over::LOOK;
use super::{Cursors, Glance, Over, Reading, Source, SourceError, open};
use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::record::limits::SourceLimits;
use crate::domain::record::mapping::SourceSpec;
use spent::{Doing, GRACE, Spent, State};

/// Batches that wait at most until they are taken: while one is taken in, the next is read.
const AHEAD: usize = 1;

/// What a source answers.
#[derive(Debug)]
pub enum Answer {
    /// What was seen of it.
    Glanced(Result<Glance, SourceError>),
    /// A part of what is read.
    Batch(Batch),
    /// It was read, as far as it could be.
    Read(Result<Reading, SourceError>),
}

/// Where a source is while nobody reads it; nowhere while a thread has it.
type Place = Arc<(Mutex<Option<Box<dyn Source>>>, Condvar)>;

fn at_rest(source: Box<dyn Source>) -> Place {
    Arc::new((Mutex::new(Some(source)), Condvar::new()))
}

fn put_back(place: &Place, source: Box<dyn Source>) {
    *place.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(source);
    place.1.notify_all();
}

/// A source that is read on a thread of its own.
pub struct Reader {
    spec: SourceSpec,
    place: Place,
    going: Option<Going>,
    /// What it was asked last was given up: it comes back as soon as it hears of that.
    given_up: bool,
}

/// What it was asked.
struct Going {
    answers: Receiver<Answer>,
    over: Over,
}

/// What the thread that reads and the one that looks at its time have in common.
#[derive(Clone)]
struct Course {
    over: Over,
    /// It waits until what it gave is taken, which is not its own time.
    waits: Arc<AtomicBool>,
    /// Its limit was the one on a reading as a whole.
    too_long: Arc<AtomicBool>,
    answers: SyncSender<Answer>,
}

impl Reader {
    /// A source that is opened when it is first asked.
    pub fn new(spec: &SourceSpec) -> Self {
        Self { spec: spec.clone(), place: at_rest(open(spec)), going: None, given_up: false }
    }

    #[cfg(test)]
    fn of(spec: SourceSpec, source: Box<dyn Source>) -> Self {
        Self { spec, place: at_rest(source), going: None, given_up: false }
    }

    /// What was declared.
    pub fn spec(&self) -> &SourceSpec {
        &self.spec
    }

    /// Asks what can be seen of it without reading it: [`Source::glance`].
    pub fn glance(&mut self, cursors: Cursors) {
        self.ask(move |source, _| Answer::Glanced(source.glance(&cursors)));
    }

    /// Asks it to be read: [`Source::read`].
    pub fn read(&mut self, cursors: Cursors, now: Now) {
        self.ask(move |source, course| {
            Answer::Read(source.read(&cursors, &now, &mut |batch| course.hand_on(batch)))
        });
    }

    /// The next answer, if it comes within a time. Whoever has not asked gets none.
    pub fn answer(&mut self, within: Duration) -> Option<Answer> {
        let going = self.going.as_ref()?;
        let answer = match going.answers.recv_timeout(within) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => return None,
            Err(RecvTimeoutError::Disconnected) => {
                // The thread broke off, and the source with it.
                put_back(&self.place, open(&self.spec));
                Answer::Read(Err(SourceError::BrokeOff { path: self.path() }))
            }
        };
        if !matches!(answer, Answer::Batch(_)) {
            self.going = None;
        }
        Some(answer)
    }

    /// What it was asked is no longer wanted.
    pub fn give_up(&mut self) {
        if let Some(going) = self.going.take() {
            going.over.end();
            self.given_up = true;
        }
    }

    /// Where it lies.
    pub fn path(&self) -> std::path::PathBuf {
        self.spec.connection.place()
    }

    /// The source, if no thread has it. One that was told just now that it is over is waited for.
    fn take_up(&mut self) -> Option<Box<dyn Source>> {
        let patience = if std::mem::take(&mut self.given_up) { GRACE } else { Duration::ZERO };
        let place = self.place.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = self.place.1.wait_timeout_while(place, patience, |source| source.is_none());
        found.unwrap_or_else(PoisonError::into_inner).0.take()
    }

    fn ask(&mut self, work: impl FnOnce(&mut dyn Source, &Course) -> Answer + Send + 'static) {
        self.give_up();
        let (answers, answered) = sync_channel(AHEAD);
        let course =
            Course { over: Over::default(), waits: Arc::default(), too_long: Arc::default(), answers };
        self.going = Some(Going { answers: answered, over: course.over.clone() });
        let path = self.path();
        let Some(mut source) = self.take_up() else {
            course.last(Answer::Read(Err(SourceError::Hangs { path })));
            return;
        };
        let (place, limits) = (Arc::clone(&self.place), self.spec.limits);
        let (at_work, done) = channel::<()>();
        let clock = (course.clone(), path.clone());
        thread::spawn(move || {
            source.end_when(&course.over);
            let answer = course.within_limits(work(source.as_mut(), &course), &path, &limits);
            put_back(&place, source);
            course.last(answer);
            drop(at_work);
        });
        thread::spawn(move || clock.0.watch_time(&done, &clock.1, &limits));
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.give_up();
    }
}

impl Course {
    /// Hands a batch on, as soon as the one before is taken.
    fn hand_on(&self, batch: Batch) -> std::ops::ControlFlow<()> {
        self.waits.store(true, Ordering::Relaxed);
        let taken = self.answers.send(Answer::Batch(batch));
        self.waits.store(false, Ordering::Relaxed);
        self.over.row();
        if taken.is_err() || self.over.is_over() {
            std::ops::ControlFlow::Break(())
        } else {
            std::ops::ControlFlow::Continue(())
        }
    }

    /// Gives the last answer. Where nobody wants it any more, it is of no use.
    fn last(&self, answer: Answer) {
        self.waits.store(true, Ordering::Relaxed);
        drop(self.answers.send(answer));
    }

    /// What it answered, unless it was ended.
    fn within_limits(&self, answer: Answer, path: &std::path::Path, limits: &SourceLimits) -> Answer {
        match (&answer, self.over.is_over()) {
            (Answer::Read(Ok(reading)), true) if !reading.stopped => answer,
            (Answer::Read(Err(SourceError::Program(error))), true) if error.knows_why() => answer,
            (_, true) => Answer::Read(Err(self.ended(path, limits))),
            (_, false) => answer,
        }
    }

    fn ended(&self, path: &std::path::Path, limits: &SourceLimits) -> SourceError {
        let path = path.to_path_buf();
        if self.too_long.load(Ordering::Relaxed) {
            SourceError::TooLong { path, for_seconds: limits.reading.as_secs() }
        } else {
            SourceError::Silent { path, for_seconds: limits.silence.as_secs() }
        }
    }

    /// Ends what takes too long. One that does not end even then is left behind: its thread ends when the system lets go of it.
    fn watch_time(&self, done: &Receiver<()>, path: &std::path::Path, limits: &SourceLimits) {
        let mut spent = Spent::default();
        while done.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
            let waits = self.waits.load(Ordering::Relaxed);
            let doing = match (self.over.is_over(), waits) {
                (true, _) => Doing::Ends,
                (false, true) => Doing::Waits,
                (false, false) => Doing::Reads,
            };
            match spent.look(doing, self.over.rows(), limits) {
                State::GoesOn => {}
                State::Silent => self.over.end(),
                State::TooLong => {
                    self.too_long.store(true, Ordering::Relaxed);
                    self.over.end();
                }
                State::Hangs => {
                    let hangs = Answer::Read(Err(self.ended(path, limits)));
                    if !matches!(self.answers.try_send(hangs), Err(TrySendError::Full(_))) {
                        return;
                    }
                }
            }
        }
    }
}
