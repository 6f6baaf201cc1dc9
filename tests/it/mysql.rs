//! What is MySQL's and MariaDB's own: types, encodings, refusals, and servers that are none or hostile. MariaDB is what is started here.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::ops::ControlFlow;
use std::time::Duration;

use jianchad::testing::domain::record::mapping::SourceSpec;
use jianchad::testing::domain::record::server::ServerTls;
use jianchad::testing::edge::source::{self, Cursors};

use crate::bench::moment;
use crate::db_server::{PASSWORD, on, rows, spec_on, why, why_ended};
use crate::halls::{CASES, EVENTS, Hall, NOW, TABLES, Told};
use crate::installed::free_port;
use crate::postgres::{checked, peer};

/// Every type in which such systems keep codes, numbers and times is read as it is written.
#[test]
fn cells_of_every_type_are_read() {
    let Some(hall) = Hall::mysql("datetime") else { return };
    hall.run(
        "set sql_mode = '';
         create table cases(no varchar(20) primary key, item char(8), accepted timestamp null, closed date, fee decimal(20,2),
             standing enum('受理', '办结'), stopped datetime, picture blob, ok bit(1), changed bigint, year year, doc json);
         insert into cases values
             ('A1', 'I20', '2011-11-01 00:03:06', '2011-11-03', 12.50, '办结', '0000-00-00 00:00:00', x'00ff', 1, 20111129101500, 2011, '{}'),
             ('A2', 'I20', '2011-11-02 08:30:00', '0000-00-00', 9007199254740993, '受理', null, null, 0, 20111130101500, 2011, null);",
    );
    let reads = "[[source.approval.read]]\ntable = \"cases\"\nshape = \"wide\"\nwatermark = \"CHANGED\"\ncase = \"NO\"\nitem = \"item\"\n\
        times = [\"iso\", \"%Y%m%d%H%M%S\"]\ntraces = [{ kind = \"accepted\", at = \"accepted\", note = \"fee\" },\n\
        { kind_from = \"standing\", codes = { \"受理\" = \"accepted\", \"办结\" = \"closed\" }, at = \"closed\" },\n\
        { kind_from = \"ok\", codes = { 0 = \"paused\", 1 = \"paused\" }, at = \"stopped\" }]\n";
    let mut told = Told::default();
    let mut source = hall.source(reads);
    told.read(&mut *source, &moment(NOW));
    assert_eq!(
        told.traces(),
        [
            "A1 accepted 2011-11-01T00:03:06+08:00",
            "A1 closed 2011-11-03",
            "A2 accepted 2011-11-02T08:30:00+08:00"
        ]
    );
    assert_eq!((told.items["A1"].as_str(), told.doubts.len()), ("I20", 0), "{:?}", told.doubts);
    hall.run("insert into cases (no, item, changed) values ('A4', 'I20', 20111201080000)");
    assert_eq!(told.read(&mut *source, &moment(NOW)).rows, 3, "from a day before the newest");
    let mut told = Told::default();
    told.read(&mut *hall.source(&reads.replace("item = \"item\"", "item = \"picture\"")), &moment(NOW));
    assert!(told.doubts.iter().any(|it| it.contains("A1")), "bytes are no item: {:?}", told.doubts);
}

