-- 1: while the case is not as it was read its source is doubted, whatever else is. 0: its rows were merely missing.
ALTER TABLE suspicion_case ADD COLUMN stands INTEGER NOT NULL DEFAULT 0;
