//! A letter goes out, an outcome comes back.
