-- A stretch in which a source was not read: after the last round that had read it (`after_round`), until the first that read it again
-- (`ended_round`). `looked`: the cases that fell due meanwhile have been gone through.
CREATE TABLE blindness (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    after_round INTEGER NOT NULL,
    ended_round INTEGER,
    looked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX blindness_open ON blindness (source_id) WHERE ended_round IS NULL;
CREATE INDEX blindness_over ON blindness (id) WHERE ended_round IS NOT NULL AND looked = 0;
CREATE TRIGGER blindness_delete BEFORE DELETE ON blindness BEGIN SELECT RAISE(ABORT, 'when a source was not read is never forgotten'); END;

-- A clock that fell due in it, and is in time only by what was first read afterwards.
CREATE TABLE unseen_clock (
    blindness_id INTEGER NOT NULL REFERENCES blindness (id),
    case_id INTEGER NOT NULL REFERENCES "case" (id),
    clock TEXT NOT NULL,
    due_at TEXT NOT NULL,
    PRIMARY KEY (blindness_id, case_id, clock)
) STRICT, WITHOUT ROWID;

CREATE VIEW met_unseen AS
SELECT s.name AS source, a.started_at AS last_read_at, e.started_at AS read_again_at, c.number AS case_number,
       i.name AS item_name, u.name AS unit_name, m.clock, m.due_at, d.state AS clock_state, d.stopped_at
FROM unseen_clock AS m
JOIN blindness AS b ON b.id = m.blindness_id
JOIN source AS s ON s.id = b.source_id
JOIN round AS a ON a.id = b.after_round
LEFT JOIN round AS e ON e.id = b.ended_round
JOIN "case" AS c ON c.id = m.case_id
LEFT JOIN item AS i ON i.code = c.item
LEFT JOIN deadline AS d ON d.case_id = m.case_id AND d.clock = m.clock
LEFT JOIN unit AS u ON u.code = coalesce(d.unit, c.holder, c.unit, i.unit);

-- The cases that were missing when a source was last found doubtful: an acceptance holds for these and for no others.
CREATE TABLE suspicion_case (
    suspicion_id INTEGER NOT NULL REFERENCES suspicion (id),
    case_id INTEGER NOT NULL REFERENCES "case" (id),
    PRIMARY KEY (suspicion_id, case_id)
) STRICT, WITHOUT ROWID;
