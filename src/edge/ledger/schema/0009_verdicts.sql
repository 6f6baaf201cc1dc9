-- What holds a card up: since when a supervisor is asked whether it falls, and when one last decided that it stands.
ALTER TABLE finding ADD COLUMN contested_at TEXT;
ALTER TABLE finding ADD COLUMN upheld_at TEXT;
CREATE INDEX finding_contested ON finding (id) WHERE contested_at IS NOT NULL;

-- The unit that has a case where it was handed over, and the one that had it when a clock fell due.
ALTER TABLE "case" ADD COLUMN holder TEXT;
ALTER TABLE deadline ADD COLUMN unit TEXT;
CREATE INDEX case_change_of ON case_change (case_id);

-- How far a source can be believed: whether it is read as it grows (live) or brings what others delivered (batch), when it
-- last was delivered to, and by how much it lags behind what it tells of.
ALTER TABLE source ADD COLUMN delivers TEXT NOT NULL DEFAULT 'live' CHECK (delivers IN ('live', 'batch'));
ALTER TABLE source ADD COLUMN delivered_at TEXT;
ALTER TABLE source ADD COLUMN lag_seconds INTEGER NOT NULL DEFAULT 0;
-- Rounds that read a source as a whole though there was more than new rows to be read.
CREATE TABLE source_sweep (
    source_id INTEGER NOT NULL REFERENCES source (id),
    round_id INTEGER NOT NULL,
    PRIMARY KEY (source_id, round_id)
) STRICT, WITHOUT ROWID;

-- Runs of a case after its first: it was accepted again after its end.
CREATE TABLE later_run (
    case_id INTEGER NOT NULL REFERENCES "case" (id),
    run INTEGER NOT NULL,
    begun_on TEXT NOT NULL,
    ended_on TEXT,
    ended_as TEXT,
    PRIMARY KEY (case_id, run)
) STRICT, WITHOUT ROWID;

DROP VIEW cases;
CREATE VIEW cases AS
SELECT c.number AS case_number, i.name AS item_name, u.name AS unit_name, c.state, c.item AS item_code,
       COALESCE(c.holder, c.unit, i.unit) AS unit_code, s.name AS source, r.started_at AS first_seen_at, c.next_change_at
FROM "case" AS c
JOIN source AS s ON s.id = c.source_id
LEFT JOIN round AS r ON r.id = c.first_round
LEFT JOIN item AS i ON i.code = c.item
LEFT JOIN unit AS u ON u.code = COALESCE(c.holder, c.unit, i.unit);

DROP VIEW deadlines;
CREATE VIEW deadlines AS
SELECT c.number AS case_number, d.clock, d.state, d.time_limit, d.started_at, d.due_at, d.earliest_due_at,
       d.stopped_at, d.paused_since, d.extended, d.provisional, i.name AS item_name, u.name AS unit_name,
       COALESCE(d.unit, c.holder, c.unit, i.unit) AS unit_code
FROM deadline AS d
JOIN "case" AS c ON c.id = d.case_id
LEFT JOIN item AS i ON i.code = c.item
LEFT JOIN unit AS u ON u.code = COALESCE(d.unit, c.holder, c.unit, i.unit);

-- A card that stands while a supervisor is asked whether it falls counts as before, and says so.
DROP VIEW open_findings;
DROP VIEW findings;
CREATE VIEW findings AS
SELECT f.id AS finding, f.card, iif(f.contested_at IS NULL, f.standing, 'pending-withdrawal') AS standing, f.rule, f.clock,
       f.subject AS case_number, u.name AS unit_name, i.name AS item_name, d.due_at, d.state AS clock_state,
       (SELECT e.at FROM finding_event AS e WHERE e.finding_id = f.id ORDER BY e.id LIMIT 1) AS raised_at,
       (SELECT e.at FROM finding_event AS e WHERE e.finding_id = f.id ORDER BY e.id DESC LIMIT 1) AS changed_at,
       (SELECT e.why FROM finding_event AS e WHERE e.finding_id = f.id AND e.by IS NULL
           AND e.event NOT IN ('reminded', 'unanswered') ORDER BY e.id DESC LIMIT 1) AS why,
       (SELECT e.why_en FROM finding_event AS e WHERE e.finding_id = f.id AND e.by IS NULL
           AND e.event NOT IN ('reminded', 'unanswered') ORDER BY e.id DESC LIMIT 1) AS why_en,
       (SELECT e.policy FROM finding_event AS e WHERE e.finding_id = f.id ORDER BY e.id DESC LIMIT 1) AS policy,
       f.unit AS unit_code, f.item AS item_code, f.issued, f.told_at, f.answer_due, f.answered_at, f.appealed_at, f.order_due,
       f.order_kept, f.contested_at, f.upheld_at
FROM finding AS f
LEFT JOIN deadline AS d ON d.case_id = f.case_id AND d.clock = f.clock
LEFT JOIN unit AS u ON u.code = f.unit
LEFT JOIN item AS i ON i.code = f.item;
CREATE VIEW open_findings AS
SELECT * FROM findings
WHERE standing IN ('open', 'pending', 'pending-withdrawal')
ORDER BY CASE card WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END, due_at, finding;

-- That a case was handed over is told, and counts against nobody.
DROP VIEW unit_ranking;
CREATE VIEW unit_ranking AS
WITH highest AS (
    SELECT unit, case_id,
           MAX(CASE WHEN standing NOT IN ('revoked', 'pending') AND issued
                    THEN CASE card WHEN 'red' THEN 3 WHEN 'yellow' THEN 2 ELSE 1 END END) AS card,
           MAX(standing = 'open') AS open,
           MAX(standing = 'revoked' AND issued) AS revoked,
           MAX(standing = 'pending') AS pending,
           MAX(contested_at IS NOT NULL) AS contested
    FROM finding WHERE case_id IS NOT NULL AND rule NOT IN ('data-fault', 'handed-over') GROUP BY unit, case_id
)
SELECT u.code AS unit_code, u.name AS unit_name,
       COUNT(CASE WHEN h.card = 3 THEN 1 END) AS red,
       COUNT(CASE WHEN h.card = 2 THEN 1 END) AS yellow,
       COUNT(CASE WHEN h.card = 1 THEN 1 END) AS notice,
       COUNT(CASE WHEN h.open AND h.card IS NOT NULL THEN 1 END) AS open,
       COUNT(CASE WHEN h.revoked THEN 1 END) AS revoked,
       COUNT(CASE WHEN h.pending THEN 1 END) AS pending,
       COUNT(CASE WHEN h.contested THEN 1 END) AS pending_withdrawal
FROM unit AS u LEFT JOIN highest AS h ON h.unit = u.code
GROUP BY u.code ORDER BY u.place;

DROP VIEW source_health;
CREATE VIEW source_health AS
SELECT name AS source, state, message, last_read_at, dark_since, newest_at, rows_read, delivers, delivered_at, lag_seconds
FROM source;
