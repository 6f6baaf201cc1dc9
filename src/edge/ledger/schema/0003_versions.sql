-- What judged, whole, by its version: a finding made by it can be explained by it later.
CREATE TABLE policy (
    version TEXT PRIMARY KEY,
    calendar TEXT NOT NULL,
    adopted_at TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A round as of a past moment: what lay after it was not yet there.
ALTER TABLE round ADD COLUMN replay INTEGER NOT NULL DEFAULT 0;

-- The stretches of rounds in which a source was watched without a break. What first appears inside one was not there
-- before; what first appears with a new one may have been, or another mapping reads it so.
CREATE TABLE source_span (
    source_id INTEGER NOT NULL REFERENCES source (id),
    from_round INTEGER NOT NULL,
    to_round INTEGER,
    mapping TEXT NOT NULL,
    PRIMARY KEY (source_id, from_round)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX source_span_open ON source_span (source_id) WHERE to_round IS NULL;

-- Where a clock ends if doubtful facts count against the office; NULL where nothing is doubtful.
ALTER TABLE deadline ADD COLUMN earliest_due_at TEXT;

-- The letters that told of an event.
CREATE INDEX letter_event_told ON letter_event (event_id);

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

CREATE INDEX finding_pending ON finding (case_id) WHERE standing = 'pending';

-- What waits for a supervisor (pending) has been issued to nobody, and counts against nobody.
DROP VIEW unit_ranking;
CREATE VIEW unit_ranking AS
WITH highest AS (
    SELECT unit, case_id,
           MAX(CASE WHEN standing NOT IN ('revoked', 'pending')
                    THEN CASE card WHEN 'red' THEN 3 WHEN 'yellow' THEN 2 ELSE 1 END END) AS card,
           MAX(standing = 'open') AS open,
           MAX(standing = 'revoked') AS revoked,
           MAX(standing = 'pending') AS pending
    FROM finding WHERE case_id IS NOT NULL AND rule <> 'data-fault' GROUP BY unit, case_id
)
SELECT u.code AS unit_code, u.name AS unit_name,
       COUNT(CASE WHEN h.card = 3 THEN 1 END) AS red,
       COUNT(CASE WHEN h.card = 2 THEN 1 END) AS yellow,
       COUNT(CASE WHEN h.card = 1 THEN 1 END) AS notice,
       COUNT(CASE WHEN h.open AND h.card IS NOT NULL THEN 1 END) AS open,
       COUNT(CASE WHEN h.revoked THEN 1 END) AS revoked,
       COUNT(CASE WHEN h.pending THEN 1 END) AS pending
FROM unit AS u LEFT JOIN highest AS h ON h.unit = u.code
GROUP BY u.code ORDER BY u.place;

CREATE VIEW policies AS
SELECT version, calendar, adopted_at, content FROM policy;
