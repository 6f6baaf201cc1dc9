-- Objections wait for a supervisor as contested cards do.
CREATE INDEX finding_appealed ON finding (id) WHERE appealed_at IS NOT NULL;

-- The unit that a finding was held against at the event: a card may be withdrawn from one and given to another.
ALTER TABLE finding_event ADD COLUMN unit TEXT;
