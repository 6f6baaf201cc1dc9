-- Whether a round went by the machine's clock, not by a moment that a person gave; and the machine's own counter then: which start of the
-- machine, and seconds since.
ALTER TABLE round ADD COLUMN by_machine INTEGER NOT NULL DEFAULT 0;
ALTER TABLE round ADD COLUMN boot TEXT;
ALTER TABLE round ADD COLUMN up INTEGER;

-- A step of the machine's clock that was held: nothing was judged or sent until a person or the records confirmed it, or the clock was
-- put right (`ended_by`: 'person', 'records', 'clock').
CREATE TABLE time_step (
    id INTEGER PRIMARY KEY,
    held_at TEXT NOT NULL,
    last_round_at TEXT NOT NULL,
    accepted_at TEXT,
    accepted_by TEXT,
    accepted_why TEXT,
    ended_at TEXT,
    ended_by TEXT
) STRICT;
CREATE UNIQUE INDEX time_step_open ON time_step (ended_at IS NULL) WHERE ended_at IS NULL;
CREATE TRIGGER time_step_delete BEFORE DELETE ON time_step BEGIN SELECT RAISE(ABORT, 'a step of the clock is never forgotten'); END;

CREATE VIEW time_steps AS
SELECT held_at, last_round_at, accepted_at, accepted_by, accepted_why, ended_at, ended_by FROM time_step;
