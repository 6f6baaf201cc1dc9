//! A small city for the tests: a registry, an approval database, rounds on given days, letters caught as files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::NaiveDateTime;
use chrono_tz::Asia::Shanghai;
use jianchad::testing::domain::letter::Mailer;
use jianchad::testing::domain::moment::Moment;
use jianchad::testing::domain::now::{Clock, Now, TimeBase};
use jianchad::testing::edge::ledger::{LedgerError, Tally};
use jianchad::testing::round::{self, Watch};
use jianchad::testing::service::{self, Service};
use rusqlite::Connection;
use tempfile::TempDir;

/// The registry every test begins with.
pub const UNITS: &str = "单位编码,单位名称,区划,性质\nU1,市住建局,431000,市直\nU2,市林业局,431000,市直\nU3,市国税局,431000,垂管\n";
/// Its items: a licence, an instant service, a calendar-day item, and one handled elsewhere.
pub const ITEMS: &str = "事项编码,事项名称,所属单位,事项类别,办件类型,承诺时限,法定时限,设定依据,必经环节,收费标准,办理渠道,免纳入理由,批准机关,免纳入期限
I20,施工许可,U1,行政许可,承诺件,10个工作日,20个工作日,《行政许可法》第四十二条,受理;审查,,审批系统,,,
I60,林地审核,U2,行政许可,承诺件,15个工作日,60日,《森林法》,,,审批系统,,,
INOW,证明开具,U2,公共服务,即办件,当日,,,,,审批系统,,,
ITAX,税务登记,U3,其他,承诺件,5个工作日,30日,,,,垂管系统,省垂管单位,市政府办公室,
";
const CONTACTS: &str = "单位,区划,角色,姓名,邮箱,语言
U1,,承办人,张三（规划科）,handler.u1@example.gov.cn,中文
U1,,单位负责人,李四,lead.u1@example.gov.cn,中文
U2,,承办人,王五,handler.u2@example.gov.cn,中文
U2,,单位负责人,赵六,lead.u2@example.gov.cn,中文
U3,,单位负责人,孙七,lead.u3@example.gov.cn,中文
,,监察人员,监察室,supervisor@example.gov.cn,中文
,,系统管理员,Administrator,admin@example.gov.cn,英文
";
const REGIONS: &str = "区划代码,名称,级别,上级,是否有服务中心\n431000,示范市,市,,\n431001,东乡,乡镇,431000,是\n431002,西乡,乡镇,431000,否\n";

/// The configuration every test begins with; `{mail}` is replaced.
pub const CONFIG: &str = r#"
office = "示范市效能监察室"
ledger = "ledger.db"
[registry]
folder = "registry"
[mail]
from = "jianchad@example.gov.cn"
list_id = "jianchad.example.gov.cn"
{mail}
[rules.ledger-begun]
mode = "off"
[source.approval]
kind = "sqlite"
path = "approval.db"
sweep_at = "never"
[[source.approval.read]]
table = "cases"
shape = "wide"
watermark = "changed"
case = "number"
item = "item"
traces = [
    { kind = "applied", at = "applied" },
    { kind = "accepted", at = "accepted", by = "clerk" },
    { kind_from = "result", codes = { granted = "decided", refused = "decided", withdrawn = "withdrawn" }, at = "finished" },
]
[[source.approval.read]]
table = "events"
shape = "long"
watermark = "changed"
key = ["id"]
case = "number"
traces = [{ kind_from = "kind", codes = { step = "step", paused = "paused", resumed = "resumed", extended = "extended", supplement_requested = "supplement_requested", supplement_received = "supplement_received", not_accepted = "not_accepted", charged = "charged" }, at = "at", stage = "stage", by = "clerk", note = "note", amount = "amount" }]
"#;

/// Takes away the clocks that run on every item, for tests of other clocks.
pub const ONLY_DECLARED: &str =
    "[[clock]]\nid = \"promise\"\noff = true\n[[clock]]\nid = \"statutory\"\noff = true\n";

/// A clock that shows what it was set to.
#[derive(Clone)]
pub struct SetClock(pub Arc<Mutex<Now>>);

impl Clock for SetClock {
    fn now(&self) -> Now {
        *self.0.lock().unwrap()
    }

    fn running(&self) -> Duration {
        Duration::ZERO
    }

    fn base(&self) -> TimeBase {
        TimeBase::Person
    }
}

/// Nobody waits for the round, nobody stops it.
pub struct Nobody;

