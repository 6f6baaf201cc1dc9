//! A city for the measurements: registry and configuration as files, read through the same door as anybody's.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::NaiveDateTime;
use chrono_tz::Asia::Shanghai;
use jianchad::testing::domain::moment::Moment;
use jianchad::testing::domain::now::{Clock, Now, TimeBase};
use jianchad::testing::service::{self, Service};

use crate::source::{Source, promised};

/// Units with windows in the hall.
pub const UNITS: u64 = 47;
/// Items in the catalogue.
pub const ITEMS: u64 = 610;

const CONFIG: &str = r#"
office = "示范市效能监察室"
ledger = "ledger.db"
[registry]
folder = "registry"
[mail]
from = "jianchad@example.gov.cn"
list_id = "jianchad.example.gov.cn"
folder = "mail"
[source.approval]
{source}sweep_at = "never"
[[source.approval.read]]
table = "UP_PRO_ACCEPT"
shape = "wide"
watermark = "CD_TIME"
case = "PROJECT_NO"
item = "ITEM_CODE"
traces = [
    { kind = "accepted", at = "ACCEPT_TIME", by = "HANDLER" },
    { kind_from = "RESULT", codes = { "1" = "decided", "2" = "withdrawn" }, at = "FINISH_TIME", by = "HANDLER" },
]
[[source.approval.read]]
table = "UP_PRO_PROCESS"
shape = "long"
watermark = "CD_TIME"
key = ["ID"]
case = "PROJECT_NO"
traces = [{ kind_from = "EVENT", codes = { "1" = "step", "2" = "paused", "3" = "resumed" }, at = "EVENT_TIME", stage = "EVENT_NAME", by = "USER_NAME" }]
"#;

/// A clock that shows what it was set to.
struct SetClock(Arc<Mutex<Now>>);

impl Clock for SetClock {
    fn now(&self) -> Now {
        *self.0.lock().expect("no thread panics while it holds the time")
    }

    fn running(&self) -> Duration {
        Duration::ZERO
    }

    fn base(&self) -> TimeBase {
        TimeBase::Person
    }
}

/// A civil time of the city, as a round's moment.
pub fn moment(naive: NaiveDateTime) -> Now {
    Now { instant: Moment::local(naive, Shanghai).at(), replay: false }
}

/// A city in a folder of its own, over a source that lies beside it.
pub struct City {
    folder: PathBuf,
    time: Arc<Mutex<Now>>,
    service: Option<Service>,
}

impl City {
    /// Writes the files of a city; its ledger is made when it is first used.
    pub fn new(folder: &Path, source: &Source) -> Self {
        Self::over(folder, source, "kind = \"sqlite\"\npath = \"../approval.db\"\n")
    }

    /// The same over a source of these lines.
    pub fn over(folder: &Path, source: &Source, lines: &str) -> Self {
        let registry = folder.join("registry");
        fs::create_dir_all(&registry).expect("the folder for the measurements can be written");
        let write = |name: &str, text: &str| {
            fs::write(folder.join(name), text).expect("the folder for the measurements can be written");
        };
        write("jianchad.toml", &CONFIG.replace("{source}", lines));
        let (units, items, contacts) = registry_files();
        write("registry/units.csv", &units);
        write("registry/items.csv", &items);
        write("registry/contacts.csv", &contacts);
        write(
            "registry/regions.csv",
            "区划代码,名称,级别,上级,是否有服务中心\n431000,示范市,市,,\n431001,东乡,乡镇,431000,是\n",
        );
        let time = Arc::new(Mutex::new(moment(source.end())));
        Self { folder: folder.to_owned(), time, service: None }
    }

    /// The configuration's file.
    pub fn config(&self) -> PathBuf {
        self.folder.join("jianchad.toml")
    }

    /// The ledger's file.
    pub fn ledger(&self) -> PathBuf {
        self.folder.join("ledger.db")
    }

    /// The time of the city's next round.
    pub fn set_time(&self, now: Now) {
        *self.time.lock().expect("no thread panics while it holds the time") = now;
    }

    /// The time as set.
    pub fn now(&self) -> Now {
        *self.time.lock().expect("no thread panics while it holds the time")
    }

    /// The service, opened if it is not. Letters stay in the outbox: sending is not measured here.
    pub fn service(&mut self) -> &mut Service {
        let (file, time) = (self.config(), self.time.clone());
        self.service.get_or_insert_with(|| {
            let config = service::load(&file).unwrap_or_else(|failure| {
                panic!("{}", failure.for_operator(jianchad::testing::domain::text::Language::English))
            });
            let mut service = Service::open(&config).unwrap_or_else(|failure| {
                panic!("{}", failure.for_operator(jianchad::testing::domain::text::Language::English))
            });
            service.clock = Box::new(SetClock(time));
            service.mailer = None;
            service
        })
    }

    /// Closes the ledger, which puts its WAL into its file.
    pub fn close(&mut self) {
        self.service = None;
    }
}

fn registry_files() -> (String, String, String) {
    let mut units = String::from("单位编码,单位名称,区划,性质\n");
    let mut contacts = String::from("单位,区划,角色,姓名,邮箱,语言\n");
    for unit in 0..UNITS {
        let kind = if unit < 6 { "垂管" } else { "市直" };
        writeln!(units, "U{unit:02},第{unit:02}局,431000,{kind}").expect("a string takes everything");
        writeln!(contacts, "U{unit:02},,承办人,经办{unit:02},handler{unit:02}@example.gov.cn,中文")
            .expect("a string takes everything");
        writeln!(contacts, "U{unit:02},,单位负责人,负责{unit:02},lead{unit:02}@example.gov.cn,中文")
            .expect("a string takes everything");
    }
    contacts.push_str(",,监察人员,监察室,supervisor@example.gov.cn,中文\n");
    contacts.push_str(",,系统管理员,Administrator,admin@example.gov.cn,英文\n");
    let mut items = String::from(
        "事项编码,事项名称,所属单位,事项类别,办件类型,承诺时限,法定时限,设定依据,必经环节,办理渠道\n",
    );
    for item in 0..ITEMS {
        let (unit, days) = (item % UNITS, promised(item));
        writeln!(
            items,
            "I{item:03},第{item:03}号许可,U{unit:02},行政许可,承诺件,{days}个工作日,20个工作日,\
             《行政许可法》第四十二条,受理;审查;审核,审批系统"
        )
        .expect("a string takes everything");
    }
    (units, items, contacts)
}
