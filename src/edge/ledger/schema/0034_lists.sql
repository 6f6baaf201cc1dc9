-- What a list that goes with a letter says as text: it stands in the letter itself where a server takes no files of its size.
ALTER TABLE letter_attachment ADD COLUMN as_text TEXT;
-- The lists of before were text themselves.
UPDATE letter_attachment SET as_text = CAST(content AS TEXT) WHERE media_type LIKE 'text/%' AND shown_as IS NULL;
