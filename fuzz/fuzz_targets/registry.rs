//! The registry as an office exports it: the first byte says which of the files the rest stands for.
#![no_main]

use jianchad_fuzz::{in_city, load};

const FILES: [&str; 4] =
    ["registry/regions.csv", "registry/units.csv", "registry/items.csv", "registry/contacts.csv"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| in_city(|city| {
    let Some((which, rest)) = bytes.split_first() else { return };
    let file = FILES[usize::from(*which) % FILES.len()];
    let before = city.read(file);
    city.write(file, rest);
    load(&city.configuration());
    city.write(file, &before);
}));
