-- Cases began and ended with the unit that had them, which need not be that of their item. Empty: it is. The sums are counted
-- anew from the cases, as they were counted first.
DROP TABLE item_day;
CREATE TABLE item_day (
    item TEXT NOT NULL,
    unit TEXT NOT NULL,
    day TEXT NOT NULL,
    cases INTEGER NOT NULL,
    PRIMARY KEY (item, unit, day)
) STRICT, WITHOUT ROWID;
INSERT INTO item_day
SELECT item, unit, day, count(*) FROM (
    SELECT item, coalesce(unit, '') AS unit, first_on AS day FROM "case" WHERE first_on IS NOT NULL
    UNION ALL
    SELECT c.item, coalesce(c.unit, ''), r.begun_on FROM later_run AS r JOIN "case" AS c ON c.id = r.case_id)
WHERE item IS NOT NULL GROUP BY item, unit, day;

DROP TABLE item_end;
CREATE TABLE item_end (
    item TEXT NOT NULL,
    unit TEXT NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    cases INTEGER NOT NULL,
    PRIMARY KEY (item, unit, day, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO item_end
SELECT item, unit, day, kind, count(*) FROM (
    SELECT item, coalesce(unit, '') AS unit, ended_on AS day, ended_as AS kind FROM "case" WHERE ended_on IS NOT NULL
    UNION ALL
    SELECT c.item, coalesce(c.unit, ''), r.ended_on, r.ended_as FROM later_run AS r JOIN "case" AS c ON c.id = r.case_id
    WHERE r.ended_on IS NOT NULL)
WHERE item IS NOT NULL GROUP BY item, unit, day, kind;
