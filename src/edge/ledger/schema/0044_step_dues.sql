-- By when other steps should be done by the word of an event, as JSON: the day or moment of each, by stage or kind. Empty: it names none.
ALTER TABLE trace ADD COLUMN step_dues TEXT;

-- History stays append-only in it too.
DROP TRIGGER trace_update;
CREATE TRIGGER trace_update BEFORE UPDATE ON trace WHEN
    (NEW.case_id, NEW.read, NEW.row, NEW.part, NEW.revision, NEW.kind, NEW.stage, NEW.occurred_at, NEW.recorded_at, NEW.amount,
     NEW.round_id, NEW.outcome, NEW.unit, NEW.asked_at, NEW.serial, NEW.due_at, NEW.resumes_any, NEW.place, NEW.step_dues)
    IS NOT (OLD.case_id, OLD.read, OLD.row, OLD.part, OLD.revision, OLD.kind, OLD.stage, OLD.occurred_at, OLD.recorded_at, OLD.amount,
     OLD.round_id, OLD.outcome, OLD.unit, OLD.asked_at, OLD.serial, OLD.due_at, OLD.resumes_any, OLD.place, OLD.step_dues)
    OR NOT EXISTS (SELECT 1 FROM erasure WHERE done_at IS NULL)
    OR NOT (NEW.by IS OLD.by OR coalesce(OLD.by <> '' AND NEW.by GLOB char(12308) || '* erased *', 0))
    OR NOT (NEW.note IS OLD.note OR coalesce(OLD.note <> '' AND NEW.note GLOB char(12308) || '* erased *', 0))
    BEGIN SELECT RAISE(ABORT, 'traces are append-only'); END;
