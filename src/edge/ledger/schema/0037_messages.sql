-- What is said of a source as data, beside its English words: key and values of a message (JSON), so that it can be said in every
-- language.
ALTER TABLE source ADD COLUMN message_data TEXT;
