-- Every change of what judges: that it waits for a person, that one allowed it, that it is in force, that the file went back.
CREATE TABLE adoption (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    event TEXT NOT NULL CHECK (event IN ('waits', 'allowed', 'adopted', 'taken-back')),
    version TEXT NOT NULL,
    before TEXT,
    by TEXT,
    why TEXT NOT NULL,
    effect TEXT NOT NULL CHECK (json_valid(effect))
) STRICT;
CREATE TRIGGER adoption_update BEFORE UPDATE ON adoption BEGIN SELECT RAISE(ABORT, 'adoptions are append-only'); END;
CREATE TRIGGER adoption_delete BEFORE DELETE ON adoption BEGIN SELECT RAISE(ABORT, 'adoptions are append-only'); END;

CREATE VIEW adoptions AS
SELECT at, event, version, before, by, why,
       json_extract(effect, '$.open') AS open_cards,
       json_extract(effect, '$.raised') AS raised,
       json_extract(effect, '$.withdrawn') AS withdrawn,
       json_extract(effect, '$.higher') AS higher,
       json_extract(effect, '$.lower') AS lower,
       json_extract(effect, '$.due_moved') AS due_moved,
       json_extract(effect, '$.first') AS first_cards
FROM adoption ORDER BY id;
