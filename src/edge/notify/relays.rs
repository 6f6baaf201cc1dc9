//! Several mail servers in order: a later one is spoken to when those before it take no letter at all.

use super::smtp::Smtp;
use crate::domain::letter::{Letter, Mailer, Outcome};
use crate::domain::now::Clock;
use crate::domain::text::Text;

/// Hands letters to the first server that takes any.
pub(super) struct Relays {
    all: Vec<Smtp>,
    /// The one that took the last letter of this run: those before it are not tried again for each letter.
    current: usize,
}

impl Relays {
    pub(super) fn new(all: Vec<Smtp>) -> Self {
        Self { all, current: 0 }
    }
}

impl Mailer for Relays {
    /// A letter that one server refused, or may have taken, goes to no other: only what concerns every letter does.
    fn send(&mut self, letter: &Letter, clock: &dyn Clock) -> Outcome {
        let mut said = Vec::new();
        while let Some(server) = self.all.get_mut(self.current) {
            match server.send(letter, clock) {
                Outcome::TryLater { why, all: true } => said.push(why),
                outcome => return outcome,
            }
            self.current += 1;
        }
        self.current = 0;
        Outcome::TryLater { why: Text::list(said, "smtp-and"), all: true }
    }

    fn finish(&mut self) {
        self.all.iter_mut().for_each(Smtp::finish);
        self.current = 0;
    }
}
