-- What stopped a clock, and what a due moment is made of besides start and limit: a letter names it, so that it can be counted
-- along. Filled in when a case is judged; `parts` is empty where there is neither a pause nor an extension.
ALTER TABLE deadline ADD COLUMN stopped_by TEXT;
ALTER TABLE deadline ADD COLUMN parts TEXT;
