-- The case of which this one is the renewed filing; first and last day on which something happened to it; how its traces
-- count in the measures of coverage.
ALTER TABLE "case" ADD COLUMN earlier TEXT;
ALTER TABLE "case" ADD COLUMN first_on TEXT;
ALTER TABLE "case" ADD COLUMN last_on TEXT;
ALTER TABLE "case" ADD COLUMN required INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "case" ADD COLUMN present INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "case" ADD COLUMN traces INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "case" ADD COLUMN timed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "case" ADD COLUMN timely INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "case" ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "case" ADD COLUMN filled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_change ADD COLUMN earlier TEXT;

-- The same by item, and the cases that began on a day: sums that are kept as cases are judged.
CREATE TABLE item_count (
    item TEXT PRIMARY KEY,
    cases INTEGER NOT NULL,
    required INTEGER NOT NULL,
    present INTEGER NOT NULL,
    traces INTEGER NOT NULL,
    timed INTEGER NOT NULL,
    timely INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    filled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE item_day (
    item TEXT NOT NULL,
    day TEXT NOT NULL,
    cases INTEGER NOT NULL,
    PRIMARY KEY (item, day)
) STRICT, WITHOUT ROWID;

-- The source that last brought traces of an item, and the days on which a source brought anything new.
ALTER TABLE activity ADD COLUMN source_id INTEGER;
CREATE TABLE arrival (
    source_id INTEGER NOT NULL REFERENCES source (id),
    day TEXT NOT NULL,
    PRIMARY KEY (source_id, day)
) STRICT, WITHOUT ROWID;

-- How much there is of what was found over many cases: cases, pieces of evidence, numbers, days.
ALTER TABLE finding ADD COLUMN weight INTEGER;

-- The states of items once more, with one for those of which nobody knows, and every change of them.
DROP VIEW coverage_missing;
DROP TABLE item_state;
CREATE TABLE item_state (
    item TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('active', 'silent', 'unconnected', 'exempt', 'unknown')),
    reason TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE item_state_change (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    item TEXT NOT NULL,
    before TEXT,
    after TEXT,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX item_state_change_on ON item_state_change (day);
CREATE TRIGGER item_state_change_update BEFORE UPDATE ON item_state_change BEGIN SELECT RAISE(ABORT, 'changes of items are append-only'); END;
CREATE TRIGGER item_state_change_delete BEFORE DELETE ON item_state_change BEGIN SELECT RAISE(ABORT, 'changes of items are append-only'); END;
CREATE VIEW coverage_missing AS
SELECT i.code AS item_code, i.name AS item_name, u.name AS unit_name, s.state, s.reason, s.since,
       a.last_on AS last_trace_on, i.channel, i.case_type
FROM item_state AS s
JOIN item AS i ON i.code = s.item
LEFT JOIN unit AS u ON u.code = i.unit
LEFT JOIN activity AS a ON a.item = i.code
WHERE s.state <> 'active'
ORDER BY u.place, i.code;
CREATE VIEW coverage_changes AS
SELECT c.day, c.item AS item_code, i.name AS item_name, u.name AS unit_name, c.before, c.after, c.reason
FROM item_state_change AS c
LEFT JOIN item AS i ON i.code = c.item
LEFT JOIN unit AS u ON u.code = i.unit
ORDER BY c.id;

ALTER TABLE coverage_day ADD COLUMN unknown INTEGER NOT NULL DEFAULT 0;
DROP VIEW coverage;
CREATE VIEW coverage AS
SELECT day, measure, scope, name, numerator, denominator,
       CASE WHEN denominator = 0 THEN NULL WHEN numerator < denominator THEN MIN(99.9, ROUND(100.0 * numerator / denominator, 1))
            ELSE ROUND(100.0 * numerator / denominator, 1) END AS percent, unknown
FROM coverage_day;

-- The end of each case that ended lately, for rules over many cases; what lies further back is dropped.
CREATE TABLE recent_end (
    case_id INTEGER PRIMARY KEY REFERENCES "case" (id),
    ended_on TEXT NOT NULL,
    item TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    by TEXT,
    ended_at TEXT NOT NULL,
    entered_at TEXT,
    note TEXT,
    due_on TEXT
) STRICT;
CREATE INDEX recent_end_on ON recent_end (ended_on);

-- Case numbers that run on: what stands before the digits, how many they are, and how far they go; up to which number they
-- have been looked through, how many were missing until there, and the first of these.
CREATE TABLE sequence (
    source_id INTEGER NOT NULL REFERENCES source (id),
    prefix TEXT NOT NULL,
    width INTEGER NOT NULL,
    lowest INTEGER NOT NULL,
    highest INTEGER NOT NULL,
    cases INTEGER NOT NULL,
    settled INTEGER,
    missing INTEGER NOT NULL DEFAULT 0,
    examples TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (source_id, prefix, width)
) STRICT, WITHOUT ROWID;

-- Evidence (佐证) from outside the approval system, each piece with the case it was matched to; and its sums by day.
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    list TEXT NOT NULL,
    row TEXT NOT NULL,
    key TEXT NOT NULL,
    item TEXT NOT NULL,
    unit TEXT NOT NULL,
    day TEXT NOT NULL,
    round_id INTEGER NOT NULL,
    case_id INTEGER REFERENCES "case" (id),
    case_on TEXT,
    matched_round INTEGER,
    UNIQUE (list, row)
) STRICT;
CREATE INDEX evidence_key ON evidence (list, key);
CREATE INDEX evidence_unmatched ON evidence (list, day, id) WHERE case_id IS NULL;
CREATE INDEX evidence_day_of ON evidence (list, day);
CREATE TABLE evidence_day (
    day TEXT NOT NULL,
    list TEXT NOT NULL,
    item TEXT NOT NULL,
    unit TEXT NOT NULL,
    pieces INTEGER NOT NULL,
    matched INTEGER NOT NULL,
    PRIMARY KEY (day, list, item, unit)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER evidence_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;

CREATE VIEW evidence_matches AS
SELECT e.list, e.key, e.day, i.name AS item_name, u.name AS unit_name, c.number AS case_number,
       r.started_at AS first_seen_at, m.started_at AS matched_at
FROM evidence AS e
LEFT JOIN item AS i ON i.code = e.item
LEFT JOIN unit AS u ON u.code = COALESCE(NULLIF(e.unit, ''), i.unit)
LEFT JOIN "case" AS c ON c.id = e.case_id
LEFT JOIN round AS r ON r.id = e.round_id
LEFT JOIN round AS m ON m.id = e.matched_round;

CREATE VIEW case_measures AS
SELECT c.number AS case_number, i.name AS item_name, u.name AS unit_name, c.first_on AS begun_on, c.last_on, c.required,
       c.present, c.traces, c.timed, c.timely, c.asked, c.filled, c.item AS item_code
FROM "case" AS c
LEFT JOIN item AS i ON i.code = c.item
LEFT JOIN unit AS u ON u.code = COALESCE(c.unit, i.unit)
WHERE c.first_on IS NOT NULL;
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