impl Watch for Nobody {
    fn goes_on(&self, _rows: u64, _cases: u64) {}

    fn stop(&self) -> bool {
        false
    }
}

/// A civil time of the city, as a round's moment.
pub fn moment(text: &str) -> Now {
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    Now { instant: Moment::local(naive, Shanghai).at(), replay: false }
}

/// A small city in a folder of its own.
pub struct Bench {
    folder: TempDir,
    service: Option<Service>,
}

impl Bench {
    /// The city with its letters going into a folder.
    pub fn new() -> Self {
        Self::with("folder = \"mail\"")
    }

    /// The city with other lines in `[mail]`.
    pub fn with(mail: &str) -> Self {
        let bench = Self { folder: tempfile::tempdir().unwrap(), service: None };
        for (name, text) in [("units", UNITS), ("items", ITEMS), ("contacts", CONTACTS), ("regions", REGIONS)]
        {
            bench.write(&format!("registry/{name}.csv"), text);
        }
        bench.write("jianchad.toml", &CONFIG.replace("{mail}", mail));
        bench.approval(
            "CREATE TABLE cases (number TEXT PRIMARY KEY, item TEXT, clerk TEXT, applied TEXT, accepted TEXT,
                 result TEXT, finished TEXT, applicant TEXT, changed TEXT);
             CREATE INDEX cases_changed ON cases (changed);
             CREATE TABLE events (id INTEGER PRIMARY KEY, number TEXT, kind TEXT, stage TEXT, at TEXT, clerk TEXT,
                 note TEXT, amount TEXT, changed TEXT);
             CREATE INDEX events_changed ON events (changed);",
        );
        bench
    }

    /// Adds U9, a unit of another province, with its handler.
    pub fn elsewhere(&self) -> &Self {
        for (name, line) in [
            ("units", "U9,外省单位,520000,市直"),
            ("regions", "520000,外省,省,,"),
            ("contacts", "U9,,承办人,钱八,handler.u9@example.gov.cn,中文"),
        ] {
            let file = format!("registry/{name}.csv");
            let text = fs::read_to_string(self.path(&file)).unwrap();
            self.write(&file, &format!("{text}{line}\n"));
        }
        self
    }

    /// Writes the contacts anew with a column of stand-ins: the contact of an address gets it, and an address.
    pub fn stand_in(&self, of: &str, address: &str, stand_in: &str) {
        let contacts = fs::read_to_string(self.path("registry/contacts.csv")).unwrap();
        let contacts = contacts
            .replacen('\n', ",代办人\n", 1)
            .replace("中文\n", "中文,\n")
            .replace("英文\n", "英文,\n")
            .replace(&format!("{of},中文,"), &format!("{address},中文,{stand_in}"));
        self.write("registry/contacts.csv", &contacts);
    }

    /// A path in the city's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the city.
    pub fn write(&self, name: &str, text: &str) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Changes the configuration: `from` becomes `to`.
    pub fn configure(&mut self, from: &str, to: &str) -> &mut Self {
        let text = fs::read_to_string(self.path("jianchad.toml")).unwrap();
        assert!(text.contains(from), "the configuration has no `{from}`");
        self.write("jianchad.toml", &text.replace(from, to));
        self.restart()
    }

    /// Runs SQL in the approval system's own database.
    pub fn approval(&self, sql: &str) -> &Self {
        Connection::open(self.path("approval.db")).unwrap().execute_batch(sql).unwrap();
        self
    }

    /// A case accepted at a time; its row was written then.
    pub fn accepted(&self, number: &str, item: &str, at: &str) -> &Self {
        self.approval(&format!(
            "INSERT INTO cases (number, item, clerk, applied, accepted, applicant, changed)
             VALUES ('{number}', '{item}', '0731', '{at}', '{at}', '某申请人', '{at}')"
        ))
    }

    /// The case was decided at a time.
    pub fn decided(&self, number: &str, at: &str) -> &Self {
        self.finished(number, "granted", at)
    }

    /// The case was finished with a result at a time.
    pub fn finished(&self, number: &str, result: &str, at: &str) -> &Self {
        self.approval(&format!(
            "UPDATE cases SET result = '{result}', finished = '{at}', changed = '{at}' WHERE number = '{number}'"
        ))
    }

    /// Something else happened to the case.
    pub fn event(&self, number: &str, kind: &str, stage: &str, at: &str) -> &Self {
        let by = if kind == "extended" { "李局长" } else { "0731" };
        self.approval(&format!(
            "INSERT INTO events (number, kind, stage, at, clerk, changed)
             VALUES ('{number}', '{kind}', '{stage}', '{at}', '{by}', '{at}')"
        ))
    }

    /// A special procedure began, with its cause and the number of the notice to the applicant.
    pub fn paused(&self, number: &str, at: &str) -> &Self {
        self.approval(&format!(
            "INSERT INTO events (number, kind, stage, at, clerk, note, changed)
             VALUES ('{number}', 'paused', '检测', '{at}', '0731', '特告〔2011〕26号', '{at}')"
        ))
    }

    /// A licence case with all its stages.
    pub fn licence(&self, number: &str, at: &str) -> &Self {
        self.accepted(number, "I20", at).event(number, "step", "审查", at)
    }

    /// Opens the service anew, as after a restart.
    pub fn restart(&mut self) -> &mut Self {
        self.service = None;
        self
    }

    /// The configuration is read again while the service stays open.
    pub fn reload(&mut self) -> &mut Self {
        let config = service::load(&self.path("jianchad.toml")).unwrap_or_else(|it| {
            panic!("{}", it.for_operator(jianchad::testing::domain::text::Language::English))
        });
        self.service().reconfigure(&config).unwrap_or_else(|it| {
            panic!("{}", it.for_operator(jianchad::testing::domain::text::Language::English))
        });
        self
    }

    /// The service, opened if it is not.
    pub fn service(&mut self) -> &mut Service {
        let file = self.path("jianchad.toml");
        self.service.get_or_insert_with(|| {
            let config = service::load(&file).unwrap_or_else(|failure| {
                panic!("{}", failure.for_operator(jianchad::testing::domain::text::Language::English))
            });
            Service::open(&config).unwrap_or_else(|failure| {
                panic!("{}", failure.for_operator(jianchad::testing::domain::text::Language::English))
            })
        })
    }

    /// Another way out for letters.
    pub fn mailer(&mut self, mailer: Box<dyn Mailer + Send>) -> &mut Self {
        self.service().mailer = Some(mailer);
        self
    }

    /// A round at a time, whatever comes of it.
    pub fn try_round(&mut self, at: &str) -> Result<Tally, LedgerError> {
        self.watched_round(at, &Nobody)
    }

    /// A round at a time, with somebody who watches it.
    pub fn watched_round(&mut self, at: &str, watch: &dyn Watch) -> Result<Tally, LedgerError> {
        let now = moment(at);
        let service = self.service();
        service.clock = Box::new(SetClock(Arc::new(Mutex::new(now))));
        round::run(service, &now, watch)
    }

    /// A round at a time.
    pub fn round(&mut self, at: &str) -> Tally {
        self.try_round(at).unwrap()
    }

    /// A round at 09:05 of each of these days.
    pub fn rounds_on(&mut self, days: &[&str]) -> &mut Self {
        for day in days {
            self.round(&format!("{day} 09:05"));
        }
        self
    }

    /// Rows of a query on the ledger, columns joined by `|`, as `sqlite3` prints them.
    pub fn ledger(&self, sql: &str) -> Vec<String> {
        query(&self.path("ledger.db"), sql)
    }

    /// The findings, as `case rule clock card standing`.
    pub fn findings(&self) -> Vec<String> {
        self.ledger(
            "SELECT trim(case_number || ' ' || rule || ' ' || clock) || ' ' || card || ' ' || standing
             FROM findings ORDER BY case_number, rule, clock",
        )
    }

    /// The letters caught, each whole, in the order of their names.
    pub fn letters(&self) -> Vec<String> {
        let Ok(folder) = fs::read_dir(self.path("mail")) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
    }

    /// Subjects of the letters to an address, as the ledger holds them.
    pub fn subjects(&self, address: &str) -> Vec<String> {
        self.ledger(&format!("SELECT subject FROM letters WHERE to_address = '{address}' ORDER BY letter"))
    }
}

/// Rows of a query, columns joined by `|`, as `sqlite3` prints them.
pub fn query(ledger: &Path, sql: &str) -> Vec<String> {
    let db = Connection::open(ledger).unwrap();
    let mut statement = db.prepare(sql).unwrap();
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let mut lines = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let cell = |at: usize| match row.get_ref(at).unwrap() {
            rusqlite::types::ValueRef::Null => String::new(),
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            rusqlite::types::ValueRef::Real(number) => number.to_string(),
            rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            rusqlite::types::ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
        };
        lines.push((0..columns).map(cell).collect::<Vec<_>>().join("|"));
    }
    lines
}
