-- In which capacities (role, unit, region) an address was told: whoever stands in them later is told of a withdrawal where the
-- address is gone from the contacts. NULL: of a letter from before, nobody knows.
ALTER TABLE letter ADD COLUMN capacities TEXT CHECK (capacities IS NULL OR json_valid(capacities));
