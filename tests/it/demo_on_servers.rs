//! The demo city on real servers: what was planted is found there as it is in a file, and told in the same words.

use std::path::Path;
use std::process::{Command, Output};

use crate::architecture::sources;
use crate::bench::query;
use crate::db_server::PASSWORD;
use crate::mysql_server::MyDatabase;
use crate::postgres_server::Database;

/// The password as an address has it.
fn escaped() -> String {
    PASSWORD.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

fn demo(folder: &Path, more: &[&str]) -> Output {
    std::fs::create_dir_all(folder).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.current_dir(folder).args(["demo", "city", "--lang", "en"]).args(more).output().unwrap()
}

fn made(folder: &Path, more: &[&str]) {
    let done = demo(folder, more);
    assert!(done.status.success(), "{more:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A login of a PostgreSQL database that may make a schema in it, as an address.
fn postgres(database: &Database) -> String {
    let (name, password) = (&database.name, PASSWORD.replace('\'', "''"));
    database.run(&format!("create role {name}_owner login password '{password}'; grant create on database {name} to {name}_owner"));
    let papers = database.server.papers.file("ca.pem");
    format!(
        "postgres://{name}_owner:{}@localhost:{}/{name}?ca_file={}",
        escaped(),
        database.server.port,
        papers.display()
    )
}

/// The same of a MariaDB, in the clear as it stays on this machine.
fn mysql(database: &MyDatabase) -> String {
    let (name, password) = (&database.name, PASSWORD.replace('\\', "\\\\").replace('\'', "''"));
    database.run(&format!(
        "create user '{name}_owner'@'%' identified by '{password}'; grant all on jianchad_demo.* to '{name}_owner'@'%'"
    ));
    format!("mysql://{name}_owner:{}@127.0.0.1:{}", escaped(), database.server.port)
}

/// Everything that was found, told and sent, in the order of the ledger. The kind of a source is part of what judges, and so of its
/// version, which some letters name: in a mail it stands encoded.
struct Told {
    findings: Vec<String>,
    letters: Vec<String>,
    mails: Vec<Vec<u8>>,
    /// So many letters name a version.
    versioned: usize,
}

impl Told {
    fn of(folder: &Path) -> Self {
        let ledger = folder.join("city/ledger.db");
        let versions = query(&ledger, "SELECT substr(version, 1, 12) FROM policy");
        let findings = "SELECT finding, case_number, rule, clock, card, standing, coalesce(unit_code, ''), raised_at, changed_at,
                coalesce(due_at, ''), why, coalesce(told_at, ''), coalesce(answered_at, '') FROM findings ORDER BY finding";
        let letters =
            "SELECT to_address || ' ' || subject || char(10) || text || html FROM letter ORDER BY id";
        let written = query(&ledger, letters);
        let plain = |letter: &String| {
            versions.iter().fold(letter.clone(), |letter, version| letter.replace(version, "VERSION"))
        };
        let letters: Vec<String> = written.iter().map(plain).collect();
        let versioned = letters.iter().filter(|letter| letter.contains("VERSION")).count();
        let mut mails: Vec<_> =
            std::fs::read_dir(folder.join("city/mail")).unwrap().map(|entry| entry.unwrap().path()).collect();
        mails.sort();
        let mails = mails.iter().map(|path| std::fs::read(path).unwrap()).collect();
        Self { findings: query(&ledger, findings), letters, mails, versioned }
    }
}

/// The two differ nowhere.
fn alike(file: &Told, server: &Told, what: &str) {
    for (file, server) in [(&file.findings, &server.findings), (&file.letters, &server.letters)] {
        assert!(file.len() > 100, "{}", file.len());
        for (one, other) in file.iter().zip(server) {
            let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
            assert_eq!(differs, None, "{what}");
        }
        assert!(file == server, "{what}: {} and {}", file.len(), server.len());
    }
    let differ = file.mails.iter().zip(&server.mails).filter(|(one, other)| one != other).count();
    assert_eq!(file.mails.len(), server.mails.len(), "{what}");
    assert!(differ <= file.versioned && file.versioned * 4 < file.mails.len(), "{what}: {differ} mails");
}

#[test]
fn the_city_is_found_alike_on_every_kind_of_server() {
    let folder = tempfile::tempdir().unwrap();
    let (postgres_there, mysql_there) = (Database::new(), MyDatabase::new());
    let mut ways = vec![("file", Vec::new())];
    ways.extend(postgres_there.as_ref().map(|it| ("postgres", vec!["--postgres".to_owned(), postgres(it)])));
    ways.extend(mysql_there.as_ref().map(|it| ("mysql", vec!["--mysql".to_owned(), mysql(it)])));
    std::thread::scope(|scope| {
        for (name, more) in &ways {
            let folder = folder.path().join(name);
            scope.spawn(move || made(&folder, &more.iter().map(String::as_str).collect::<Vec<_>>()));
        }
    });
    let file = Told::of(&folder.path().join("file"));
    for (name, _) in ways.iter().skip(1) {
        let place = folder.path().join(name);
        assert!(!place.join("city/approval.db").exists());
        alike(&file, &Told::of(&place), name);
        let config = std::fs::read_to_string(place.join("city/jianchad.toml")).unwrap();
        assert!(!config.contains("s3cret") && config.contains("password = \"file:db-password\""), "{config}");
    }
    if let Some(database) = &postgres_there {
        assert_eq!(database.run("select count(*) > 20000 from jianchad_demo.up_pro_accept"), "t");
    }
}

/// A schema that no demo made is left alone; one that a demo made makes way; what cannot be begun leaves nothing behind.
#[test]
fn a_schema_of_somebody_else_is_left_alone() {
    let Some(database) = Database::new() else { return };
    let url = postgres(&database);
    let folder = tempfile::tempdir().unwrap();
    database.run("create schema jianchad_demo; create table jianchad_demo.up_pro_accept (n integer); insert into jianchad_demo.up_pro_accept values (7)");
    database.run(&format!("grant all on schema jianchad_demo to {}_owner", database.name));
    let refused = |more: &[&str]| {
        let done = demo(folder.path(), more);
        assert!(!done.status.success() && !folder.path().join("city").exists(), "{more:?}");
        String::from_utf8_lossy(&done.stderr).into_owned()
    };
    let text = refused(&["--postgres", &url]);
    assert!(text.contains("was not made by a demo") && text.contains("another database"), "{text}");
    assert_eq!(database.run("select n from jianchad_demo.up_pro_accept"), "7");
    let text = refused(&["--postgres", &url.replace("_owner:", "_nobody:")]);
    assert!(text.contains("refuses the login") && !text.contains("s3cret"), "{text}");
    let text = refused(&["--postgres", "postgres://nobody"]);
    assert!(text.contains("no address of a server"), "{text}");
    refused(&["--postgres", &url, "--mysql", &url]);
}

/// What writes to a server is the demo and nothing else.
#[test]
fn nothing_but_the_demo_owns_a_database() {
    let named = sources("src").into_iter().filter(|(_, text)| text.contains("Owner::open"));
    let named: Vec<String> = named.map(|(path, _)| path).collect();
    assert_eq!(named, ["src/cli/demo/on_server.rs"]);
}
