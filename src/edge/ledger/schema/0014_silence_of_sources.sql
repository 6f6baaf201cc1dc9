-- Since when a source that others deliver to has been without a delivery for longer than it may, and since when it is no
-- longer configured.
ALTER TABLE source ADD COLUMN overdue_since TEXT;
ALTER TABLE source ADD COLUMN removed_at TEXT;

DROP VIEW source_health;
CREATE VIEW source_health AS
SELECT name AS source,
       CASE WHEN removed_at IS NOT NULL THEN 'removed'
            WHEN state = 'ok' AND overdue_since IS NOT NULL THEN 'overdue' ELSE state END AS state,
       message, last_read_at, COALESCE(removed_at, dark_since, overdue_since) AS dark_since, newest_at, rows_read, delivers,
       delivered_at, lag_seconds
FROM source;

DROP VIEW adoptions;
CREATE VIEW adoptions AS
SELECT at, event, version, before, by, why,
       json_extract(effect, '$.open') AS open_cards,
       json_extract(effect, '$.raised') AS raised,
       json_extract(effect, '$.withdrawn') AS withdrawn,
       json_extract(effect, '$.higher') AS higher,
       json_extract(effect, '$.lower') AS lower,
       COALESCE(json_extract(effect, '$.contested'), 0) AS pending_withdrawal,
       (SELECT COALESCE(SUM(json_extract(s.value, '$.cases') + json_extract(s.value, '$.set_aside')
                            + json_extract(s.value, '$.evidence')), 0)
        FROM json_each(effect, '$.at_stake') AS s) AS at_stake,
       json_extract(effect, '$.due_moved') AS due_moved,
       json_extract(effect, '$.first') AS first_cards
FROM adoption ORDER BY id;
