//! What an administrator is told of a login before the first round, and of servers that are none or in a hurry.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::sync::mpsc::channel;

use jianchad::testing::domain::record::server::ServerTls;
use jianchad::testing::domain::text::Language;
use jianchad::testing::edge::source;

use crate::bench::moment;
use crate::db_server::{on, rows, spec_on, why};
use crate::halls::{CASES, Hall, NOW, TABLES, Told};
use crate::postgres::{checked, peer};

/// Finding M4: every way by which a login may write is said, and `check-config` ends otherwise than where all is well.
#[test]
fn every_way_to_write_is_said() {
    let Some(hall) = Hall::postgres("timestamp") else { return };
    hall.run(TABLES);
    hall.spec(CASES);
    let reader = hall.database.as_ref().unwrap().reader();
    let role = format!("{reader}_writer");
    hall.run(&format!("create role {role}; create function touch() returns void language sql security definer as 'update cases set closed = null'; \
        create function on_change() returns trigger language plpgsql security definer as 'begin return new; end'; revoke execute on function touch() from public"));
    let says = || {
        let (code, text) = checked(&hall);
        let warned = text.contains("\n  ! ");
        assert_eq!(code, Some(i32::from(warned)), "{text}");
        text
    };
    assert!(!says().contains("\n  ! "), "{}", says());
    for (grant, words, revoke) in [
        (
            "grant update (closed) on cases to READER",
            "could change \"public\".\"cases\"",
            "revoke update (closed) on cases from READER",
        ),
        (
            "grant delete on cases to WRITER; alter role READER noinherit; grant WRITER to READER",
            "could change \"public\".\"cases\"",
            "revoke WRITER from READER; alter role READER inherit; revoke delete on cases from WRITER",
        ),
        (
            "alter role READER createrole",
            "reading, or can take it: CREATEROLE",
            "alter role READER nocreaterole",
        ),
        (
            "alter role WRITER superuser; grant WRITER to READER",
            "superuser (WRITER)",
            "revoke WRITER from READER; alter role WRITER nosuperuser",
        ),
        (
            "grant pg_execute_server_program to READER",
            "pg_execute_server_program",
            "revoke pg_execute_server_program from READER",
        ),
        (
            "grant pg_write_server_files to READER",
            "pg_write_server_files",
            "revoke pg_write_server_files from READER",
        ),
        (
            "grant execute on function touch() to READER",
            "may run \"public\".\"touch\", which act",
            "revoke execute on function touch() from READER",
        ),
    ] {
        let of = |sql: &str| sql.replace("READER", &reader).replace("WRITER", &role);
        hall.run(&of(grant));
        let text = says();
        assert!(text.contains(&of(words)) && text.contains("something wants attention"), "{grant}: {text}");
        hall.run(&of(revoke));
        assert!(!says().contains("\n  ! "), "{revoke}: {}", says());
    }
    hall.run(&format!("drop role {role}"));
}

/// Finding M5: rows that the server hides from this login, and another table of the same name.
#[test]
fn hidden_rows_and_other_schemas_are_said() {
    let Some(hall) = Hall::postgres("timestamp") else { return };
    hall.run(TABLES);
    hall.spec(CASES);
    let reader = hall.database.as_ref().unwrap().reader();
    let (_, text) = checked(&hall);
    assert!(
        text.contains("· read `cases` reads \"public\".\"cases\"") && !text.contains("row security"),
        "{text}"
    );
    hall.run(&format!("alter table cases enable row level security; create policy visible on cases for select to {reader} using (no <> 'A1')"));
    let (code, text) = checked(&hall);
    assert!(
        text.contains("! read `cases`: row security of \"public\".\"cases\" applies to this login"),
        "{text}"
    );
    assert_eq!(code, Some(1));
    hall.run("alter table cases disable row level security");
    hall.run(&format!(
        "create schema archive; grant usage on schema archive to {reader}; create table archive.cases as select * from cases; \
         grant select on archive.cases to {reader}; alter role {reader} set search_path = public, archive"
    ));
    let (_, text) = checked(&hall);
    assert!(
        text.contains("! read `cases` reads \"public\".\"cases\"; there is also \"archive\".\"cases\""),
        "{text}"
    );
    hall.run("insert into archive.cases select 'B1', item, accepted, closed, changed from cases limit 1");
    assert_eq!(rows(&hall.spec(CASES)), 3, "the first of the search path, and not of the alphabet");
    let there = on(&hall.spec(CASES), |it| it.schema = Some("archive".to_owned()));
    assert_eq!(rows(&there), 4);
}

