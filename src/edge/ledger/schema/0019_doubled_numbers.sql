-- A number that stood twice in one reading, in rows that do not say that they are versions of one another: each row is a case of its
-- own from then on, known by what it began with. `once_since`: the round since which the number stands once again.
CREATE TABLE doubled_number (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    read INTEGER NOT NULL,
    number TEXT NOT NULL,
    case_id INTEGER NOT NULL REFERENCES "case" (id),
    identity TEXT NOT NULL,
    file TEXT,
    line INTEGER NOT NULL,
    round_id INTEGER NOT NULL,
    once_since INTEGER
) STRICT;
CREATE UNIQUE INDEX doubled_case ON doubled_number (case_id, read);
CREATE INDEX doubled_of ON doubled_number (source_id, read, number);

CREATE VIEW doubled_numbers AS
SELECT s.name AS source, d.number, c.number AS case_number, d.file, d.line, r.started_at AS found_at, o.started_at AS once_since
FROM doubled_number AS d
JOIN source AS s ON s.id = d.source_id
JOIN "case" AS c ON c.id = d.case_id
JOIN round AS r ON r.id = d.round_id
LEFT JOIN round AS o ON o.id = d.once_since;
