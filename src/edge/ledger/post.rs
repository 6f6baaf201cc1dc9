//! Letters: what is to be told to whom, the outbox, and what came of it.

pub(super) mod addresses;
pub(super) mod capacities;
pub(super) mod letters;
pub(super) mod message_ids;
pub(super) mod outbox;
pub(super) mod outdated;
pub(super) mod reminders;
mod said;
pub(super) mod untold;

pub(super) use letters::attempt;
pub(super) use outbox::REFUSED_ALIKE;