/// A role that is not taken at login can be taken at any time.
#[test]
fn a_role_of_mysql_that_may_write_is_said() {
    let Some(hall) = Hall::mysql("datetime") else { return };
    hall.run(TABLES);
    hall.spec(CASES);
    let database = hall.mysql.as_ref().unwrap();
    let (name, reader) = (&database.name, database.reader());
    assert_eq!(checked(&hall).0, Some(0));
    hall.run(&format!(
        "create role {reader}_w; grant update on {name}.* to {reader}_w; grant {reader}_w to '{reader}'@'%'"
    ));
    let (code, text) = checked(&hall);
    assert!(
        text.contains("! this login could write: SELECT, UPDATE")
            || text.contains("! this login could write: UPDATE"),
        "{text}"
    );
    assert_eq!(code, Some(1));
    hall.run(&format!("drop role {reader}_w"));
}

/// Finding L9: GBK in columns that say latin1 is read as other letters, and nothing else shows it. ASCII is no matter.
#[test]
fn gbk_without_an_encoding_is_said() {
    let Some(hall) = Hall::mysql("datetime") else { return };
    hall.run(
        "create table cases(no varchar(20) character set latin1 primary key, item varchar(20) character set latin1, accepted datetime, closed datetime, changed datetime);
         create index cases_changed on cases(changed); insert into cases values ('A1', 'i', '2011-11-01', null, '2011-11-01')",
    );
    hall.spec(CASES);
    assert!(!checked(&hall).1.contains("latin1"));
    hall.run("insert into cases values ('A2', convert(unhex('BDA8C9F3') using latin1), '2011-11-01', null, '2011-11-01')");
    let (code, text) = checked(&hall);
    assert!(
        text.contains("! read `cases`: `item` say `latin1`") && text.contains("encoding = \"gb18030\""),
        "{text}"
    );
    assert_eq!(code, Some(1));
    hall.spec_of(&format!("{}encoding = \"gb18030\"\n", hall.lines()), CASES);
    assert!(!checked(&hall).1.contains("latin1"));
    hall.run("alter table cases modify item varbinary(20)");
    let mut told = Told::default();
    let spec = hall.spec_of(&format!("{}encoding = \"gb18030\"\n", hall.lines()), CASES);
    told.read(&mut *source::open(&spec), &moment(NOW));
    assert_eq!(
        (told.items["A2"].as_str(), told.doubts.len()),
        ("建审", 0),
        "text in a column of bytes, where its encoding is said"
    );
    told.read(&mut *hall.source(CASES), &moment(NOW));
    assert_eq!(told.doubts.len(), 2, "nobody says what these bytes are");
}

/// Finding L4: where no time of a read can be read, the configuration does not fit.
#[test]
fn a_read_without_a_readable_time_is_no_good_configuration() {
    let Some(hall) = Hall::postgres("text") else { return };
    hall.run(TABLES);
    hall.spec(CASES);
    assert_eq!(checked(&hall).0, Some(0));
    hall.run("update cases set closed = 'soon', accepted = 'long ago' where no <> 'A1'");
    assert_eq!(checked(&hall).0, Some(0), "one can be read");
    hall.run("update cases set accepted = 'long ago'");
    let (code, text) = checked(&hall);
    assert!(
        code == Some(78) && text.contains("none of the times in `accepted`, `closed` can be read"),
        "{code:?} {text}"
    );
}

fn message(tag: u8, body: &[u8]) -> Vec<u8> {
    [&[tag][..], &u32::try_from(body.len() + 4).unwrap().to_be_bytes(), body].concat()
}

/// Finding M6: a limit that the login brings along is not ours. Ours takes its place; where it strikes before, it is named.
#[test]
fn a_limit_of_the_login_is_not_taken_for_ours() {
    let port = peer(|stream: &mut TcpStream| {
        let let_in = [message(b'R', &[0, 0, 0, 0]), message(b'Z', b"I")].concat();
        assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
        stream.write_all(&let_in).unwrap();
        assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
        stream
            .write_all(&message(b'E', b"SERROR\0C57014\0Mcanceling statement due to statement timeout\0\0"))
            .unwrap();
    });
    let hall = Hall::of(None, "text");
    let text = why(&spec_on(&hall, "postgres", port, ServerTls::Off));
    assert!(
        text.contains("before jianchad's own limit")
            && text.contains("statement_timeout")
            && !text.contains("took longer"),
        "{text}"
    );
    let Some(hall) = Hall::postgres("timestamp") else { return };
    hall.run(TABLES);
    hall.run(&format!(
        "alter role {} set statement_timeout = '1ms'",
        hall.database.as_ref().unwrap().reader()
    ));
    // Where the machine is too busy even for the first words, the reason is the true one.
    let read = Told::default().try_read(&mut *hall.source(CASES), &moment(NOW));
    match read {
        Ok(reading) => assert_eq!(reading.rows, 3),
        Err(error) => {
            let text = error.for_operator().words(Language::English);
            assert!(text.contains("before jianchad's own limit"), "{text}");
        }
    }
}

