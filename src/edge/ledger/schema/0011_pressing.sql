-- A card goes one level up after the day by which to answer, though it was reminded of three times before.
DROP INDEX finding_unanswered;
CREATE INDEX finding_unanswered ON finding (told_at)
    WHERE told_at IS NOT NULL AND answered_at IS NULL AND (reminders < 3 OR raised_up_at IS NULL);
