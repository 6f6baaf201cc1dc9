//! The program in ten lines.

fn main() {}
