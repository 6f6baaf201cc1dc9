-- What cannot be read is a cell and not a row: one row may have several. Reasons stand in both languages; a row from before has
-- its English one until it is read again.
ALTER TABLE quarantine_row ADD COLUMN reason_zh TEXT;
DROP INDEX quarantine_open;
CREATE UNIQUE INDEX quarantine_open ON quarantine_row (source_id, read, row, coalesce(column_name, ''))
WHERE cleared_round IS NULL;

DROP VIEW quarantine;
CREATE VIEW quarantine AS
SELECT s.name AS source, q.read, q.row AS source_row, q.case_number, q.column_name, q.reason,
       coalesce(q.reason_zh, q.reason) AS reason_zh, q.unmapped_code,
       r.started_at AS first_seen_at, q.cleared_round IS NULL AS open
FROM quarantine_row AS q JOIN source AS s ON s.id = q.source_id LEFT JOIN round AS r ON r.id = q.first_round;

-- Cells that were taken for nothing though they hold a date that exists (1900-01-01), by the last reading of all rows, or more
-- where a later one of some rows found more.
CREATE TABLE taken_for_nothing (
    source_id INTEGER NOT NULL REFERENCES source (id),
    read INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    word TEXT NOT NULL,
    cells INTEGER NOT NULL,
    PRIMARY KEY (source_id, read, column_name, word)
) STRICT, WITHOUT ROWID;

-- Attributes of the mapping that no event of its logs has.
ALTER TABLE source ADD COLUMN never_seen TEXT;

DROP VIEW source_health;
CREATE VIEW source_health AS
SELECT name AS source,
       CASE WHEN removed_at IS NOT NULL THEN 'removed'
            WHEN state = 'ok' AND overdue_since IS NOT NULL THEN 'overdue' ELSE state END AS state,
       message, last_read_at, COALESCE(removed_at, dark_since, overdue_since) AS dark_since, newest_at, rows_read, delivers,
       delivered_at, lag_seconds,
       (SELECT group_concat(column_name || ' ' || word || ' × ' || cells, '; ')
        FROM taken_for_nothing AS n WHERE n.source_id = source.id) AS taken_for_nothing,
       never_seen
FROM source;
