-- What is wrong with a row, and why a source is doubted, as data beside the words (as `why_data` of findings).
ALTER TABLE quarantine_row ADD COLUMN reason_data TEXT;
ALTER TABLE suspicion ADD COLUMN why_data TEXT;

DROP VIEW quarantine;
CREATE VIEW quarantine AS
SELECT s.name AS source, q.read, q.row AS source_row, q.case_number, q.column_name, q.reason,
       coalesce(q.reason_zh, q.reason) AS reason_zh, q.unmapped_code,
       r.started_at AS first_seen_at, q.cleared_round IS NULL AS open, q.reason_data
FROM quarantine_row AS q JOIN source AS s ON s.id = q.source_id LEFT JOIN round AS r ON r.id = q.first_round;

DROP VIEW suspicions;
CREATE VIEW suspicions AS
SELECT s.name AS source, p.since, p.missing, p.why_zh AS why, p.why_en, p.accepted_at, p.accepted_by, p.accepted_why,
       e.started_at AS ended_at, p.why_data
FROM suspicion AS p
JOIN source AS s ON s.id = p.source_id
LEFT JOIN round AS e ON e.id = p.ended_round;
