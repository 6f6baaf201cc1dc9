-- The first ledger (监察台账). A released schema file is never edited: changes go into the next number.
-- Instants are ISO 8601 text with offset; civil days YYYY-MM-DD. A time recorded without an hour is a bare day.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a round. Facts and events point here: its start is when jianchad first saw them.
CREATE TABLE round (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    policy TEXT NOT NULL,
    rows_read INTEGER NOT NULL DEFAULT 0,
    rows_rejected INTEGER NOT NULL DEFAULT 0,
    cases_judged INTEGER NOT NULL DEFAULT 0,
    raised INTEGER NOT NULL DEFAULT 0,
    escalated INTEGER NOT NULL DEFAULT 0,
    resolved INTEGER NOT NULL DEFAULT 0,
    revoked INTEGER NOT NULL DEFAULT 0,
    letters INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('ok', 'dark', 'incomplete')),
    message TEXT,
    last_read_at TEXT,
    dark_since TEXT,
    newest_at TEXT,
    rows_read INTEGER NOT NULL DEFAULT 0
) STRICT;

-- How far each read of a source has come, and the mapping it was read by: another mapping reads anew.
CREATE TABLE mapping (
    source_id INTEGER PRIMARY KEY REFERENCES source (id),
    digest TEXT NOT NULL
) STRICT;
CREATE TABLE cursor (
    source_id INTEGER NOT NULL REFERENCES source (id),
    read INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (source_id, read)
) STRICT, WITHOUT ROWID;

