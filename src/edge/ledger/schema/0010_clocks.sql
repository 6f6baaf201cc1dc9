-- On how many cases each clock ran, day by day, as last counted on that day.
CREATE TABLE clock_day (
    day TEXT NOT NULL,
    clock TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    cases INTEGER NOT NULL,
    round_id INTEGER NOT NULL,
    PRIMARY KEY (day, clock)
) STRICT, WITHOUT ROWID;

CREATE VIEW clocks AS
SELECT day, clock, name, name_en, cases FROM clock_day;
