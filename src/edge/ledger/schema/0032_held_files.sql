-- Since when a file that cannot be read holds up cases, by the one that did so first; NULL: it holds up none (any more).
ALTER TABLE source_file ADD COLUMN held_since TEXT;
-- 1: it was never read whole, and may tell of any case of its source.
ALTER TABLE source_file ADD COLUMN holds_any INTEGER NOT NULL DEFAULT 0;
UPDATE source_file SET held_since = (SELECT coalesce(dark_since, last_read_at) FROM source WHERE id = source_id) WHERE unread;
