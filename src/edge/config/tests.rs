//! Every mistake is found, and named with its place.
