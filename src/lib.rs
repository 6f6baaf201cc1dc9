//! jianchad: electronic supervision (电子监察) of government approvals. The map, in reading order.
//!
//! [`domain`] is the law: what a record says, which limits run on it, which cards come of that and who is told. It is made of values
//! and pure functions, in floors that its own file lists from the ground up. [`edge`] is where the world touches us: configuration,
//! sources, ledger, mail server, systemd; everything in it can fail, and no part of it knows another. [`service`] opens what the
//! configuration names, [`round`] reads, judges, measures, writes and delivers once, and [`daemon`] does so again and again. [`cli`]
//! is a file for each command, and [`failure`] what ends the program, with the remedy. From outside only the program's entry can be
//! reached, and by [`testing`] what tests need.

mod domain;
mod edge;
mod failure;
mod round;
mod service;

mod daemon;

pub mod cli;

pub mod testing;
