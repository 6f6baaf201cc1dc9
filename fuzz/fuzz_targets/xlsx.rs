//! The sheet of a workbook: any XML where its rows should stand; and any bytes where the workbook should.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    jianchad_fuzz::read("xlsx", "cases.xlsx", &jianchad_fuzz::workbook(bytes));
    jianchad_fuzz::read("xlsx", "cases.xlsx", bytes);
});
