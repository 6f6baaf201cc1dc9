-- First and last day on which something happened to a case, and how it counts in the measures of coverage.
ALTER TABLE "case" ADD COLUMN first_on TEXT;
ALTER TABLE "case" ADD COLUMN last_on TEXT;
CREATE INDEX case_open ON "case" (id) WHERE state IN ('open', 'fault');

-- Rows that a sweep no longer found at their source. What they said is kept in trace.
CREATE TABLE vanished_row (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES "case" (id),
    read INTEGER NOT NULL,
    row TEXT NOT NULL,
    round_id INTEGER NOT NULL,
    back_round INTEGER
) STRICT;
CREATE UNIQUE INDEX vanished_open ON vanished_row (case_id, read, row) WHERE back_round IS NULL;
CREATE TRIGGER vanished_delete BEFORE DELETE ON vanished_row BEGIN SELECT RAISE(ABORT, 'what vanished is never forgotten'); END;

CREATE VIEW vanished AS
SELECT c.number AS case_number, s.name AS source, v.read, v.row AS source_row, r.started_at AS missed_at,
       b.started_at AS back_at
FROM vanished_row AS v
JOIN "case" AS c ON c.id = v.case_id
JOIN source AS s ON s.id = c.source_id
JOIN round AS r ON r.id = v.round_id
LEFT JOIN round AS b ON b.id = v.back_round;
