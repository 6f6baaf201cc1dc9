-- The card's life at the keyboard: who did what, and what follows from it. What jianchad does itself names nobody.
ALTER TABLE finding_event ADD COLUMN by TEXT;

-- issued: it has been a card, and did not only wait for a supervisor. settled: a person withdrew it, so it does not come back
-- by itself. told_at: when a letter first told of the card as it is now; reminders and answers count from there.
ALTER TABLE finding ADD COLUMN issued INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN told_at TEXT;
ALTER TABLE finding ADD COLUMN reminders INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN reminded_at TEXT;
ALTER TABLE finding ADD COLUMN raised_up_at TEXT;
ALTER TABLE finding ADD COLUMN answer_due TEXT;
ALTER TABLE finding ADD COLUMN answered_at TEXT;
ALTER TABLE finding ADD COLUMN appealed_at TEXT;
ALTER TABLE finding ADD COLUMN order_due TEXT;
ALTER TABLE finding ADD COLUMN order_kept INTEGER;
UPDATE finding SET issued = 1 WHERE standing = 'open'
    OR id IN (SELECT e.finding_id FROM finding_event AS e JOIN letter_event AS l ON l.event_id = e.id);
CREATE TRIGGER finding_issued_at_once AFTER INSERT ON finding WHEN NEW.standing = 'open'
    BEGIN UPDATE finding SET issued = 1 WHERE id = NEW.id; END;
CREATE TRIGGER finding_issued_later AFTER UPDATE OF standing ON finding WHEN NEW.standing = 'open' AND NEW.issued = 0
    BEGIN UPDATE finding SET issued = 1 WHERE id = NEW.id; END;
CREATE INDEX finding_unanswered ON finding (told_at) WHERE told_at IS NOT NULL AND answered_at IS NULL AND reminders < 3;
CREATE INDEX finding_raised_up ON finding (id) WHERE raised_up_at IS NOT NULL AND answered_at IS NULL;
CREATE INDEX finding_ordered ON finding (order_due) WHERE order_due IS NOT NULL AND order_kept IS NULL;

DROP VIEW open_findings;
DROP VIEW findings;
CREATE VIEW findings AS
SELECT f.id AS finding, f.card, f.standing, f.rule, f.clock, f.subject AS case_number, u.name AS unit_name,
       i.name AS item_name, d.due_at, d.state AS clock_state,
       (SELECT e.at FROM finding_event AS e WHERE e.finding_id = f.id ORDER BY e.id LIMIT 1) AS raised_at,
       (SELECT e.at FROM finding_event AS e WHERE e.finding_id = f.id ORDER BY e.id DESC LIMIT 1) AS changed_at,
       (SELECT e.why FROM finding_event AS e WHERE e.finding_id = f.id AND e.by IS NULL
           AND e.event NOT IN ('reminded', 'unanswered') ORDER BY e.id DESC LIMIT 1) AS why,
       (SELECT e.why_en FROM finding_event AS e WHERE e.finding_id = f.id AND e.by IS NULL
           AND e.event NOT IN ('reminded', 'unanswered') ORDER BY e.id DESC LIMIT 1) AS why_en,
       (SELECT e.policy FROM finding_event AS e WHERE e.finding_id = f.id ORDER BY e.id DESC LIMIT 1) AS policy,
       f.unit AS unit_code, f.item AS item_code, f.issued, f.told_at, f.answer_due, f.answered_at, f.appealed_at, f.order_due,
       f.order_kept
FROM finding AS f
LEFT JOIN deadline AS d ON d.case_id = f.case_id AND d.clock = f.clock
LEFT JOIN unit AS u ON u.code = f.unit
LEFT JOIN item AS i ON i.code = f.item;
CREATE VIEW open_findings AS
SELECT * FROM findings
WHERE standing IN ('open', 'pending')
ORDER BY CASE card WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END, due_at, finding;

DROP VIEW finding_history;
CREATE VIEW finding_history AS
SELECT f.id AS finding, f.subject AS case_number, f.rule, f.clock, e.at, e.event, e.card, e.why, e.why_en, e.policy, e.by
FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id
ORDER BY e.id;

