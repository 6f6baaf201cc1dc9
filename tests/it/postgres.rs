//! What is PostgreSQL's own: its types, encodings and refusals, a pooler before it, and servers that are none or hostile.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jianchad::testing::domain::record::mapping::SourceSpec;
use jianchad::testing::domain::record::server::ServerTls;
use jianchad::testing::edge::source::{self, Cursors};
use jianchad::testing::round::{self, Watch};

use crate::bench::moment;
use crate::db_server::{PASSWORD, on, rows, spec_on, why, why_ended};
use crate::halls::{CASES, EVENTS, Hall, NOW, TABLES, Told};
use crate::installed::{free_port, skip, wait_for};
use crate::postgres_server::{Database, as_postgres};

/// Every type in which such systems keep codes, numbers and times is read as it is written.
#[test]
fn cells_of_every_type_are_read() {
    let Some(hall) = Hall::postgres("timestamp") else { return };
    hall.run(
        "create type standing as enum ('受理', '办结');
         create domain number as varchar(20);
         create table cases(no number primary key, item char(8), accepted timestamptz, closed date, fee numeric(20,2), standing standing,
             stopped text, blob bytea, ok boolean, changed bigint, day integer);
         insert into cases values
             ('A1', 'I20', '2011-11-01 00:03:06+08', '2011-11-03', 12.50, '办结', '0000-00-00 00:00:00', '\\x00ff', true, 20111129101500, 1),
             ('A2', 'I20', '2011-11-01 23:30:00-01', null, 9007199254740993, '受理', '', null, false, 20111130101500, 2),
             ('A3', 'I20', 'infinity', null, null, null, null, null, null, null, 3);",
    );
    let reads = "[[source.approval.read]]\ntable = \"CASES\"\nshape = \"wide\"\nwatermark = \"changed\"\ncase = \"NO\"\nitem = \"item\"\n\
        times = [\"iso\", \"%Y%m%d%H%M%S\"]\ntraces = [{ kind = \"accepted\", at = \"accepted\", note = \"fee\" },\n\
        { kind_from = \"standing\", codes = { \"受理\" = \"accepted\", \"办结\" = \"closed\" }, at = \"closed\" }, { kind = \"paused\", at = \"stopped\", note = \"ok\" }]\n";
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
    assert_eq!(told.items["A1"], "I20", "the padding of char says nothing");
    assert!(told.doubts.len() == 1 && told.doubts[0].contains("`infinity`"), "{:?}", told.doubts);
    hall.run("insert into cases values ('A4', 'I20', '2011-11-30', null, 1, '受理', null, null, null, 20111201080000, 4)");
    assert_eq!(
        told.read(&mut *source, &moment(NOW)).rows,
        4,
        "from a day before the newest, the new one, and that without a mark"
    );
    let bytes = reads.replace("item = \"item\"", "item = \"blob\"");
    let mut told = Told::default();
    told.read(&mut *hall.source(&bytes), &moment(NOW));
    assert!(told.doubts.iter().any(|it| it.contains("A1") && !it.contains("infinity")), "{:?}", told.doubts);
}

