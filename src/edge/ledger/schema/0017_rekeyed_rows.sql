-- A row that is the same as another, or took its place, under another key: what it says counts as said by the row `as_row`, and
-- its own traces count no more until both keys are read at once (`ended_round`).
CREATE TABLE rekeyed_row (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES "case" (id),
    read INTEGER NOT NULL,
    row TEXT NOT NULL,
    as_row TEXT NOT NULL,
    round_id INTEGER NOT NULL,
    ended_round INTEGER
) STRICT;
CREATE UNIQUE INDEX rekeyed_open ON rekeyed_row (case_id, read, row) WHERE ended_round IS NULL;
CREATE INDEX rekeyed_as ON rekeyed_row (case_id, read, as_row) WHERE ended_round IS NULL;
CREATE TRIGGER rekeyed_delete BEFORE DELETE ON rekeyed_row BEGIN SELECT RAISE(ABORT, 'what was found of a row is never forgotten'); END;

CREATE VIEW rekeyed AS
SELECT c.number AS case_number, s.name AS source, k.read, k.row AS source_row, k.as_row, r.started_at AS found_at,
       e.started_at AS ended_at
FROM rekeyed_row AS k
JOIN "case" AS c ON c.id = k.case_id
JOIN source AS s ON s.id = c.source_id
JOIN round AS r ON r.id = k.round_id
LEFT JOIN round AS e ON e.id = k.ended_round;

DROP VIEW case_timeline;
CREATE VIEW case_timeline AS
SELECT c.number AS case_number, t.occurred_at, t.kind, t.stage, t.by, t.note, t.recorded_at,
       r.started_at AS first_seen_at, s.name AS source, t.row AS source_row, t.revision,
       NOT EXISTS (
           SELECT 1 FROM trace AS later
           WHERE later.case_id = t.case_id AND later.read = t.read AND later.row = t.row AND later.part = t.part
             AND later.revision > t.revision
       ) AS current, t.outcome, t.unit AS unit_code, t.asked_at, t.serial
FROM trace AS t
JOIN "case" AS c ON c.id = t.case_id
JOIN source AS s ON s.id = c.source_id
LEFT JOIN round AS r ON r.id = t.round_id
WHERE NOT EXISTS (SELECT 1 FROM rekeyed_row AS k WHERE k.ended_round IS NULL
    AND (k.case_id, k.read, k.row) = (t.case_id, t.read, t.row));
