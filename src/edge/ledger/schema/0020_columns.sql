-- What the times of a column have in common over its readings. A column with `midnights` and without a first round that brought
-- another time of day is one of days; what earlier rounds brought stays a day. Entries that lie before what happened
-- (`before` as far as two zones can be apart, `far_before` further) outweighing the prompt ones are of another zone.
CREATE TABLE time_column (
    source_id INTEGER NOT NULL REFERENCES source (id),
    read INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    midnights INTEGER NOT NULL,
    times_since INTEGER,
    before INTEGER NOT NULL,
    far_before INTEGER NOT NULL,
    prompt INTEGER NOT NULL,
    another_zone INTEGER NOT NULL,
    behind_minutes INTEGER,
    behind TEXT,
    PRIMARY KEY (source_id, read, column_name)
) STRICT, WITHOUT ROWID;

-- Where the mapping finds a time (`occurred/0`: when the first trace happened), and in which column.
CREATE TABLE time_place (
    source_id INTEGER NOT NULL REFERENCES source (id),
    read INTEGER NOT NULL,
    place TEXT NOT NULL,
    column_name TEXT NOT NULL,
    PRIMARY KEY (source_id, read, place)
) STRICT, WITHOUT ROWID;

DROP VIEW source_health;
CREATE VIEW source_health AS
SELECT name AS source,
       CASE WHEN removed_at IS NOT NULL THEN 'removed'
            WHEN state = 'ok' AND overdue_since IS NOT NULL THEN 'overdue' ELSE state END AS state,
       message, last_read_at, COALESCE(removed_at, dark_since, overdue_since) AS dark_since, newest_at, rows_read, delivers,
       delivered_at, lag_seconds,
       (SELECT group_concat(column_name || ' ' || word || ' × ' || cells, '; ')
        FROM taken_for_nothing AS n WHERE n.source_id = source.id) AS taken_for_nothing,
       never_seen,
       (SELECT group_concat(column_name || ' × ' || midnights, '; ')
        FROM time_column AS t WHERE t.source_id = source.id AND midnights > 0 AND times_since IS NULL) AS days_only,
       (SELECT group_concat(column_name || ' = ' || behind || ' − ' || printf('%g', behind_minutes / 60.0) || ' h', '; ')
        FROM time_column AS t WHERE t.source_id = source.id AND another_zone) AS another_zone,
       (SELECT group_concat(column_name || ' < ' || behind || ' × ' || (before + far_before), '; ')
        FROM time_column AS t
        WHERE t.source_id = source.id AND NOT another_zone AND before + far_before > 0) AS entered_before
FROM source;

DROP VIEW case_timeline;
CREATE VIEW case_timeline AS
SELECT c.number AS case_number,
       iif(substr(t.occurred_at, 12, 8) = '00:00:00' AND EXISTS (
           SELECT 1 FROM time_place AS p JOIN time_column AS m USING (source_id, read, column_name)
           WHERE (p.source_id, p.read, p.place) = (c.source_id, t.read, 'occurred/' || t.part)
             AND m.midnights > 0 AND t.round_id < coalesce(m.times_since, t.round_id + 1)
       ), substr(t.occurred_at, 1, 10), t.occurred_at) AS occurred_at,
       t.kind, t.stage, t.by, t.note,
       iif(substr(t.recorded_at, 12, 8) = '00:00:00' AND EXISTS (
           SELECT 1 FROM time_place AS p JOIN time_column AS m USING (source_id, read, column_name)
           WHERE (p.source_id, p.read, p.place) = (c.source_id, t.read, 'recorded/' || t.part)
             AND m.midnights > 0 AND t.round_id < coalesce(m.times_since, t.round_id + 1)
       ), substr(t.recorded_at, 1, 10), t.recorded_at) AS recorded_at,
       r.started_at AS first_seen_at, s.name AS source, t.row AS source_row, t.revision,
       NOT EXISTS (
           SELECT 1 FROM trace AS later
           WHERE later.case_id = t.case_id AND later.read = t.read AND later.row = t.row AND later.part = t.part
             AND later.revision > t.revision
       ) AS current, t.outcome, t.unit AS unit_code, t.asked_at, t.serial
FROM trace AS t
JOIN "case" AS c ON c.id = t.case_id
JOIN source AS s ON s.id = c.source_id
LEFT JOIN round AS r ON r.id = t.round_id
WHERE NOT EXISTS (SELECT 1 FROM rekeyed_row AS k WHERE k.ended_round IS NULL
    AND (k.case_id, k.read, k.row) = (t.case_id, t.read, t.row));