/// Trap 4: GBK bytes in columns that say latin1. With their encoding they are read, beside columns that say rightly what they are.
#[test]
fn gbk_in_latin1_columns_is_read() {
    let Some(hall) = Hall::mysql("datetime") else { return };
    let hex = |text: &str| {
        encoding_rs::GBK.encode(text).0.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    hall.run(&format!(
        "create table cases(no varchar(20) primary key, item varchar(40) character set latin1, unit varchar(40), accepted varchar(40) character set latin1);
         insert into cases values ('A1', x'{}', '张三', x'{}'), ('A2', 'I20', '李四', x'{}')",
        hex("张三"),
        hex("2011年11月1日"),
        hex("2011年11月2日")
    ));
    let reads = "[[source.approval.read]]\ntable = \"cases\"\nshape = \"wide\"\ncase = \"no\"\nitem = \"item\"\nwatermark = \"accepted\"\n\
        times = [\"%Y年%m月%d日\"]\ntraces = [{ kind = \"accepted\", at = \"accepted\", by = \"unit\" }]\n";
    let mut told = Told::default();
    let mut source = source::open(&hall.spec_of(&format!("{}encoding = \"gb18030\"\n", hall.lines()), reads));
    told.read(&mut *source, &moment(NOW));
    assert_eq!(
        (told.items["A1"].as_str(), told.traces().len(), told.doubts.len()),
        ("张三", 2, 0),
        "{:?}",
        told.doubts
    );
    assert_eq!(
        told.read(&mut *source, &moment(NOW)).rows,
        2,
        "a bound with Chinese in it is compared as the source's own bytes"
    );
}

/// What is missing is said with what to do about it.
#[test]
fn what_is_refused_is_said_with_what_to_try() {
    let Some(hall) = Hall::mysql("datetime") else { return };
    hall.run(TABLES)
        .run("alter table cases add applicant text, drop primary key, add id serial, add primary key (id)");
    let (database, spec) = (hall.mysql.as_ref().unwrap(), hall.spec(CASES));
    let (name, reader) = (&database.name, database.reader());
    hall.run(&format!(
        "revoke select on {name}.* from '{reader}'@'%'; grant select (no, item, accepted, closed, changed) on {name}.cases to '{reader}'@'%'"
    ));
    assert_eq!(rows(&spec), 3, "rights on the mapped columns are enough");
    let says = |spec: &SourceSpec, words: &[&str]| {
        let text = why(spec);
        assert!(words.iter().all(|word| text.contains(word)), "{text}");
    };
    let reads = |from: &str, to: &str| hall.spec(&CASES.replace(from, to));
    says(&reads("\"item\"", "\"applicant\""), &["no column `applicant`", "`accepted`"]);
    says(&reads("table = \"cases\"", "table = \"case\""), &["no table or view `case`", "`cases`?"]);
    let query = reads("table = \"cases\"", "name = \"cases\"\nquery = \"select * from events\"");
    says(&query, &["read `cases`", "may not read", "grant select"]);
    hall.spec(CASES);
    says(&on(&spec, |it| it.database = "nowhere".into()), &["refuses the login", "1044"]);
    says(&on(&spec, |it| it.user = "nobody".into()), &["refuses the login", "'jianchad'@'10.1.2.9'"]);
    says(&on(&spec, |it| it.port = free_port()), &["no connection", "IPAddressAllow"]);
    fs::write(hall.city.path("db-password"), "wrong").unwrap();
    says(&spec, &["refuses the login", "1045"]);
    fs::write(hall.city.path("db-password"), PASSWORD).unwrap();
    assert_eq!(
        rows(&on(&spec, |it| it.tls = ServerTls::Off)),
        3,
        "where it is said that it may go in the clear"
    );
    fs::write(
        hall.city.path("ca.pem"),
        rcgen::generate_simple_self_signed(["x".to_owned()]).unwrap().cert.pem(),
    )
    .unwrap();
    says(&spec, &["no encrypted connection", "`ca_file`"]);
}

/// A query is one select, and cannot do anything but read.
#[test]
fn a_query_can_do_nothing_but_read() {
    let Some(hall) = Hall::mysql("datetime") else { return };
    hall.run(TABLES);
    let database = hall.mysql.as_ref().unwrap();
    hall.run(&format!("grant all on {}.* to '{}'@'%'", database.name, database.reader()));
    let query = |query: &str| {
        hall.spec(&CASES.replace("table = \"cases\"", &format!("name = \"cases\"\nquery = '''{query}'''")))
    };
    for wrong in [
        "select * from cases) as q; drop table cases; select * from (select 1",
        "delete from cases returning *",
        "selct * from cases",
        "select * from cases; select * from cases",
        "",
    ] {
        let text = why(&query(wrong));
        assert!(text.contains("read `cases`"), "{wrong}: {text}");
    }
    assert_eq!(rows(&query("select * from cases where no <> 'A1' -- but the first")), 2);
    assert_eq!(database.run("select count(*) from cases"), "3");
}

/// Many rows with a key of two columns, the first of which many share.
fn many(hall: &Hall) {
    hall.run(
        "create table cases(place int, no varchar(20), item text, accepted datetime, closed datetime, changed datetime, primary key (place, no));
         insert into cases select seq mod 3, concat('B', seq), 'i', '2011-11-01', null, '2011-11-30 10:00:00' from seq_1_to_25000;",
    );
}

/// Pages go on by the key, also in a new view of the database where one was held for as long as it may be; what has no key is read in
/// one go.
#[test]
fn no_view_is_held_for_longer_than_it_may() {
    let Some(hall) = Hall::mysql("datetime") else { return };
    many(&hall);
    let database = hall.mysql.as_ref().unwrap();
    let asked = format!(
        "select trx_started, trx_id from information_schema.innodb_trx t join information_schema.processlist p on p.id = t.trx_mysql_thread_id
         where p.user = '{}'",
        database.reader()
    );
    for (hold, views) in [(Duration::from_secs(600), 1), (Duration::ZERO, 3)] {
        let (mut told, mut seen) = (Told::default(), BTreeSet::new());
        let spec = on(&hall.spec(CASES), |it| it.snapshot_at_most = hold);
        let reading = source::open(&spec).read(&Cursors::new(), &moment(NOW), &mut |batch| {
            seen.insert(database.run(&asked));
            for fact in batch.facts {
                assert_eq!(told.items.insert(fact.case, String::new()), None, "a row comes once");
            }
            ControlFlow::Continue(())
        });
        assert_eq!((reading.unwrap().rows, told.items.len()), (25_000, 25_000));
        assert!(seen.len() <= views, "{seen:?}");
    }
    hall.run("alter table cases drop primary key");
    assert_eq!(rows(&hall.spec(CASES)), 25_000);
    let mut source = hall.source(CASES);
    let cursors = Cursors::from([(0, "x".to_owned())]);
    let reading = source.read(&cursors, &moment(NOW), &mut |_| ControlFlow::Break(())).unwrap();
    assert!(reading.stopped && reading.cursors == cursors && reading.rows == 10_000);
    let query = CASES.replace("table = \"cases\"", "name = \"cases\"\nquery = \"select * from cases\"");
    assert_eq!(rows(&hall.spec(&query)), 25_000);
}

/// A reading that is told to end ends, and a statement that takes too long is ended.
#[test]
fn a_reading_breaks_off_when_told() {
    let Some(hall) = Hall::mysql("datetime") else { return };
    hall.run(TABLES);
    let slow = hall.spec(
        &CASES
            .replace(
                "table = \"cases\"",
                "name = \"cases\"\nquery = \"select c.*, sleep(60) as s from cases c\"",
            )
            .replace("item = \"item\"", "item = \"s\""),
    );
    let text = why(&on(&slow, |it| it.timeout = Duration::from_secs(1)));
    assert!(text.contains("gave no answer for 1 s"), "{text}");
    let text = why(&on(&slow, |it| it.snapshot_at_most = Duration::from_secs(1)));
    assert!(text.contains("took longer than") && text.contains("1969"), "{text}");
    let over = why_ended(&slow);
    assert!(over.contains("was ended"), "{over}");
}

/// An administrator sees before the first round what the server is, whether the login could write, and what slows reading down.
#[test]
fn the_server_is_looked_at_before_it_is_read() {
    let Some(hall) = Hall::mysql("datetime") else { return };
    hall.run(TABLES);
    hall.spec(&format!("{CASES}{}", EVENTS.replace("watermark = \"changed\"\n", "")));
    let (code, text) = checked(&hall);
    assert_eq!(code, Some(0), "{text}");
    for words in
        ["source approval (server)", "MariaDB", "encoding utf8mb4", "read `events` has no `watermark`"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    for words in ["could write", "no index", "clock is", "standby"] {
        assert!(!text.contains(words), "{words}: {text}");
    }
    let database = hall.mysql.as_ref().unwrap();
    hall.run(&format!(
        "drop index cases_changed on cases; grant update (item) on {}.cases to '{}'@'%'",
        database.name,
        database.reader()
    ));
    let (_, text) = checked(&hall);
    assert!(
        text.contains("! this login could write: UPDATE (`item`) ON") && !text.contains("IDENTIFIED"),
        "{text}"
    );
    assert!(text.contains("no index begins with `changed`"), "{text}");
}

fn packet(number: u8, body: &[u8]) -> Vec<u8> {
    [&u32::try_from(body.len()).unwrap().to_le_bytes()[..3], &[number], body].concat()
}

fn greeting(plugin: &str, capabilities: u32) -> Vec<u8> {
    let low = capabilities.to_le_bytes();
    let body = [
        &b"\x0a8.0.40\0\x01\0\0\0abcdefgh\0"[..],
        &low[..2],
        &[45, 2, 0],
        &low[2..],
        &[21],
        &[0; 10],
        b"ijklmnopqrst\0",
        plugin.as_bytes(),
        b"\0",
    ]
    .concat();
    packet(0, &body)
}

const ALL: u32 = 0x000f_ffff;

/// Servers that lie, and logins that are not known: each is refused in words, and the password goes to nobody in the clear.
#[test]
fn servers_that_are_none_are_refused_in_words() {
    let hall = Hall::of(None, "text");
    let says = |first: Vec<u8>, then: Vec<Vec<u8>>, words: &str| {
        let port = peer(move |stream: &mut TcpStream| {
            stream.write_all(&first).unwrap();
            for answer in &then {
                let mut piece = [0; 4096];
                let Ok(read @ 1..) = stream.read(&mut piece) else { return };
                assert!(
                    !piece[..read].windows(6).any(|it| it == b"s3cret"),
                    "the password went out in the clear"
                );
                stream.write_all(answer).unwrap();
            }
        });
        let text = why(&spec_on(&hall, "mysql", port, ServerTls::Off));
        assert!(text.contains(words), "{text}");
    };
    says(packet(0, b"HTTP/1.1 400"), vec![], "does not greet");
    says(packet(0, b"\xff\x10\x04#08004Too many connections"), vec![], "no more connections");
    says(packet(0, b"\xff"), vec![], "refuses");
    says(greeting("mysql_native_password", 0x8000), vec![], "older than MySQL 4.1");
    says(vec![0xff; 4], vec![], "gave no answer");
    let sha = || greeting("caching_sha2_password", ALL);
    says(sha(), vec![packet(2, &[1, 4])], "password in the clear");
    says(sha(), vec![packet(2, b"\xfeclient_ed25519\0abc\0")], "client_ed25519");
    says(sha(), vec![packet(2, b"\xfe")], "mysql_old_password");
    says(sha(), vec![packet(2, &[9])], "does not log in");
    let ok = || [packet(2, &[1, 3]), packet(3, &[0, 0, 0, 2, 0, 0, 0])].concat();
    says(sha(), vec![ok(), packet(1, b"\xfb/etc/passwd")], "answers a question otherwise");
    says(sha(), vec![ok(), [packet(1, &[1]), packet(2, &[3])].concat()], "a column is none");
    says(
        sha(),
        vec![ok(), [packet(1, &[1]), packet(2, &[0xfe, 0, 0, 0, 0])].concat()],
        "other columns than it counts",
    );
    let port = peer(|stream| stream.write_all(&greeting("mysql_native_password", ALL & !0x800)).unwrap());
    let text = why(&spec_on(&hall, "mysql", port, ServerTls::Required { ca_file: None }));
    assert!(text.contains("has no TLS") && text.contains("ssl_cert"), "{text}");
    for (first, tls) in
        [(vec![], ServerTls::Off), (sha(), ServerTls::Off), (sha(), ServerTls::Required { ca_file: None })]
    {
        let port = peer(move |stream| stream.write_all(&first).unwrap());
        assert!(why(&spec_on(&hall, "mysql", port, tls)).contains("gave no answer for 1 s"));
    }
}
