-- By when a single step should have been done, where its row says so.
ALTER TABLE trace ADD COLUMN due_at TEXT;
-- 1: a special procedure that ends with whatever comes next of its case.
ALTER TABLE trace ADD COLUMN resumes_any INTEGER NOT NULL DEFAULT 0;

-- What notes are but for their spelling, of the kinds in whose notes evidence is looked for, where they are spelled otherwise.
CREATE TABLE note_form (
    kind TEXT NOT NULL,
    form TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (kind, form, note)
) STRICT, WITHOUT ROWID;
