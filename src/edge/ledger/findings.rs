//! Findings as people look at them and act on them.

pub(super) mod audit;
pub(super) mod card_actions;
pub(super) mod fallen;
pub(super) mod in_the_way;
pub(super) mod own_findings;
pub(super) mod pending;
pub(super) mod questions;
pub(super) mod reading;
pub(super) mod red_cards;
pub(super) mod silences;