-- Cards by unit in the official order. A case counts once, under its highest card; withdrawn cards apart. What waits for a
-- supervisor, and what never was more, is no card.
DROP VIEW unit_ranking;
CREATE VIEW unit_ranking AS
WITH highest AS (
    SELECT unit, case_id,
           MAX(CASE WHEN standing NOT IN ('revoked', 'pending') AND issued
                    THEN CASE card WHEN 'red' THEN 3 WHEN 'yellow' THEN 2 ELSE 1 END END) AS card,
           MAX(standing = 'open') AS open,
           MAX(standing = 'revoked' AND issued) AS revoked,
           MAX(standing = 'pending') AS pending
    FROM finding WHERE case_id IS NOT NULL AND rule <> 'data-fault' GROUP BY unit, case_id
)
SELECT u.code AS unit_code, u.name AS unit_name,
       COUNT(CASE WHEN h.card = 3 THEN 1 END) AS red,
       COUNT(CASE WHEN h.card = 2 THEN 1 END) AS yellow,
       COUNT(CASE WHEN h.card = 1 THEN 1 END) AS notice,
       COUNT(CASE WHEN h.open AND h.card IS NOT NULL THEN 1 END) AS open,
       COUNT(CASE WHEN h.revoked THEN 1 END) AS revoked,
       COUNT(CASE WHEN h.pending THEN 1 END) AS pending
FROM unit AS u LEFT JOIN highest AS h ON h.unit = u.code
GROUP BY u.code ORDER BY u.place;

-- Silences: who wanted not to be told of what, why, and until which day; and the events that were not told for one.
CREATE TABLE silence (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    why TEXT NOT NULL,
    until TEXT NOT NULL,
    unit TEXT,
    item TEXT,
    rule TEXT,
    subject TEXT,
    ended_at TEXT,
    ended_by TEXT,
    told INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TRIGGER silence_delete BEFORE DELETE ON silence BEGIN SELECT RAISE(ABORT, 'silences are never deleted'); END;
CREATE TABLE silence_event (
    silence_id INTEGER NOT NULL REFERENCES silence (id),
    event_id INTEGER NOT NULL REFERENCES finding_event (id),
    PRIMARY KEY (silence_id, event_id)
) STRICT, WITHOUT ROWID;
CREATE VIEW silences AS
SELECT s.id AS silence, s.at, s.by, s.why, s.until, u.name AS unit_name, i.name AS item_name, s.rule, s.subject AS case_number,
       s.ended_at, s.ended_by, (SELECT count(*) FROM silence_event AS e WHERE e.silence_id = s.id) AS hidden
FROM silence AS s
LEFT JOIN unit AS u ON u.code = s.unit
LEFT JOIN item AS i ON i.code = s.item;

-- A letter that something newer took the place of is not sent. thread: the Message-ID that it belongs under.
DROP VIEW letters;
DROP TRIGGER letter_delete;
DROP TRIGGER letter_words;
ALTER TABLE letter ADD COLUMN thread TEXT;
ALTER TABLE letter ADD COLUMN superseded_at TEXT;
ALTER TABLE letter ADD COLUMN sent_at TEXT;
-- Since when it may have arrived: set before it is handed over, taken back when it surely was not taken.
ALTER TABLE letter ADD COLUMN handed_at TEXT;
ALTER TABLE letter_attachment ADD COLUMN shown_as TEXT;
CREATE TRIGGER letter_delete BEFORE DELETE ON letter BEGIN SELECT RAISE(ABORT, 'letters are never deleted'); END;
CREATE TRIGGER letter_words BEFORE UPDATE OF message_id, to_address, subject, text, html, written_at, thread ON letter
    BEGIN SELECT RAISE(ABORT, 'a queued letter never changes'); END;
CREATE INDEX letter_sent ON letter (sent_at, to_address) WHERE sent_at IS NOT NULL AND kind = 'alert';
DROP INDEX letter_queued;
CREATE INDEX letter_queued ON letter (urgency, id) WHERE state = 'queued' AND superseded_at IS NULL;
CREATE VIEW letters AS
SELECT l.id AS letter, l.kind, iif(l.state = 'queued' AND l.superseded_at IS NOT NULL, 'superseded', l.state) AS state, l.to_name, l.to_address, l.subject,
       l.written_at, l.attempts, l.next_try_at,
       (SELECT a.outcome || ': ' || a.detail FROM letter_attempt AS a WHERE a.letter_id = l.id ORDER BY a.id DESC LIMIT 1)
           AS last_outcome,
       (SELECT a.at FROM letter_attempt AS a WHERE a.letter_id = l.id ORDER BY a.id DESC LIMIT 1) AS last_try_at,
       l.message_id, l.text, l.thread
FROM letter AS l;

-- Addresses that a server refused for good, and since when nothing is sent there.
CREATE TABLE address (
    address TEXT PRIMARY KEY,
    refused INTEGER NOT NULL,
    why TEXT NOT NULL,
    suspended_at TEXT
) STRICT, WITHOUT ROWID;

-- How and on which day a case ended, and the sums of that by item: what a bulletin says of any past month.
ALTER TABLE "case" ADD COLUMN ended_on TEXT;
ALTER TABLE "case" ADD COLUMN ended_as TEXT;
CREATE TABLE item_end (
    item TEXT NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    cases INTEGER NOT NULL,
    PRIMARY KEY (item, day, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_event_of ON letter_event (event_id);
CREATE INDEX finding_event_at ON finding_event (at);
