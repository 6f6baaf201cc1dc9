-- Items that the catalogue does not offer on a day, and those whose season it is not, have states of their own.
DROP VIEW coverage_missing;
ALTER TABLE item_state RENAME TO item_state_before;
CREATE TABLE item_state (
    item TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('active', 'silent', 'unconnected', 'exempt', 'unknown', 'out_of_season', 'out_of_force')),
    reason TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO item_state SELECT item, state, reason, since FROM item_state_before;
DROP TABLE item_state_before;
CREATE VIEW coverage_missing AS
SELECT i.code AS item_code, i.name AS item_name, u.name AS unit_name, s.state, s.reason, s.since,
       a.last_on AS last_trace_on, i.channel, i.case_type
FROM item_state AS s
JOIN item AS i ON i.code = s.item
LEFT JOIN unit AS u ON u.code = i.unit
LEFT JOIN activity AS a ON a.item = i.code
WHERE s.state <> 'active'
ORDER BY u.place, i.code;