/// Finding L1: the end of a tunnel is on this machine, and whoever listens there need not be the server.
#[test]
fn no_password_goes_out_in_the_clear_on_this_machine_either() {
    let hall = Hall::of(None, "text");
    let greeting = [
        &b"\x0a8.0.40\0\x01\0\0\0abcdefgh\0"[..],
        &[0xff, 0xff, 45, 2, 0, 0x0f, 0x00, 21],
        &[0; 10],
        b"ijklmnopqrst\0mysql_native_password\0",
    ]
    .concat();
    let packet = |number: u8, body: &[u8]| {
        [&u32::try_from(body.len()).unwrap().to_le_bytes()[..3], &[number], body].concat()
    };
    let clear = packet(2, b"\xfemysql_clear_password\0");
    for (kind, first, then) in
        [("postgres", Vec::new(), message(b'R', &[0, 0, 0, 3])), ("mysql", packet(0, &greeting), clear)]
    {
        let (heard, hears) = channel();
        let port = peer(move |stream: &mut TcpStream| {
            let mut piece = [0; 4096];
            stream.write_all(&first).unwrap();
            let hello = stream.read(&mut piece).unwrap();
            assert!(hello > 0);
            stream.write_all(&then).unwrap();
            let more = stream.read(&mut piece).unwrap_or(0);
            heard.send(piece[..more].to_vec()).unwrap();
        });
        let text = why(&spec_on(&hall, kind, port, ServerTls::Off));
        assert!(text.contains("wants the password in the clear"), "{kind}: {text}");
        let more = hears.recv().unwrap();
        assert!(!more.windows(6).any(|it| it == b"s3cret"), "{kind}");
    }
}

/// Finding L2: a server that waits to be spoken to is no MySQL; and whatever a stranger says, the words are of one language.
#[test]
fn another_program_is_known_and_said_in_one_language() {
    let Some(hall) = Hall::postgres("timestamp") else { return };
    hall.run(TABLES);
    let port = hall.database.as_ref().unwrap().server.port;
    let text = why(&spec_on(&hall, "mysql", port, ServerTls::Off));
    assert!(text.contains("MySQL greets first: another program probably listens there"), "{text}");
    let chinese = |kind: &str, port: u16| {
        let read = Told::default()
            .try_read(&mut *source::open(&spec_on(&hall, kind, port, ServerTls::Off)), &moment(NOW));
        let place = format!("localhost:{port}/d");
        read.map(|reading| reading.rows)
            .unwrap_err()
            .with_cause()
            .words(Language::Chinese)
            .replace(&place, "")
    };
    let http = peer(|stream| stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap());
    let gone = peer(|stream| stream.shutdown(std::net::Shutdown::Both).unwrap());
    for (kind, port) in [
        ("postgres", http),
        ("mysql", http),
        ("postgres", gone),
        ("mysql", gone),
        ("mysql", crate::installed::free_port()),
    ] {
        let said = chinese(kind, port);
        let english = said.split(|sign: char| !sign.is_ascii_alphabetic()).filter(|word| word.len() > 1);
        let foreign: Vec<&str> =
            english.filter(|word| !["PostgreSQL", "MySQL", "MiB", "TLS"].contains(word)).collect();
        assert!(foreign.is_empty() && !said.contains("文件"), "{kind}: {said}");
    }
}

/// Finding L3: `once` says the state of a source in the language of its other words, and where no table is seen, that none is.
#[test]
fn a_dark_source_is_said_in_chinese() {
    let Some(hall) = Hall::postgres("timestamp") else { return };
    hall.run(TABLES);
    hall.spec(CASES);
    hall.run("drop table cases; drop table events");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.args(["once", "--at", "2011-12-01T09:00", "--lang", "zh-CN", "--config"]);
    let done = command.arg(hall.city.path("jianchad.toml")).output().unwrap();
    let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
    assert!(said.contains("中断") && said.contains("该账号看不到任何表"), "{said}");
    assert!(!said.contains("dark") && !said.contains("现有"), "{said}");
}
