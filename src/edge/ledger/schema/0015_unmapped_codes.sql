-- The code of a row that is in quarantine for nothing but that no mapping knows it, as it may be shown. A value of its own, as
-- the reason quotes what an office types.
ALTER TABLE quarantine_row ADD COLUMN unmapped_code TEXT;

-- Of rows from before: no other reason ends so, whatever it quotes.
UPDATE quarantine_row
SET unmapped_code = trim(substr(reason, 1, length(reason) - length(' is an unknown code: add it to `codes`')), '`')
WHERE column_name IS NOT NULL AND reason LIKE '% is an unknown code: add it to `codes`';
UPDATE quarantine_row
SET unmapped_code = trim(substr(reason, 1, length(reason) - length(' is an unknown outcome: add it to `outcomes`')), '`')
WHERE column_name IS NOT NULL AND reason LIKE '% is an unknown outcome: add it to `outcomes`';
-- What stands before the code: the place of the row in a file, and the column.
UPDATE quarantine_row
SET unmapped_code = ltrim(substr(unmapped_code, instr(unmapped_code, 'column `' || column_name || '`: ')
                                 + length('column `' || column_name || '`: ')), '`')
WHERE unmapped_code IS NOT NULL;

CREATE INDEX quarantine_unmapped ON quarantine_row (source_id, case_number) WHERE unmapped_code IS NOT NULL;

-- Their cases were held without end; judged again, each gets the moment at which its hold ends.
UPDATE "case" SET unjudged = 1
WHERE (source_id, number) IN (SELECT source_id, case_number FROM quarantine_row
                              WHERE unmapped_code IS NOT NULL AND cleared_round IS NULL AND case_number IS NOT NULL);

DROP VIEW quarantine;
CREATE VIEW quarantine AS
SELECT s.name AS source, q.read, q.row AS source_row, q.case_number, q.column_name, q.reason, q.unmapped_code,
       r.started_at AS first_seen_at, q.cleared_round IS NULL AS open
FROM quarantine_row AS q JOIN source AS s ON s.id = q.source_id LEFT JOIN round AS r ON r.id = q.first_round;
