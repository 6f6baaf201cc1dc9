-- Cases of a source that is watched less closely stand at stake too; each case counts once, by what moves on it or by its source.
DROP VIEW adoptions;
CREATE VIEW adoptions AS
SELECT at, event, version, before, by, why,
       json_extract(effect, '$.open') AS open_cards,
       json_extract(effect, '$.raised') AS raised,
       json_extract(effect, '$.withdrawn') AS withdrawn,
       json_extract(effect, '$.higher') AS higher,
       json_extract(effect, '$.lower') AS lower,
       COALESCE(json_extract(effect, '$.contested'), 0) AS pending_withdrawal,
       (SELECT COALESCE(SUM(max(json_extract(s.value, '$.cases') - COALESCE(json_extract(s.value, '$.counted.cases'), 0),
                                COALESCE(json_extract(s.value, '$.unwatched'), 0)
                                    - COALESCE(json_extract(s.value, '$.counted.not_closed'), 0), 0)
                            + json_extract(s.value, '$.set_aside') + json_extract(s.value, '$.evidence')), 0)
        FROM json_each(effect, '$.at_stake') AS s) AS at_stake,
       json_extract(effect, '$.due_moved') AS due_moved,
       json_extract(effect, '$.first') AS first_cards
FROM adoption ORDER BY id;
