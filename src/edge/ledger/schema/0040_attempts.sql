-- What came of an attempt to send a letter, and why an address is refused, as data beside the English words: key and values of a
-- message (JSON), so that it can be said in every language.
ALTER TABLE letter_attempt ADD COLUMN detail_data TEXT;
ALTER TABLE address ADD COLUMN why_data TEXT;

-- A source that was never read to its end is not in order.
DROP VIEW source_health;
CREATE VIEW source_health AS
SELECT name AS source,
       CASE WHEN removed_at IS NOT NULL THEN 'removed'
            WHEN state = 'ok' AND p.id IS NOT NULL THEN 'suspect'
            WHEN state = 'ok' AND overdue_since IS NOT NULL THEN 'overdue'
            WHEN state = 'ok' AND last_read_at IS NULL THEN 'unread' ELSE state END AS state,
       iif(removed_at IS NULL AND state = 'ok' AND p.id IS NOT NULL, p.why_en, message) AS message, last_read_at, changed_at,
       COALESCE(removed_at, dark_since, p.since, overdue_since) AS dark_since, newest_at, rows_read, delivers,
       delivered_at, lag_seconds,
       (SELECT group_concat(column_name || ' ' || word || ' × ' || cells, '; ')
        FROM taken_for_nothing AS n WHERE n.source_id = source.id AND word <> char(65533)) AS taken_for_nothing,
       (SELECT group_concat(column_name || ' × ' || cells, '; ')
        FROM taken_for_nothing AS n WHERE n.source_id = source.id AND word = char(65533)) AS garbled,
       passed_over,
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
