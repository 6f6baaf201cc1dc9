-- What people entered at the keyboard, with the login by which they did it: `by` is what was typed, `login` what the system says.
CREATE TABLE deed (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    login TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    by TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE TRIGGER deed_change BEFORE UPDATE ON deed BEGIN SELECT RAISE(ABORT, 'what was entered at the keyboard stays'); END;
CREATE TRIGGER deed_delete BEFORE DELETE ON deed BEGIN SELECT RAISE(ABORT, 'what was entered at the keyboard stays'); END;

CREATE VIEW deeds AS SELECT at, login, what, subject, by, why FROM deed ORDER BY id;
