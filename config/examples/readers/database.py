#!/usr/bin/python3
"""Reads a database for jianchad: Oracle (python-oracledb, thin), 达梦 (dmPython) or an SQLite file.

    [source.approval]
    kind = "program"
    command = ["/usr/lib/jianchad/readers/database.py", "oracle", "--dsn", "10.1.2.6:1521/HALL", "--user", "JIANCHAD"]
    credentials = { password = "credential:approval-db" }
    [[source.approval.read]]
    table = "UP_PRO_ACCEPT"
    ...

jianchad says on standard input, in one line of JSON, which reads it wants, with which columns, and from which mark on; this program
answers on standard output with a line for each row, and with the number of rows of each read behind them. Without that number the
reading is broken, so that a program that dies half-way never looks like an empty table. docs/operations.md has the whole protocol.

Everything is read in one transaction that only reads, so that all reads are of one moment. Oracle: 12.1 and later in thin mode; 11g
needs the Instant Client (--client FOLDER). Tried with SQLite and with a stand-in for the drivers; neither a real Oracle nor a real
DM8 was at hand.
"""

import argparse
import datetime
import decimal
import json
import re
import sys

ROWS = 1000


class Sqlite:
    """An SQLite file, opened so that it cannot be written."""

    mark = "?"

    def __init__(self, given, password):
        import sqlite3
        from urllib.parse import quote

        self.times = ()
        self.connection = sqlite3.connect(f"file:{quote(given.dsn)}?mode=ro", uri=True, isolation_level=None)
        self.connection.execute("begin")


class Oracle:
    """An Oracle database; everything is read as of the beginning of one transaction."""

    mark = ":1"

    def __init__(self, given, password):
        import oracledb

        if given.client:
            oracledb.init_oracle_client(lib_dir=given.client)
        # Numbers with every digit, texts of any length as texts.
        oracledb.defaults.fetch_decimals = True
        oracledb.defaults.fetch_lobs = False
        self.times = (oracledb.DATETIME,)
        self.connection = oracledb.connect(user=given.user, password=password, dsn=given.dsn)
        self.connection.cursor().execute("set transaction read only")


class Dm:
    """A DM8 database."""

    mark = "?"

    def __init__(self, given, password):
        import dmPython

        host, _, port = given.dsn.partition(":")
        names = ("DATETIME", "TIMESTAMP", "DATE")
        self.times = tuple(getattr(dmPython, name) for name in names if hasattr(dmPython, name))
        self.connection = dmPython.connect(
            user=given.user, password=password, server=host, port=int(port or 5236), autoCommit=False
        )
        self.connection.cursor().execute("set transaction isolation level serializable")


ENGINES = {"sqlite": Sqlite, "oracle": Oracle, "dm": Dm}


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def behind(read):
    """What stands behind `from`: a table, be it with its schema, or a query in brackets."""
    if "query" in read:
        return "(" + read["query"].strip().rstrip(";") + "\n) READ_"
    return read["table"]


def found(engine, read):
    """The columns as the database calls them, by the names that were asked for, and what each holds."""
    cursor = engine.connection.cursor()
    cursor.execute(f"select * from {behind(read)} where 1 = 0")
    there = {column[0]: column[1] for column in cursor.description}
    columns = {}
    for name in read["columns"]:
        same = [name] if name in there else [other for other in there if other.lower() == name.lower()]
        if not same:
            sys.exit(f"{read['name']}: there is no column {name}; there are {', '.join(there)}")
        columns[name] = (same[0], there[same[0]])
    return columns


def statement(engine, read, columns):
    """The rows that are asked for, and what the mark is compared with."""
    names = ", ".join(quoted(own) for own, _ in columns.values())
    sql = f"select {names} from {behind(read)}"
    if "since" not in read:
        return sql, []
    own, kind = columns[read["watermark"]]
    since = read["since"]
    if isinstance(since, str) and any(kind == time for time in engine.times):
        since = datetime.datetime.fromisoformat(since)
    # A row without a mark is never behind it.
    return f"{sql} where {quoted(own)} >= {engine.mark} or {quoted(own)} is null", [since]


def cell(value):
    """A value as JSON has it: whole numbers with every digit, times as they are written, bytes as nothing that is text."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else format(value, "f")
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).hex()
    return str(value)


def tell(line):
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


def read_rows(engine, read):
    columns = found(engine, read)
    sql, marks = statement(engine, read, columns)
    cursor = engine.connection.cursor()
    cursor.arraysize = ROWS
    cursor.execute(sql, marks)
    tell({"read": read["name"]})
    rows = 0
    while page := cursor.fetchmany(ROWS):
        for row in page:
            tell(dict(zip(columns, map(cell, row))))
        rows += len(page)
    tell({"rows": rows})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("--dsn", required=True, help="host:port/service; host:port; or an SQLite file")
    parser.add_argument("--user", help="who logs in")
    parser.add_argument("--client", help="folder of Oracle's Instant Client, for 11g")
    given = parser.parse_args()
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    asked = json.loads(sys.stdin.readline())
    try:
        engine = ENGINES[given.engine](given, asked["credentials"].get("password"))
        for read in asked["reads"]:
            read_rows(engine, read)
        sys.stdout.flush()
    except Exception as error:
        # Said alike each time, so that it is news once: Oracle's driver numbers its tries.
        sys.exit(re.sub(r" *\(CONNECTION_ID=[^)]*\)", "", f"{type(error).__name__}: {error}"))


main()
