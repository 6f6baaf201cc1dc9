-- How a matter was decided; which unit had the case from a trace on; when an extension or a special procedure was asked for;
-- what pairs the beginning and the end of a special procedure.
ALTER TABLE trace ADD COLUMN outcome TEXT;
ALTER TABLE trace ADD COLUMN unit TEXT;
ALTER TABLE trace ADD COLUMN asked_at TEXT;
ALTER TABLE trace ADD COLUMN serial TEXT;

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
LEFT JOIN round AS r ON r.id = t.round_id;
