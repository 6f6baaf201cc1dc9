//! The configuration file as an administrator, or a vendor's script, writes it.
#![no_main]

use jianchad_fuzz::{in_city, load};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| in_city(|city| {
    city.write("jianchad.toml", bytes);
    load(&city.configuration());
}));
