-- What reasons say as data, beside their words: key and values of a message (JSON), so that they can be said in every language.
-- Empty: entered before, a person's own words, or too long. The triggers of both tables cover it.
ALTER TABLE finding_event ADD COLUMN why_data TEXT;
ALTER TABLE deadline_change ADD COLUMN why_data TEXT;

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
       f.order_kept, f.contested_at, f.upheld_at,
       (SELECT e.why_data FROM finding_event AS e WHERE e.finding_id = f.id AND e.by IS NULL
           AND e.event NOT IN ('reminded', 'unanswered') ORDER BY e.id DESC LIMIT 1) AS why_data
FROM finding AS f
LEFT JOIN deadline AS d ON d.case_id = f.case_id AND d.clock = f.clock
LEFT JOIN unit AS u ON u.code = f.unit
LEFT JOIN item AS i ON i.code = f.item;
CREATE VIEW open_findings AS
SELECT * FROM findings
WHERE standing IN ('open', 'pending', 'pending-withdrawal')
ORDER BY CASE card WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END, due_at, finding;

DROP VIEW finding_history;
CREATE VIEW finding_history AS
SELECT f.id AS finding, f.subject AS case_number, f.rule, f.clock, e.at, e.event, e.card, e.why, e.why_en, e.policy, e.by,
       e.why_data
FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id
ORDER BY e.id;

DROP VIEW deadline_changes;
CREATE VIEW deadline_changes AS
SELECT c.number AS case_number, m.clock, r.started_at AS at, m.due_before, m.due_after, m.why, m.why_en, m.policy, m.why_data
FROM deadline_change AS m
JOIN "case" AS c ON c.id = m.case_id
JOIN round AS r ON r.id = m.round_id
ORDER BY m.id;
