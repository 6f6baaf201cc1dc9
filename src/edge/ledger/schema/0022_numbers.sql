-- What numbers of cases are but for their spelling, where they are spelled otherwise.
CREATE TABLE number_form (
    source_id INTEGER NOT NULL REFERENCES source (id),
    form TEXT NOT NULL,
    case_id INTEGER NOT NULL REFERENCES "case" (id),
    PRIMARY KEY (source_id, form, case_id)
) STRICT, WITHOUT ROWID;

-- Cases of one source whose numbers differ only in their spelling: they are named, and are two as long as nobody says otherwise.
CREATE TABLE alike_number (
    source_id INTEGER NOT NULL REFERENCES source (id),
    form TEXT NOT NULL,
    case_id INTEGER NOT NULL REFERENCES "case" (id),
    PRIMARY KEY (source_id, form, case_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW alike_numbers AS
SELECT s.name AS source, a.form, c.number AS case_number, r.started_at AS first_seen_at
FROM alike_number AS a
JOIN source AS s ON s.id = a.source_id
JOIN "case" AS c ON c.id = a.case_id
LEFT JOIN round AS r ON r.id = c.first_round;

DROP VIEW source_health;
CREATE VIEW source_health AS
SELECT name AS source,
       CASE WHEN removed_at IS NOT NULL THEN 'removed'
            WHEN state = 'ok' AND p.id IS NOT NULL THEN 'suspect'
            WHEN state = 'ok' AND overdue_since IS NOT NULL THEN 'overdue' ELSE state END AS state,
       iif(removed_at IS NULL AND state = 'ok' AND p.id IS NOT NULL, p.why_en, message) AS message, last_read_at,
       COALESCE(removed_at, dark_since, p.since, overdue_since) AS dark_since, newest_at, rows_read, delivers,
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
        WHERE t.source_id = source.id AND NOT another_zone AND before + far_before > 0) AS entered_before,
       (SELECT group_concat(numbers, '; ') FROM (SELECT group_concat(c.number, ' / ') AS numbers FROM alike_number AS a
            JOIN "case" AS c ON c.id = a.case_id WHERE a.source_id = source.id
            GROUP BY a.form ORDER BY max(a.case_id) DESC LIMIT 5)) AS alike_numbers,
       (SELECT count(DISTINCT form) FROM alike_number AS a WHERE a.source_id = source.id) AS alike_count,
       iif(removed_at IS NULL AND state = 'ok' AND p.id IS NOT NULL, p.why_zh, NULL) AS suspect
FROM source LEFT JOIN suspicion AS p ON p.source_id = source.id AND p.ended_round IS NULL;
