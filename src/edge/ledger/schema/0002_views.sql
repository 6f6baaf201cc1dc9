-- The public interface: views with plain names. Their columns are documented in docs/ledger.md.

CREATE VIEW rounds AS
SELECT id AS round, started_at, finished_at, rows_read, rows_rejected, cases_judged, raised, escalated, resolved,
       revoked, letters, policy
FROM round;

CREATE VIEW cases AS
SELECT c.number AS case_number, i.name AS item_name, u.name AS unit_name, c.state, c.item AS item_code,
       COALESCE(c.unit, i.unit) AS unit_code, s.name AS source, r.started_at AS first_seen_at, c.next_change_at
FROM "case" AS c
JOIN source AS s ON s.id = c.source_id
LEFT JOIN round AS r ON r.id = c.first_round
LEFT JOIN item AS i ON i.code = c.item
LEFT JOIN unit AS u ON u.code = COALESCE(c.unit, i.unit);

CREATE VIEW case_timeline AS
SELECT c.number AS case_number, t.occurred_at, t.kind, t.stage, t.by, t.note, t.recorded_at,
       r.started_at AS first_seen_at, s.name AS source, t.row AS source_row, t.revision,
       NOT EXISTS (
           SELECT 1 FROM trace AS later
           WHERE later.case_id = t.case_id AND later.read = t.read AND later.row = t.row AND later.part = t.part
             AND later.revision > t.revision
       ) AS current
FROM trace AS t
JOIN "case" AS c ON c.id = t.case_id
JOIN source AS s ON s.id = c.source_id
LEFT JOIN round AS r ON r.id = t.round_id;

CREATE VIEW deadlines AS
SELECT c.number AS case_number, d.clock, d.state, d.time_limit, d.started_at, d.due_at, d.stopped_at,
       d.paused_since, d.extended, d.provisional, i.name AS item_name, u.name AS unit_name
FROM deadline AS d
JOIN "case" AS c ON c.id = d.case_id
LEFT JOIN item AS i ON i.code = c.item
LEFT JOIN unit AS u ON u.code = COALESCE(c.unit, i.unit);

CREATE VIEW findings AS
SELECT f.id AS finding, f.card, f.standing, f.rule, f.clock, f.subject AS case_number, u.name AS unit_name,
       i.name AS item_name, d.due_at, d.state AS clock_state,
       (SELECT e.at FROM finding_event AS e WHERE e.finding_id = f.id ORDER BY e.id LIMIT 1) AS raised_at,
       (SELECT e.at FROM finding_event AS e WHERE e.finding_id = f.id ORDER BY e.id DESC LIMIT 1) AS changed_at,
       (SELECT e.why FROM finding_event AS e WHERE e.finding_id = f.id ORDER BY e.id DESC LIMIT 1) AS why,
       (SELECT e.why_en FROM finding_event AS e WHERE e.finding_id = f.id ORDER BY e.id DESC LIMIT 1) AS why_en,
       (SELECT e.policy FROM finding_event AS e WHERE e.finding_id = f.id ORDER BY e.id DESC LIMIT 1) AS policy,
       f.unit AS unit_code, f.item AS item_code
FROM finding AS f
LEFT JOIN deadline AS d ON d.case_id = f.case_id AND d.clock = f.clock
LEFT JOIN unit AS u ON u.code = f.unit
LEFT JOIN item AS i ON i.code = f.item;

CREATE VIEW open_findings AS
SELECT * FROM findings
WHERE standing IN ('open', 'pending')
ORDER BY CASE card WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END, due_at, finding;

CREATE VIEW finding_history AS
SELECT f.id AS finding, f.subject AS case_number, f.rule, f.clock, e.at, e.event, e.card, e.why, e.why_en, e.policy
FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id
ORDER BY e.id;

-- Cards by unit in the official order. A case counts once, under its highest card; withdrawn cards apart.
CREATE VIEW unit_ranking AS
WITH highest AS (
    SELECT unit, case_id,
           MAX(CASE WHEN standing <> 'revoked' THEN CASE card WHEN 'red' THEN 3 WHEN 'yellow' THEN 2 ELSE 1 END END) AS card,
           MAX(standing IN ('open', 'pending')) AS open,
           MAX(standing = 'revoked') AS revoked
    FROM finding WHERE case_id IS NOT NULL AND rule <> 'data-fault' GROUP BY unit, case_id
)
SELECT u.code AS unit_code, u.name AS unit_name,
       COUNT(CASE WHEN h.card = 3 THEN 1 END) AS red,
       COUNT(CASE WHEN h.card = 2 THEN 1 END) AS yellow,
       COUNT(CASE WHEN h.card = 1 THEN 1 END) AS notice,
       COUNT(CASE WHEN h.open AND h.card IS NOT NULL THEN 1 END) AS open,
       COUNT(CASE WHEN h.revoked THEN 1 END) AS revoked
FROM unit AS u LEFT JOIN highest AS h ON h.unit = u.code
GROUP BY u.code ORDER BY u.place;

CREATE VIEW coverage AS
SELECT day, measure, scope, name, numerator, denominator,
       CASE WHEN denominator > 0 THEN ROUND(100.0 * numerator / denominator, 1) END AS percent
FROM coverage_day;

CREATE VIEW coverage_missing AS
SELECT i.code AS item_code, i.name AS item_name, u.name AS unit_name, s.state, s.reason, s.since,
       a.last_on AS last_trace_on, i.channel, i.case_type
FROM item_state AS s
JOIN item AS i ON i.code = s.item
LEFT JOIN unit AS u ON u.code = i.unit
LEFT JOIN activity AS a ON a.item = i.code
WHERE s.state <> 'active'
ORDER BY u.place, i.code;

CREATE VIEW letters AS
SELECT l.id AS letter, l.kind, l.state, l.to_name, l.to_address, l.subject, l.written_at, l.attempts, l.next_try_at,
       (SELECT a.outcome || ': ' || a.detail FROM letter_attempt AS a WHERE a.letter_id = l.id ORDER BY a.id DESC LIMIT 1)
           AS last_outcome,
       (SELECT a.at FROM letter_attempt AS a WHERE a.letter_id = l.id ORDER BY a.id DESC LIMIT 1) AS last_try_at,
       l.message_id, l.text
FROM letter AS l;

CREATE VIEW source_health AS
SELECT name AS source, state, message, last_read_at, dark_since, newest_at, rows_read FROM source;

CREATE VIEW quarantine AS
SELECT s.name AS source, q.read, q.row AS source_row, q.case_number, q.column_name, q.reason,
       r.started_at AS first_seen_at, q.cleared_round IS NULL AS open
FROM quarantine_row AS q JOIN source AS s ON s.id = q.source_id LEFT JOIN round AS r ON r.id = q.first_round;