/// Trap 3: a database that says SQL_ASCII and holds GBK. With its encoding all of it is read, names too; without it a cell is lost, and
/// no more.
#[test]
fn gbk_in_a_database_that_knows_no_encoding_is_read() {
    let Some(database) =
        Database::made("encoding 'SQL_ASCII' template template0 lc_collate 'C' lc_ctype 'C'")
    else {
        return;
    };
    let hall = Hall::of(Some(database), "text");
    let hex = |text: &str| {
        let (bytes, ..) = encoding_rs::GBK.encode(text);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let sql = "create table \"办件表\"(no text primary key, \"事项\" text, accepted text, changed text);
        insert into \"办件表\" values ('A1', '张三', '2011年11月1日', '2011年11月29日'), ('A2', 'I20', '2011年11月2日', '2011年11月29日');
        create table plain(no text primary key, item text, accepted text);
        insert into plain values ('A1', '张三', '2011-11-01'), ('A2', 'I20', '2011-11-02')";
    hall.run(&format!("do $do$ begin execute convert_from('\\x{}'::bytea, 'SQL_ASCII'); end $do$", hex(sql)));
    let reads = "[[source.approval.read]]\ntable = \"办件表\"\nshape = \"wide\"\ncase = \"no\"\nitem = \"事项\"\nwatermark = \"changed\"\n\
        times = [\"%Y年%m月%d日\"]\ntraces = [{ kind = \"accepted\", at = \"accepted\" }]\n";
    let mut told = Told::default();
    let spec = hall.spec_of(&format!("{}encoding = \"gb18030\"\n", hall.lines()), reads);
    let mut source = source::open(&spec);
    told.read(&mut *source, &moment(NOW));
    assert_eq!((told.items["A1"].as_str(), told.traces().len(), told.doubts.len()), ("张三", 2, 0));
    assert_eq!(
        told.read(&mut *source, &moment(NOW)).rows,
        2,
        "a bound with Chinese in it is compared as the source's own bytes"
    );
    let text =
        why(&hall
            .spec_of(&format!("{}encoding = \"gb18030\"\n", hall.lines()), &reads.replace("办件表", "办件")));
    assert!(text.contains("`办件表`"), "{text}");

    let plain = "[[source.approval.read]]\ntable = \"plain\"\nshape = \"wide\"\ncase = \"no\"\nitem = \"item\"\n\
        traces = [{ kind = \"accepted\", at = \"accepted\" }]\n";
    let mut told = Told::default();
    told.read(&mut *hall.source(plain), &moment(NOW));
    assert_eq!(
        (told.items["A2"].as_str(), told.traces().len()),
        ("I20", 2),
        "the rest of the row and the other rows"
    );
    assert!(told.doubts.len() == 1 && told.doubts[0].contains("no UTF-8"), "{:?}", told.doubts);
}

/// Rights on the mapped columns are enough; what is missing is said with what to do about it, and nothing of the name is guessed.
#[test]
fn what_is_refused_is_said_with_what_to_try() {
    let Some(hall) = Hall::postgres("timestamp") else { return };
    hall.run(TABLES).run("alter table cases add applicant text");
    let (reader, spec) = (hall.database.as_ref().unwrap().reader(), hall.spec(CASES));
    hall.run(&format!(
        "revoke all on cases from {reader}; grant select (no, item, accepted, closed, changed) on cases to {reader}"
    ));
    assert_eq!(rows(&spec), 3);
    hall.run("alter table cases drop constraint cases_pkey, add id serial primary key");
    assert_eq!(rows(&spec), 3, "a key that may not be read is none");
    let says = |spec: &SourceSpec, words: &[&str]| {
        let text = why(spec);
        assert!(words.iter().all(|word| text.contains(word)), "{text}");
    };
    let reads = |from: &str, to: &str| hall.spec(&CASES.replace(from, to));
    says(&reads("\"item\"", "\"applicant\""), &["read `cases`", "may not read", "42501", "grant select"]);
    says(&reads("\"closed\" }", "\"finished\" }"), &["no column `finished`", "`accepted`"]);
    says(&reads("table = \"cases\"", "table = \"case\""), &["no table or view `case`", "`cases`?", "grant"]);
    hall.spec(CASES);
    says(&on(&spec, |it| it.schema = Some("hall".into())), &["no table or view `cases`", "`schema`"]);
    says(&on(&spec, |it| it.database = "nowhere".into()), &["/nowhere does not exist", "3D000"]);
    says(&on(&spec, |it| it.user = "nobody".into()), &["refuses the login", "pg_hba.conf"]);
    says(&on(&spec, |it| it.port = free_port()), &["no connection", "IPAddressAllow"]);
    says(&on(&spec, |it| it.host = "127.0.0.2".into()), &["no connection"]);
    fs::write(hall.city.path("db-password"), "wrong").unwrap();
    says(&spec, &["refuses the login", "28P01"]);
    fs::write(hall.city.path("db-password"), "\n").unwrap();
    says(&spec, &["password", "db-password", "it is empty"]);
    fs::remove_file(hall.city.path("db-password")).unwrap();
    says(&spec, &["password", "db-password", "mode 600"]);
    fs::write(hall.city.path("db-password"), PASSWORD).unwrap();
    fs::write(
        hall.city.path("ca.pem"),
        rcgen::generate_simple_self_signed(["x".to_owned()]).unwrap().cert.pem(),
    )
    .unwrap();
    says(&spec, &["no encrypted connection", "`ca_file`"]);
    fs::remove_file(hall.city.path("ca.pem")).unwrap();
    says(&spec, &["no encrypted connection", "ca.pem"]);
    assert_eq!(
        rows(&on(&spec, |it| it.tls = ServerTls::Off)),
        3,
        "where it is said that it may go in the clear"
    );
    hall.run(&format!(
        "revoke connect on database {0} from public; revoke connect on database {0} from {reader}",
        hall.database.as_ref().unwrap().name
    ));
    says(&on(&spec, |it| it.tls = ServerTls::Off), &["42501"]);
}

/// A query is one select, and cannot do anything but read.
#[test]
fn a_query_can_do_nothing_but_read() {
    let Some(hall) = Hall::postgres("timestamp") else { return };
    hall.run(TABLES);
    let reader = hall.database.as_ref().unwrap().reader();
    hall.run(&format!("grant all on cases, events to {reader}; grant create on schema public to {reader}"));
    let query = |query: &str| {
        hall.spec(&CASES.replace("table = \"cases\"", &format!("name = \"cases\"\nquery = '''{query}'''")))
    };
    for wrong in [
        "select * from cases) as q; rollback; drop table cases; select * from (select 1",
        "delete from cases returning *",
        "with gone as (delete from cases returning *) select * from gone",
        "selct * from cases",
        "select * from cases; select * from cases",
        "",
    ] {
        let text = why(&query(wrong));
        assert!(text.contains("read `cases`"), "{wrong}: {text}");
    }
    hall.run("create function wipe() returns setof cases language sql as 'delete from cases returning *'");
    assert!(why(&query("select * from wipe()")).contains("25006"), "the transaction reads only");
    assert_eq!(rows(&query("select * from cases where no <> 'A1' -- but the first")), 2);
    assert_eq!(hall.database.as_ref().unwrap().run("select count(*) from cases"), "3");
}

/// Logins by every scheme that PostgreSQL stores.
#[test]
fn every_usual_login_is_known() {
    let Some(hall) = Hall::postgres("timestamp") else { return };
    hall.run(TABLES);
    let spec = hall.spec(CASES);
    let password = PASSWORD.replace('\'', "''");
    for (user, stored) in [("md5_reader", "md5"), ("clear_reader", "scram-sha-256")] {
        hall.run(&format!(
            "drop role if exists {user}; set password_encryption = '{stored}'; create role {user} login password '{password}' in role {}",
            hall.database.as_ref().unwrap().reader()
        ));
        assert_eq!(rows(&on(&spec, |it| it.user = user.into())), 3, "{user}");
        if user == "clear_reader" {
            let text = why(&on(&spec, |it| (it.user, it.tls) = (user.into(), ServerTls::Off)));
            assert!(text.contains("refuses the login"), "without TLS the server does not even ask: {text}");
        }
        hall.run(&format!("drop owned by {user}; drop role {user}"));
    }
}

const MANY: &str = "insert into cases select 'B' || i, 'i', '2011-11-01', null, '2011-11-30 10:00:00' from generate_series(1, 25000) i";

/// A view of the database that was held for as long as it may be is let go: a table with a key is read on behind its last row, anything
/// else is said.
#[test]
fn no_view_is_held_for_longer_than_it_may() {
    let Some(hall) = Hall::postgres("timestamp") else { return };
    hall.run(TABLES).run(MANY);
    let hasty = |reads: &str| on(&hall.spec(reads), |it| it.snapshot_at_most = Duration::ZERO);
    let (mut told, mut begun) = (Told::default(), std::collections::BTreeSet::new());
    let spec = hasty(CASES);
    let asked = format!(
        "select xact_start from pg_stat_activity where usename = '{}'",
        hall.database.as_ref().unwrap().reader()
    );
    let reading = source::open(&spec).read(&Cursors::new(), &moment(NOW), &mut |batch| {
        begun.insert(hall.database.as_ref().unwrap().run(&asked));
        assert!(begun.len() < 9, "the same page again and again");
        for fact in batch.facts {
            told.items.insert(fact.case, String::new());
        }
        ControlFlow::Continue(())
    });
    assert_eq!((reading.unwrap().rows, told.items.len(), begun.len()), (25_003, 25_003, 3));
    hall.run("alter table cases drop constraint cases_pkey");
    let text = why(&hasty(CASES));
    assert!(text.contains("held in one view for longer than 0 s") && text.contains("primary key"), "{text}");
    assert_eq!(rows(&hasty(EVENTS)), 0, "what fits into one page is no matter of it");
}

/// A reading that is told to end ends, whatever the server is doing.
#[test]
fn a_reading_breaks_off_when_told() {
    let Some(hall) = Hall::postgres("timestamp") else { return };
    hall.run(TABLES).run(MANY);
    let mut source = hall.source(CASES);
    let cursors = Cursors::from([(0, "x".to_owned())]);
    let reading = source.read(&cursors, &moment(NOW), &mut |_| ControlFlow::Break(())).unwrap();
    assert!(reading.stopped && reading.cursors == cursors && reading.rows == 10_000);
    let slow =
        hall.spec(&CASES.replace(
            "table = \"cases\"",
            "name = \"cases\"\nquery = \"select c.* from cases c, pg_sleep(60)\"",
        ));
    let text = why(&on(&slow, |it| it.timeout = Duration::from_secs(1)));
    assert!(text.contains("longer than 1 s") && text.contains("57014"), "{text}");
    let over = why_ended(&slow);
    assert!(over.contains("was ended"), "{over}");
}

/// A pooler before the server that hands sessions around after each transaction.
struct Pooler {
    process: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Pooler {
    fn start(database: &Database) -> Option<Self> {
        let program = Path::new("/usr/sbin/pgbouncer");
        if !program.exists() {
            skip("pgbouncer is not installed");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["cert.pem", "key.pem"] {
            fs::copy(database.server.papers.file(name), at(name)).unwrap();
        }
        let port = free_port();
        fs::write(at("users"), format!("\"{}\" \"{}\"\n", database.reader(), PASSWORD.replace('"', "\"\"")))
            .unwrap();
        let ini = format!(
            "[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\npool_mode = transaction\n\
             auth_type = scram-sha-256\nauth_file = {}\nclient_tls_sslmode = require\nclient_tls_cert_file = {}\nclient_tls_key_file = {}\n\
             unix_socket_dir =\ndefault_pool_size = 1\n",
            database.server.port,
            at("users").display(),
            at("cert.pem").display(),
            at("key.pem").display()
        );
        fs::write(at("ini"), ini).unwrap();
        for name in ["", "cert.pem", "key.pem", "users", "ini"] {
            let mode = if name.is_empty() { 0o755 } else { 0o644 };
            fs::set_permissions(at(name), std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
        }
        let log = fs::File::create(at("log")).unwrap();
        let process = as_postgres(program).arg(at("ini")).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        wait_for("pgbouncer", || TcpStream::connect(("127.0.0.1", port)).ok());
        Some(Self { process, port, _folder: folder })
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Trap 2: nothing stands in the first packet that a pooler refuses, and every setting ends with its transaction.
#[test]
fn a_pooler_that_hands_sessions_around_is_no_hindrance() {
    let Some(hall) = Hall::postgres("timestamptz") else { return };
    hall.run(TABLES).run(MANY);
    let database = hall.database.as_ref().unwrap();
    let Some(pooler) = Pooler::start(database) else { return };
    let spec =
        hall.spec_of(&database.lines_through(&hall.city.path(""), pooler.port), &format!("{CASES}{EVENTS}"));
    let mut told = Told::default();
    let mut source = source::open(&spec);
    assert_eq!(told.read(&mut *source, &moment(NOW)).rows, 25_003);
    assert!(told.traces()[0].starts_with("A1 accepted 2011-11-01T09:00:00+08:00"), "{:?}", told.traces()[0]);
    assert_eq!(told.read(&mut *source, &moment(NOW)).rows, 25_002);
    assert_eq!(source.glance(&told.cursors).unwrap().went_back, [0_u16; 0]);
}

/// A peer that says what a test has it say, to each that connects.
pub fn peer(say: impl Fn(&mut TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            say(&mut stream);
            // It keeps the line open until the other side hangs up.
            while stream.read(&mut [0; 4096]).is_ok_and(|read| read > 0) {}
        }
    });
    port
}

fn message(tag: u8, body: &[u8]) -> Vec<u8> {
    [&[tag][..], &u32::try_from(body.len() + 4).unwrap().to_be_bytes(), body].concat()
}

/// Trap 12, and servers that lie: each is refused in words, and nothing of the password is given away.
#[test]
fn servers_that_are_none_are_refused_in_words() {
    let hall = Hall::of(None, "text");
    let scram = message(b'R', b"\0\0\0\x0aSCRAM-SHA-256\0\0");
    let says = |answer: Vec<u8>, words: &str| {
        let port = peer(move |stream| stream.write_all(&answer).unwrap());
        let text = why(&spec_on(&hall, "postgres", port, ServerTls::Off));
        assert!(text.contains(words), "{text}");
    };
    says(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), "does not speak the protocol");
    says(message(b'R', &[0, 0, 0, 10, 0, 0, 0, 2]), "openGauss");
    says(message(b'R', &[0, 0, 0, 10]), "openGauss");
    says(message(b'R', &[0, 0, 0, 13, 1, 2, 3]), "openGauss");
    says(message(b'R', &[0, 0, 0, 7]), "GSSAPI");
    says(message(b'R', b"\0\0\0\x0aSCRAM-SHA-512\0\0"), "SCRAM-SHA-512");
    says([scram.clone(), message(b'R', &[0, 0, 0, 0])].concat(), "did not prove");
    says([scram.clone(), message(b'R', b"\0\0\0\x0bv=xx")].concat(), "no SCRAM");
    says(message(b'R', &[0, 0, 0, 5, 1, 2]), "no MD5");
    says(message(b'R', &[0]), "no login that can be");
    says([&[b'R'][..], &[0x7f, 255, 255, 255]].concat(), "longer than 64 MiB");
    says(message(b'E', b"SFATAL\0C57P03\0Mstarting up\0\0"), "starting up (57P03)");
    says(message(b'E', &[b'M', 0xff]), "refuses");
    let port = peer(|stream| stream.write_all(b"N").unwrap());
    let text = why(&spec_on(&hall, "postgres", port, ServerTls::Required { ca_file: None }));
    assert!(text.contains("has no TLS"), "{text}");
}

/// A hostile server that lets us in: it sends other rows than it announced, and without end.
#[test]
fn a_server_that_sends_without_end_is_ended() {
    let hall = Hall::of(None, "text");
    for (row, words) in [
        (message(b'D', &[0, 1, 0, 0, 0, 1, b'x']), "more rows than were asked for"),
        (message(b'D', &[0, 2, 0, 0, 0, 1, b'x']), "other columns than its head"),
        (message(b'D', &[0, 1, 0, 0, 255, 1, b'x']), "other columns than its head"),
    ] {
        let port = peer(move |stream| {
            let ready = [message(b'R', &[0, 0, 0, 0]), message(b'Z', b"I")].concat();
            let (mut asked, mut piece) = (String::new(), [0; 8192]);
            // Whoever it is may log in.
            let hello = stream.read(&mut piece).unwrap();
            assert!(String::from_utf8_lossy(&piece[..hello]).contains("jianchad"));
            stream.write_all(&ready).unwrap();
            let column = |name: &str| [&[0, 1][..], name.as_bytes(), b"\0", &[0; 18]].concat();
            let named = message(b'D', b"\0\x01\0\0\0\x05cases");
            let mut head = [0; 5];
            while stream.read_exact(&mut head).is_ok() {
                let mut body = vec![0; u32::from_be_bytes(head[1..].try_into().unwrap()) as usize - 4];
                stream.read_exact(&mut body).unwrap();
                asked.push_str(&String::from_utf8_lossy(&body));
                // An answer is due at the end of a question.
                if !b"QS".contains(&head[0]) {
                    continue;
                }
                let answer = if asked.contains("fetch") {
                    let rows = row.repeat(20_000);
                    if stream.write_all(&[message(b'T', &column("no")), rows].concat()).is_err() {
                        return;
                    }
                    continue;
                } else if asked.contains("nspname, c.relname") {
                    [
                        message(b'T', &[&[0, 2][..], b"n\0", &[0; 18], b"c\0", &[0; 18]].concat()),
                        message(b'D', b"\0\x02\0\0\0\x06public\0\0\0\x05cases"),
                    ]
                    .concat()
                } else if asked.contains("a.attname from") {
                    let names = ["no", "item", "accepted", "closed", "changed"];
                    let rows = names.map(|name| {
                        message(
                            b'D',
                            &[&[0, 1, 0, 0, 0][..], &[u8::try_from(name.len()).unwrap()], name.as_bytes()]
                                .concat(),
                        )
                    });
                    [message(b'T', &column("attname")), rows.concat()].concat()
                } else if asked.contains("select \"") {
                    let all: Vec<u8> = (0..5).flat_map(|_| [&b"c\0"[..], &[0; 18]].concat()).collect();
                    message(b'T', &[&[0, 5][..], &all].concat())
                } else {
                    named.clone()
                };
                asked.clear();
                if stream.write_all(&[answer, message(b'Z', b"T")].concat()).is_err() {
                    return;
                }
            }
        });
        let text = why(&spec_on(&hall, "postgres", port, ServerTls::Off));
        assert!(text.contains(words), "{text}");
    }
}

/// A round that waits for slow sources for so long, all together.
pub struct Hasty;

impl Watch for Hasty {
    fn goes_on(&self, _rows: u64, _cases: u64) {}

    fn stop(&self) -> bool {
        false
    }

    fn patience(&self) -> Duration {
        Duration::from_millis(1_500)
    }
}

/// A peer that takes the connection and says nothing, at each step of the way: the round goes on without it, and the source is dark
/// with its reason.
#[test]
fn a_mute_peer_keeps_nobody_waiting() {
    let hall = Hall::of(None, "text");
    let required = || ServerTls::Required { ca_file: None };
    for (answer, tls) in
        [(&b""[..], ServerTls::Off), (b"", required()), (b"S", required()), (b"R\0\0", ServerTls::Off)]
    {
        let port = peer(move |stream| stream.write_all(answer).unwrap());
        let text = why(&spec_on(&hall, "postgres", port, tls));
        assert!(text.contains("gave no answer for 1 s") && text.contains("raise `timeout`"), "{text}");
    }
    let mut city = crate::bench::Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    let port = peer(|_| {});
    let other = format!(
        "[source.agency]\nkind = \"postgres\"\nhost = \"127.0.0.1\"\nport = {port}\ndatabase = \"d\"\nuser = \"u\"\ntls = \"off\"\n\
         timeout = \"3s\"\n{}[source.approval]",
        CASES.replace("source.approval", "source.agency")
    );
    city.configure("[source.approval]", &other);
    city.watched_round("2011-10-19 09:05", &Hasty).unwrap();
    assert_eq!(city.findings(), ["A-1 time-limit promise yellow open"], "the other source is judged");
    assert!(round::read_on(city.service(), &Hasty, Duration::from_secs(60)).unwrap(), "its time is up");
    city.watched_round("2011-10-19 09:06", &Hasty).unwrap();
    let health = city.ledger("SELECT state || ': ' || message FROM source_health WHERE source = 'agency'");
    assert!(health[0].starts_with("dark: ") && health[0].contains("gave no answer for 3 s"), "{health:?}");
}

/// A right that is taken away makes the source dark; with it again everything is as if nothing had been.
#[test]
fn a_source_that_may_not_be_read_for_a_while_is_dark_and_recovers() {
    let Some(mut hall) = Hall::postgres("timestamp") else { return };
    hall.run(&TABLES.replace("'i1'", "'I20'").replace("'i2'", "'I20'"));
    hall.spec(CASES);
    hall.city.round("2011-12-01 09:00");
    let (reader, before) =
        (hall.database.as_ref().unwrap().reader(), hall.city.ledger("SELECT * FROM cursor"));
    hall.run(&format!("revoke select on cases from {reader}"));
    hall.city.round("2011-12-01 09:05");
    let health = |hall: &Hall| {
        hall.city.ledger("SELECT state || ': ' || coalesce(message, '') FROM source_health").remove(0)
    };
    assert!(health(&hall).starts_with("dark: ") && health(&hall).contains("42501"), "{}", health(&hall));
    assert_eq!(hall.city.ledger("SELECT * FROM cursor"), before);
    hall.run(&format!("grant select on cases to {reader}"));
    hall.run("insert into cases values('A4', 'I20', '2011-11-30 09:00:00', null, '2011-12-01 08:59:00')");
    hall.city.round("2011-12-01 09:10");
    assert!(health(&hall).starts_with("ok"), "{}", health(&hall));
    assert_eq!(hall.city.ledger("SELECT count(*) FROM cases"), ["4"]);
}

/// What `check-config --sources` says of the city's server.
pub fn checked(hall: &Hall) -> (Option<i32>, String) {
    let checked = Command::new(env!("CARGO_BIN_EXE_jianchad"))
        .args(["check-config", "--sources", "--lang", "en", "--config"])
        .arg(hall.city.path("jianchad.toml"))
        .output()
        .unwrap();
    let text = [checked.stdout, checked.stderr].concat();
    (checked.status.code(), String::from_utf8_lossy(&text).into_owned())
}

/// An administrator sees before the first round what the server is, whether the login could write, and what slows reading down.
#[test]
fn the_server_is_looked_at_before_it_is_read() {
    let Some(hall) = Hall::postgres("timestamp") else { return };
    hall.run(TABLES);
    let (database, reads) = (
        hall.database.as_ref().unwrap(),
        format!("{CASES}{}", EVENTS.replace("watermark = \"changed\"\n", "")),
    );
    hall.spec(&reads);
    let (code, text) = checked(&hall);
    assert_eq!(code, Some(0), "{text}");
    for words in
        ["source approval (server)", "PostgreSQL 1", "encoding UTF8", "read `events` has no `watermark`"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    for words in ["could change", "superuser", "no index", "clock is", "standby"] {
        assert!(!text.contains(words), "{words}: {text}");
    }
    hall.run("drop index cases_changed").run(&format!("grant update on cases to {}", database.reader()));
    let (_, text) = checked(&hall);
    assert!(text.contains("! this login could change \"public\".\"cases\""), "{text}");
    assert!(
        text.contains(&format!(
            "revoke insert, update, delete, truncate on … from \"{}\"",
            database.reader()
        )),
        "{text}"
    );
    assert!(text.contains("no index begins with `changed`"), "{text}");
    hall.run(&format!("revoke update on cases from {}", database.reader()));
    assert!(!checked(&hall).1.contains("could change"));
    fs::write(hall.city.path("db-password"), "wrong").unwrap();
    let (code, text) = checked(&hall);
    assert!(code == Some(78) && text.contains("refuses the login"), "{code:?} {text}");
}

/// What is said of a source with these lines: nothing where it is well.
fn said_of(city: &crate::bench::Bench, lines: &str) -> String {
    let head = crate::bench::CONFIG.split("[source.approval]").next().unwrap();
    let head = head.replace("{mail}", "folder = \"mail\"");
    city.write("jianchad.toml", &format!("{head}[source.approval]\nkind = \"postgres\"\n{lines}\n{CASES}"));
    match jianchad::testing::service::load(&city.path("jianchad.toml")) {
        Ok(config) => config.warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        Err(failure) => failure.for_operator(jianchad::testing::domain::text::Language::English),
    }
}

/// No password stands in the configuration, and what is not encrypted is said aloud.
#[test]
fn the_keys_of_a_server_are_checked() {
    let city = crate::bench::Bench::new();
    let text = |lines: &str| said_of(&city, lines);
    const WELL: &str = "host = \"db.example.gov.cn\"\ndatabase = \"d\"\nuser = \"u\"\n";
    city.write("secret", "s3cret");
    fs::set_permissions(city.path("secret"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    assert_eq!(text(&format!("{WELL}password = \"file:secret\"")), "");
    assert_eq!(
        text(&format!(
            "{WELL}tls = \"require\"\ntimeout = \"90s\"\nschema = \"s\"\nencoding = \"gbk\"\nport = 5433"
        )),
        ""
    );
    for (lines, words) in [
        ("password = \"s3cret\"", "no password stands in this file"),
        ("password = \"file:absent\"", "cannot read"),
        ("password = \"file:registry\"", "it is a folder"),
        ("tls = \"off\"", "in the clear"),
        ("tls = \"prefer\"", "must be \"require\" or \"off\""),
        ("tls = \"off\"\nca_file = \"x\"", "without TLS nobody shows a certificate"),
        ("port = 0", "from 1 to 65535"),
        ("port = 65536", "from 1 to 65535"),
        ("timeout = \"0s\"", "must be from 1s"),
        ("timeout = \"601s\"", "to 600s"),
        ("snapshot_at_most = \"0s\"", "must be from 1s"),
        ("encoding = \"gbq\"", "no encoding of this name"),
        ("path = \"x\"", "a database server has no path"),
        ("recursive = true", "only a source of files"),
    ] {
        let said = text(&format!("{WELL}{lines}"));
        assert!(said.contains(words), "{lines}: {said}");
    }
    for key in ["host", "database", "user"] {
        let without: String =
            WELL.lines().filter(|line| !line.starts_with(key)).map(|line| format!("{line}\n")).collect();
        assert!(text(&without).contains(&format!("source.approval.{key}")), "{key}");
        assert!(text(&format!("{without}{key} = \" \"\n")).contains("must say something"), "{key}");
    }
    let here = WELL.replace("db.example.gov.cn", "127.0.0.1");
    assert_eq!(text(&format!("{here}tls = \"off\"")), "", "nobody listens on this machine");
}

/// Each of several hosts is a name or address, with a port of its own or without; all must be of this machine for TLS to be off unsaid.
#[test]
fn every_host_of_a_server_is_checked() {
    let city = crate::bench::Bench::new();
    let text = |lines: &str| said_of(&city, lines);
    let hosts =
        |list: &str, more: &str| text(&format!("host = {list}\ndatabase = \"d\"\nuser = \"u\"\n{more}"));
    assert_eq!(hosts("[\"db1\", \"db2:5433\", \"[::1]:5434\"]", ""), "");
    for wrong in ["[]", "[\"db1:x\"]", "[\"db1\", \":5432\"]", "\"db1:0\""] {
        assert!(hosts(wrong, "").contains("must be a name or address"), "{wrong}");
    }
    assert!(hosts("[\"db1\", \" \"]", "").contains("must say something"));
    let local = "[\"localhost:1\", \"127.0.0.1:2\"]";
    assert_eq!(hosts(local, "tls = \"off\"\n"), "");
    assert!(hosts(&local.replace("127.0.0.1", "10.1.2.3"), "tls = \"off\"\n").contains("in the clear"));
}
