//! A file that an approval system drops: any bytes, in any encoding.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jianchad_fuzz::read("csv", "events.csv", bytes));
