-- Files of a source, by name; `unread`: the last reading could not read it, and its cases are not judged meanwhile.
CREATE TABLE source_file (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    name TEXT NOT NULL,
    unread INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source_id, name)
) STRICT;

-- In which files a case has stood.
CREATE TABLE case_in_file (
    case_id INTEGER NOT NULL REFERENCES "case" (id),
    file_id INTEGER NOT NULL REFERENCES source_file (id),
    PRIMARY KEY (case_id, file_id)
) STRICT, WITHOUT ROWID;
