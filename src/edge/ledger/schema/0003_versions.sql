-- What judged, whole, by its version: a finding made by it can be explained by it later.
CREATE TABLE policy (
    version TEXT PRIMARY KEY,
    calendar TEXT NOT NULL,
    adopted_at TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A round as of a past moment: what lay after it was not yet there.
ALTER TABLE round ADD COLUMN replay INTEGER NOT NULL DEFAULT 0;

-- Where a clock ends if doubtful facts count against the office; NULL where nothing is doubtful.
ALTER TABLE deadline ADD COLUMN earliest_due_at TEXT;

-- Every move of a due moment, with the reason. A day that is open because a pause is (NULL) is a day like any other.
CREATE TABLE deadline_change (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES "case" (id),
    clock TEXT NOT NULL,
    round_id INTEGER NOT NULL,
    due_before TEXT,
    due_after TEXT,
    why TEXT NOT NULL,
    why_en TEXT NOT NULL,
    policy TEXT NOT NULL
) STRICT;
CREATE INDEX deadline_change_of ON deadline_change (case_id);

CREATE TRIGGER policy_update BEFORE UPDATE ON policy BEGIN SELECT RAISE(ABORT, 'what judged is never changed'); END;
CREATE TRIGGER policy_delete BEFORE DELETE ON policy BEGIN SELECT RAISE(ABORT, 'what judged is never deleted'); END;
CREATE TRIGGER deadline_change_update BEFORE UPDATE ON deadline_change BEGIN SELECT RAISE(ABORT, 'moves of deadlines are append-only'); END;
CREATE TRIGGER deadline_change_delete BEFORE DELETE ON deadline_change BEGIN SELECT RAISE(ABORT, 'moves of deadlines are append-only'); END;

DROP VIEW deadlines;
CREATE VIEW deadlines AS
SELECT c.number AS case_number, d.clock, d.state, d.time_limit, d.started_at, d.due_at, d.earliest_due_at,
       d.stopped_at, d.paused_since, d.extended, d.provisional, i.name AS item_name, u.name AS unit_name
FROM deadline AS d
JOIN "case" AS c ON c.id = d.case_id
LEFT JOIN item AS i ON i.code = c.item
LEFT JOIN unit AS u ON u.code = COALESCE(c.unit, i.unit);

CREATE VIEW deadline_changes AS
SELECT c.number AS case_number, m.clock, r.started_at AS at, m.due_before, m.due_after, m.why, m.why_en, m.policy
FROM deadline_change AS m
JOIN "case" AS c ON c.id = m.case_id
JOIN round AS r ON r.id = m.round_id
ORDER BY m.id;

CREATE VIEW policies AS
SELECT version, calendar, adopted_at, content FROM policy;
