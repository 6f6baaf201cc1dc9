//! An event log in XES: any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jianchad_fuzz::read("xes", "log.xes", bytes));
