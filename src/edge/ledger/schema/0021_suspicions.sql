-- A source that is not what was read of it before: nothing is judged by it until it looks right again (`ended_round`), or somebody
-- says that it is (`accepted_at`), which holds for no more cases than were missing then.
CREATE TABLE suspicion (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    round_id INTEGER NOT NULL,
    since TEXT NOT NULL,
    missing INTEGER NOT NULL,
    why_zh TEXT NOT NULL,
    why_en TEXT NOT NULL,
    accepted_at TEXT,
    accepted_by TEXT,
    accepted_why TEXT,
    ended_round INTEGER
) STRICT;
CREATE UNIQUE INDEX suspicion_open ON suspicion (source_id) WHERE ended_round IS NULL;
CREATE TRIGGER suspicion_delete BEFORE DELETE ON suspicion BEGIN SELECT RAISE(ABORT, 'what was found of a source is never forgotten'); END;

-- What a sweep found short is doubted from now on.
DELETE FROM meta WHERE key LIKE 'sweep\_fell\_short\_%' ESCAPE '\';

-- How many rows a read had when it was last read whole by a mapping.
CREATE TABLE whole_read (
    source_id INTEGER NOT NULL REFERENCES source (id),
    read INTEGER NOT NULL,
    mapping TEXT NOT NULL,
    rows INTEGER NOT NULL,
    PRIMARY KEY (source_id, read)
) STRICT, WITHOUT ROWID;

CREATE VIEW suspicions AS
SELECT s.name AS source, p.since, p.missing, p.why_zh AS why, p.why_en, p.accepted_at, p.accepted_by, p.accepted_why,
       e.started_at AS ended_at
FROM suspicion AS p
JOIN source AS s ON s.id = p.source_id
LEFT JOIN round AS e ON e.id = p.ended_round;

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
       iif(removed_at IS NULL AND state = 'ok' AND p.id IS NOT NULL, p.why_zh, NULL) AS suspect
FROM source LEFT JOIN suspicion AS p ON p.source_id = source.id AND p.ended_round IS NULL;