-- The registry as last loaded, for the views.
CREATE TABLE region (code TEXT PRIMARY KEY, name TEXT NOT NULL, level TEXT NOT NULL, parent TEXT,
    service_centre INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE unit (code TEXT PRIMARY KEY, name TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL,
    place INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE item (code TEXT PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL, category TEXT NOT NULL,
    case_type TEXT NOT NULL, promised TEXT, statutory TEXT, basis TEXT, channel TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- A case and where it stands. `item` is NULL until a source says what the case is about.
CREATE TABLE "case" (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    number TEXT NOT NULL,
    item TEXT,
    unit TEXT,
    dates TEXT CHECK (dates IS NULL OR json_valid(dates)),
    display TEXT,
    first_round INTEGER NOT NULL,
    unjudged INTEGER NOT NULL DEFAULT 1,
    state TEXT,
    next_change_at TEXT,
    UNIQUE (source_id, number)
) STRICT;
CREATE INDEX case_unjudged ON "case" (id) WHERE unjudged = 1;
CREATE INDEX case_due ON "case" (next_change_at) WHERE next_change_at IS NOT NULL;

-- What a source said of a case before it said otherwise.
CREATE TABLE case_change (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES "case" (id),
    round_id INTEGER NOT NULL,
    item TEXT,
    unit TEXT,
    dates TEXT,
    display TEXT
) STRICT;

-- Traces (办理痕迹). A changed row adds a revision of its slot (read, row, part); the highest revision is what
-- the source says now, the others are what it said before. An emptied slot is a revision without a kind.
CREATE TABLE trace (
    case_id INTEGER NOT NULL,
    read INTEGER NOT NULL,
    row TEXT NOT NULL,
    part INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    kind TEXT,
    stage TEXT,
    occurred_at TEXT,
    recorded_at TEXT,
    by TEXT,
    note TEXT,
    amount TEXT,
    round_id INTEGER NOT NULL,
    PRIMARY KEY (case_id, read, row, part, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine_row (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    read INTEGER NOT NULL,
    row TEXT NOT NULL,
    case_number TEXT,
    column_name TEXT,
    reason TEXT NOT NULL,
    first_round INTEGER NOT NULL,
    last_round INTEGER NOT NULL,
    cleared_round INTEGER
) STRICT;
CREATE UNIQUE INDEX quarantine_open ON quarantine_row (source_id, read, row) WHERE cleared_round IS NULL;
CREATE INDEX quarantine_case ON quarantine_row (source_id, case_number) WHERE cleared_round IS NULL;

-- Each clock of each case as last judged.
CREATE TABLE deadline (
    case_id INTEGER NOT NULL,
    clock TEXT NOT NULL,
    state TEXT NOT NULL,
    time_limit TEXT NOT NULL,
    started_at TEXT,
    stopped_at TEXT,
    due_at TEXT,
    provisional INTEGER NOT NULL DEFAULT 0,
    paused_since TEXT,
    extended INTEGER NOT NULL DEFAULT 0,
    round_id INTEGER NOT NULL,
    PRIMARY KEY (case_id, clock)
) STRICT, WITHOUT ROWID;

-- A finding (监察发现) and where it stands; its history is in finding_event.
CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    case_id INTEGER REFERENCES "case" (id),
    subject TEXT NOT NULL,
    rule TEXT NOT NULL,
    clock TEXT NOT NULL DEFAULT '',
    unit TEXT,
    item TEXT,
    standing TEXT NOT NULL CHECK (standing IN ('open', 'pending', 'resolved', 'revoked')),
    card TEXT NOT NULL CHECK (card IN ('notice', 'yellow', 'red')),
    passed INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX finding_case ON finding (case_id, rule, clock) WHERE case_id IS NOT NULL;
CREATE UNIQUE INDEX finding_subject ON finding (subject, rule) WHERE case_id IS NULL;
CREATE INDEX finding_open ON finding (card) WHERE standing IN ('open', 'pending');

CREATE TABLE finding_event (
    id INTEGER PRIMARY KEY,
    finding_id INTEGER NOT NULL REFERENCES finding (id),
    round_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    event TEXT NOT NULL,
    card TEXT NOT NULL,
    why TEXT NOT NULL,
    why_en TEXT NOT NULL,
    policy TEXT NOT NULL
) STRICT;
CREATE INDEX finding_event_of ON finding_event (finding_id);

CREATE TABLE activity (
    item TEXT PRIMARY KEY,
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row per item: its state since when, and why. The days before are in coverage_day.
CREATE TABLE item_state (
    item TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('active', 'silent', 'unconnected', 'exempt')),
    reason TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- scope is 'all', 'unit', 'region' or 'category'; name is its code, empty for 'all'.
CREATE TABLE coverage_day (
    day TEXT NOT NULL,
    measure TEXT NOT NULL,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    numerator INTEGER NOT NULL,
    denominator INTEGER NOT NULL,
    PRIMARY KEY (day, measure, scope, name)
) STRICT, WITHOUT ROWID;

-- The outbox, and what was sent.
CREATE TABLE letter (
    id INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    urgency INTEGER NOT NULL,
    to_name TEXT NOT NULL,
    to_address TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    written_at TEXT NOT NULL,
    round_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'refused')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT
) STRICT;
CREATE INDEX letter_queued ON letter (urgency, id) WHERE state = 'queued';

CREATE TABLE letter_attachment (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (letter_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE letter_attempt (
    id INTEGER PRIMARY KEY,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX letter_attempt_of ON letter_attempt (letter_id);

-- Which events a letter told.
CREATE TABLE letter_event (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    event_id INTEGER NOT NULL REFERENCES finding_event (id),
    PRIMARY KEY (letter_id, event_id)
) STRICT, WITHOUT ROWID;

-- History is append-only.
CREATE TRIGGER trace_update BEFORE UPDATE ON trace BEGIN SELECT RAISE(ABORT, 'traces are append-only'); END;
CREATE TRIGGER trace_delete BEFORE DELETE ON trace BEGIN SELECT RAISE(ABORT, 'traces are append-only'); END;
CREATE TRIGGER case_change_update BEFORE UPDATE ON case_change BEGIN SELECT RAISE(ABORT, 'case changes are append-only'); END;
CREATE TRIGGER case_change_delete BEFORE DELETE ON case_change BEGIN SELECT RAISE(ABORT, 'case changes are append-only'); END;
CREATE TRIGGER finding_event_update BEFORE UPDATE ON finding_event BEGIN SELECT RAISE(ABORT, 'findings'' events are append-only'); END;
CREATE TRIGGER finding_event_delete BEFORE DELETE ON finding_event BEGIN SELECT RAISE(ABORT, 'findings'' events are append-only'); END;
CREATE TRIGGER finding_delete BEFORE DELETE ON finding BEGIN SELECT RAISE(ABORT, 'findings are never deleted'); END;
CREATE TRIGGER case_delete BEFORE DELETE ON "case" BEGIN SELECT RAISE(ABORT, 'cases are never deleted'); END;
CREATE TRIGGER quarantine_delete BEFORE DELETE ON quarantine_row BEGIN SELECT RAISE(ABORT, 'quarantine is never deleted'); END;
CREATE TRIGGER letter_delete BEFORE DELETE ON letter BEGIN SELECT RAISE(ABORT, 'letters are never deleted'); END;
CREATE TRIGGER letter_words BEFORE UPDATE OF message_id, to_address, subject, text, html, written_at ON letter
    BEGIN SELECT RAISE(ABORT, 'a queued letter never changes'); END;
CREATE TRIGGER letter_attempt_update BEFORE UPDATE ON letter_attempt BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER letter_attempt_delete BEFORE DELETE ON letter_attempt BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER letter_event_update BEFORE UPDATE ON letter_event BEGIN SELECT RAISE(ABORT, 'what a letter told is append-only'); END;
CREATE TRIGGER letter_event_delete BEFORE DELETE ON letter_event BEGIN SELECT RAISE(ABORT, 'what a letter told is append-only'); END;
