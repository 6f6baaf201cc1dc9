-- Personal text that was erased: of which case or person, when, by whom and why. `subject`: the number of a case, the mark of a person's
-- name, or the day up to which the setting erases. `done_at` is empty only while it goes on.
CREATE TABLE erasure (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('case', 'person', 'retention', 'letters')),
    subject TEXT NOT NULL,
    source TEXT,
    by TEXT,
    why TEXT NOT NULL,
    texts INTEGER NOT NULL DEFAULT 0,
    letters INTEGER NOT NULL DEFAULT 0,
    done_at TEXT
) STRICT;
CREATE UNIQUE INDEX erasure_open ON erasure (done_at IS NULL) WHERE done_at IS NULL;
CREATE TRIGGER erasure_change BEFORE UPDATE ON erasure WHEN OLD.done_at IS NOT NULL
    OR (NEW.id, NEW.at, NEW.what, NEW.subject, NEW.source, NEW.by, NEW.why)
        IS NOT (OLD.id, OLD.at, OLD.what, OLD.subject, OLD.source, OLD.by, OLD.why)
    BEGIN SELECT RAISE(ABORT, 'what was erased stays on record'); END;
CREATE TRIGGER erasure_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'what was erased stays on record'); END;

-- What it was done to: what such a case, or such a person, brings later is marked before it is stored.
CREATE TABLE erased_case (
    case_id INTEGER PRIMARY KEY REFERENCES "case" (id),
    erasure_id INTEGER NOT NULL REFERENCES erasure (id)
) STRICT;
CREATE TRIGGER erased_case_change BEFORE UPDATE ON erased_case BEGIN SELECT RAISE(ABORT, 'what was erased stays on record'); END;
CREATE TRIGGER erased_case_delete BEFORE DELETE ON erased_case BEGIN SELECT RAISE(ABORT, 'what was erased stays on record'); END;
CREATE TABLE erased_name (
    name TEXT PRIMARY KEY,
    characters INTEGER NOT NULL,
    erasure_id INTEGER NOT NULL REFERENCES erasure (id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER erased_name_change BEFORE UPDATE ON erased_name BEGIN SELECT RAISE(ABORT, 'what was erased stays on record'); END;
CREATE TRIGGER erased_name_delete BEFORE DELETE ON erased_name BEGIN SELECT RAISE(ABORT, 'what was erased stays on record'); END;

CREATE VIEW erasures AS
SELECT e.at, e.what, e.subject, e.source, e.by, e.why, e.texts, e.letters,
       (SELECT count(*) FROM erased_case AS c WHERE c.erasure_id = e.id) AS cases
FROM erasure AS e ORDER BY e.id;
CREATE INDEX erased_by ON erased_case (erasure_id);
CREATE INDEX case_ended ON "case" (ended_on) WHERE ended_on IS NOT NULL;
CREATE INDEX letter_worded ON letter (written_at) WHERE html <> '';

-- History stays append-only, but that a mark may take the place of a text while an erasure goes on. A mark begins with U+3014.
DROP TRIGGER trace_update;
CREATE TRIGGER trace_update BEFORE UPDATE ON trace WHEN
    (NEW.case_id, NEW.read, NEW.row, NEW.part, NEW.revision, NEW.kind, NEW.stage, NEW.occurred_at, NEW.recorded_at, NEW.amount,
     NEW.round_id, NEW.outcome, NEW.unit, NEW.asked_at, NEW.serial, NEW.due_at, NEW.resumes_any, NEW.place)
    IS NOT (OLD.case_id, OLD.read, OLD.row, OLD.part, OLD.revision, OLD.kind, OLD.stage, OLD.occurred_at, OLD.recorded_at, OLD.amount,
     OLD.round_id, OLD.outcome, OLD.unit, OLD.asked_at, OLD.serial, OLD.due_at, OLD.resumes_any, OLD.place)
    OR NOT EXISTS (SELECT 1 FROM erasure WHERE done_at IS NULL)
    OR NOT (NEW.by IS OLD.by OR coalesce(OLD.by <> '' AND NEW.by GLOB char(12308) || '* erased *', 0))
    OR NOT (NEW.note IS OLD.note OR coalesce(OLD.note <> '' AND NEW.note GLOB char(12308) || '* erased *', 0))
    BEGIN SELECT RAISE(ABORT, 'traces are append-only'); END;
DROP TRIGGER case_change_update;
CREATE TRIGGER case_change_update BEFORE UPDATE ON case_change WHEN
    (NEW.id, NEW.case_id, NEW.round_id, NEW.item, NEW.unit, NEW.dates, NEW.earlier)
    IS NOT (OLD.id, OLD.case_id, OLD.round_id, OLD.item, OLD.unit, OLD.dates, OLD.earlier)
    OR NOT EXISTS (SELECT 1 FROM erasure WHERE done_at IS NULL)
    OR NOT (NEW.display IS OLD.display OR coalesce(OLD.display <> '' AND NEW.display GLOB char(12308) || '* erased *', 0))
    BEGIN SELECT RAISE(ABORT, 'case changes are append-only'); END;
DROP TRIGGER finding_event_update;
CREATE TRIGGER finding_event_update BEFORE UPDATE ON finding_event WHEN
    (NEW.id, NEW.finding_id, NEW.round_id, NEW.at, NEW.event, NEW.card, NEW.policy, NEW.by, NEW.unit)
    IS NOT (OLD.id, OLD.finding_id, OLD.round_id, OLD.at, OLD.event, OLD.card, OLD.policy, OLD.by, OLD.unit)
    OR NOT EXISTS (SELECT 1 FROM erasure WHERE done_at IS NULL)
    OR NOT (NEW.why IS OLD.why OR instr(NEW.why, char(12308)) > 0)
    OR NOT (NEW.why_en IS OLD.why_en OR instr(NEW.why_en, char(12308)) > 0)
    OR NOT (NEW.why_data IS OLD.why_data OR coalesce(OLD.why_data <> '' AND instr(NEW.why_data, char(12308)) > 0, 0))
    BEGIN SELECT RAISE(ABORT, 'findings'' events are append-only'); END;
DROP TRIGGER deadline_change_update;
CREATE TRIGGER deadline_change_update BEFORE UPDATE ON deadline_change WHEN
    (NEW.id, NEW.case_id, NEW.clock, NEW.round_id, NEW.due_before, NEW.due_after, NEW.policy)
    IS NOT (OLD.id, OLD.case_id, OLD.clock, OLD.round_id, OLD.due_before, OLD.due_after, OLD.policy)
    OR NOT EXISTS (SELECT 1 FROM erasure WHERE done_at IS NULL)
    OR NOT (NEW.why IS OLD.why OR instr(NEW.why, char(12308)) > 0)
    OR NOT (NEW.why_en IS OLD.why_en OR instr(NEW.why_en, char(12308)) > 0)
    OR NOT (NEW.why_data IS OLD.why_data OR coalesce(OLD.why_data <> '' AND instr(NEW.why_data, char(12308)) > 0, 0))
    BEGIN SELECT RAISE(ABORT, 'moves of deadlines are append-only'); END;
-- Of a letter its subject and words; only what nobody waits for any more loses its words altogether.
DROP TRIGGER letter_words;
CREATE TRIGGER letter_words BEFORE UPDATE OF message_id, to_address, subject, text, html, written_at, thread ON letter WHEN
    (NEW.message_id, NEW.to_address, NEW.written_at, NEW.thread) IS NOT (OLD.message_id, OLD.to_address, OLD.written_at, OLD.thread)
    OR NOT EXISTS (SELECT 1 FROM erasure WHERE done_at IS NULL)
    OR NOT (NEW.subject IS OLD.subject OR instr(NEW.subject, char(12308)) > 0)
    OR NOT (NEW.text IS OLD.text OR instr(NEW.text, char(12308)) > 0)
    OR NOT (NEW.html IS OLD.html OR instr(NEW.html, char(12308)) > 0
        OR (NEW.html = '' AND (OLD.state <> 'queued' OR OLD.superseded_at IS NOT NULL)))
    BEGIN SELECT RAISE(ABORT, 'a queued letter never changes'); END;
