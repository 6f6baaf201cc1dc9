//! Sources: one file per kind; each yields batches.
