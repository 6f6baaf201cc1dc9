//! Sums and lists that digests, bulletins and coverage are made of.

pub(super) mod bulletins;
pub(super) mod clocks;
pub(super) mod counts;
pub(super) mod coverage;
pub(super) mod extracts;
pub(super) mod overview;
pub(super) mod patterns;
pub(super) mod warnings;
