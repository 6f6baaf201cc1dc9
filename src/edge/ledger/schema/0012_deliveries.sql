-- How far a source that delivers in batches was complete, delivery by delivery.
CREATE TABLE delivery (
    source_id INTEGER NOT NULL REFERENCES source (id),
    round_id INTEGER NOT NULL REFERENCES round (id),
    at TEXT NOT NULL,
    PRIMARY KEY (source_id, round_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER delivery_update BEFORE UPDATE ON delivery BEGIN SELECT RAISE(ABORT, 'deliveries are append-only'); END;
CREATE TRIGGER delivery_delete BEFORE DELETE ON delivery BEGIN SELECT RAISE(ABORT, 'deliveries are append-only'); END;
