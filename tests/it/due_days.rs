//! Due days of the clocks that ship, case by case: worked out from the clauses and the notices on working days by other means
//! than the program's.

use crate::bench::Bench;

/// Items of each kind without a limit of their own but for one promise, in Hunan (`U1`) and outside (`U9`).
const ITEMS: &str =
    "事项编码,事项名称,所属单位,事项类别,办件类型,承诺时限,法定时限,设定依据,必经环节,收费标准,办理渠道
LIC,采伐许可,U1,行政许可,承诺件,10个工作日,,,,,审批系统
JNT,联合审批,U1,行政许可,联办件,,,,,,审批系统
FWD,上报审批,U1,行政许可,上报件,,,,,,审批系统
INF,依申请公开,U1,依申请公开,承诺件,,,,,,审批系统
PET,来信来访,U1,信访事项,承诺件,,,,,,审批系统
REC,行政复议,U1,行政复议,承诺件,,,,,,审批系统
CMP,消费投诉,U1,投诉举报,承诺件,,,,,,审批系统
PEN,行政处罚,U9,行政处罚,承诺件,,,,,,审批系统
REG,转移登记,U9,不动产登记,承诺件,,,,,,审批系统
BUS,设立登记,U9,市场主体登记,承诺件,,,,,,审批系统
WAT,取水审批,U9,取水许可,承诺件,,,,,,审批系统
OTH,其他事项,U1,其他,承诺件,,,,,,审批系统
OJN,其他联办,U1,其他,联办件,,,,,,审批系统
OFW,其他上报,U1,其他,上报件,,,,,,审批系统
OUT,省外事项,U9,其他,承诺件,,,,,,审批系统
COM,查封扣押,U9,行政强制,承诺件,,,,,,审批系统
LEV,省外征收,U9,行政征收,承诺件,,,,,,审批系统
CHK,省外检查,U9,行政检查,承诺件,,,,,,审批系统
LEH,省内征收,U1,行政征收,承诺件,,,,,,审批系统
OWN,抵押登记,U9,不动产登记,承诺件,,5个工作日,,,,审批系统
JPR,联合验收,U1,行政许可,联办件,30个工作日,,,,,审批系统
PPR,网上信访,U1,信访事项,承诺件,45日,,,,,审批系统
RPR,首次登记,U9,不动产登记,承诺件,5个工作日,,,,,审批系统
";

/// A kind of trace with its stage, outcome or length, and its day: `extended:10wd 2024-09-27`. What follows is which clock ends
/// on which day, and how it stands in January 2025.
const CASES: [(&str, &str, &str); 154] = [
    // 《行政许可法》第三十二条：五个工作日；逾期自收件日起视为受理，第四十二条的二十个工作日自该日起算。
    (
        "LIC",
        "applied 2024-03-01",
        "XK2 2024-03-08 overdue; promise 2024-03-15 overdue; statutory 2024-03-29 overdue",
    ),
    (
        "LIC",
        "applied 2011-09-26",
        "XK2 2011-10-08 overdue; promise 2011-10-13 overdue; statutory 2011-10-27 overdue",
    ),
    (
        "LIC",
        "applied 2023-09-22",
        "XK2 2023-10-07 overdue; promise 2023-10-12 overdue; statutory 2023-10-26 overdue",
    ),
    (
        "LIC",
        "applied 2024-02-06",
        "XK2 2024-02-19 overdue; promise 2024-02-26 overdue; statutory 2024-03-11 overdue",
    ),
    (
        "LIC",
        "applied 2020-01-20",
        "XK2 2020-02-04 overdue; promise 2020-02-11 overdue; statutory 2020-02-25 overdue",
    ),
    (
        "LIC",
        "applied 2024-04-30",
        "XK2 2024-05-10 overdue; promise 2024-05-16 overdue; statutory 2024-05-30 overdue",
    ),
    ("LIC", "applied 2024-03-01; accepted 2024-03-08", "XK2 2024-03-08 met; statutory 2024-04-08 overdue"),
    (
        "LIC",
        "applied 2024-03-01; accepted 2024-03-11",
        "XK2 2024-03-08 met_late; statutory 2024-03-29 overdue",
    ),
    // 逾期后才决定不予受理：到此为止，是否超期以自收件日起的期限为准。
    (
        "LIC",
        "applied 2024-03-01; not_accepted 2024-03-29",
        "XK2 2024-03-08 met_late; statutory 2024-03-29 met",
    ),
    (
        "LIC",
        "applied 2024-03-01; not_accepted 2024-04-01",
        "XK2 2024-03-08 met_late; promise 2024-03-15 met_late; statutory 2024-03-29 met_late",
    ),
    // 第三十二条第一款第五项：补齐后受理，每次补齐都重新计五日。
    (
        "LIC",
        "applied 2024-03-01; supplement_requested 2024-03-07; supplement_received 2024-03-12",
        "XK2 2024-03-08 met; XK3 2024-03-19 overdue",
    ),
    (
        "LIC",
        "applied 2024-03-01; supplement_requested 2024-03-07; supplement_received 2024-03-12; supplement_requested 2024-03-14; supplement_received 2024-03-20",
        "XK3 2024-03-27 overdue",
    ),
    // 第四十二条第一款：二十个工作日，可以延长十个工作日，以一次为限；第四十五条的时间除外。
    ("LIC", "accepted 2011-09-26", "statutory 2011-10-27 overdue"),
    ("LIC", "accepted 2024-02-05", "statutory 2024-03-08 overdue"),
    ("LIC", "accepted 2024-09-10", "statutory 2024-10-14 overdue"),
    ("LIC", "accepted 2019-04-15", "statutory 2019-05-14 overdue"),
    ("LIC", "accepted 2021-12-20", "statutory 2022-01-18 overdue"),
    (
        "LIC",
        "accepted 2024-09-10; extended:10wd 2024-09-27",
        "promise 2024-09-25 overdue; statutory 2024-10-28 overdue",
    ),
    (
        "LIC",
        "accepted 2024-09-10; extended:30wd 2024-09-27; extended:10wd 2024-09-29",
        "statutory 2024-10-28 overdue",
    ),
    ("LIC", "accepted 2024-09-10; extended:10wd 2024-10-15", "statutory 2024-10-14 overdue"),
    (
        "LIC",
        "accepted 2024-09-10; paused:听证 2024-09-18; resumed:听证 2024-10-09",
        "statutory 2024-10-30 overdue",
    ),
    (
        "LIC",
        "accepted 2024-09-10; paused:听证 2024-09-18; paused:检测 2024-09-27; resumed:听证 2024-10-09; resumed:检测 2024-10-14",
        "statutory 2024-11-05 overdue",
    ),
    (
        "LIC",
        "accepted 2024-09-10; paused:听证 2024-09-05; resumed:听证 2024-09-13",
        "statutory 2024-10-17 overdue",
    ),
    (
        "LIC",
        "accepted 2024-09-10; paused:听证 2024-09-18; paused:听证 2024-09-27; resumed:听证 2024-10-09",
        "statutory 2024-10-21 overdue",
    ),
    (
        "LIC",
        "accepted 2024-09-10; paused:听证 2024-09-18; extended:10wd 2024-09-27; resumed:听证 2024-10-09; resumed:听证 2024-10-12",
        "statutory 2024-11-13 overdue",
    ),
    // 第四十二条第二款：四十五个工作日，可以延长十五个工作日；第四十三条：二十个工作日，条款没有延期。
    ("JNT", "accepted 2023-08-21", "statutory 2023-10-27 overdue"),
    ("JNT", "accepted 2023-08-21; extended:15wd 2023-10-20", "statutory 2023-11-17 overdue"),
    ("FWD", "accepted 2023-08-21", "statutory 2023-09-18 overdue"),
    ("FWD", "accepted 2023-08-21; extended:10wd 2023-09-04", "statutory 2023-09-18 overdue"),
    ("JNT", "accepted 2011-10-10", "statutory 2011-12-12 overdue"),
    ("JNT", "accepted 2011-10-10; extended:15wd 2011-12-05", "statutory 2011-12-31 overdue"),
    ("FWD", "accepted 2011-10-10", "statutory 2011-11-07 overdue"),
    ("FWD", "accepted 2011-10-10; extended:10wd 2011-10-24", "statutory 2011-11-07 overdue"),
    ("FWD", "accepted 2023-08-21; forwarded 2023-09-18", "statutory 2023-09-18 met"),
    // 第四十四条：准予后十个工作日送达；第四十七条：申请听证后二十个工作日组织听证。
    (
        "LIC",
        "accepted 2024-09-10; decided:granted 2024-09-25",
        "XK9 2024-10-14 overdue; statutory 2024-10-14 met",
    ),
    ("LIC", "accepted 2024-09-10; decided:granted 2024-09-25; delivered 2024-10-14", "XK9 2024-10-14 met"),
    ("LIC", "accepted 2024-09-10; step:听证申请 2024-09-12", "XK12 2024-10-16 overdue"),
    ("LIC", "accepted 2024-09-10; step:听证申请 2024-09-12; step:听证 2024-10-16", "XK12 2024-10-16 met"),
    (
        "LIC",
        "accepted 2024-09-10; step:听证申请 2024-09-12; paused:听证 2024-09-13; step:听证 2024-10-17",
        "XK12 2024-10-16 met_late",
    ),
    // 《政府信息公开条例》：2019-05-14 以前十五个工作日，其后二十个工作日；延长以条款所给为限。
    ("INF", "applied 2019-05-14", "statutory 2019-06-04 overdue"),
    ("INF", "applied 2019-05-14; extended:30wd 2019-05-21", "statutory 2019-06-26 overdue"),
    ("INF", "applied 2019-05-15", "statutory 2019-06-13 overdue"),
    ("INF", "applied 2019-05-15; extended:30wd 2019-05-22", "statutory 2019-07-11 overdue"),
    ("INF", "applied 2018-09-20", "statutory 2018-10-17 overdue"),
    ("INF", "applied 2018-09-20; extended:30wd 2018-09-28", "statutory 2018-11-07 overdue"),
    ("INF", "applied 2024-01-25", "statutory 2024-02-27 overdue"),
    ("INF", "applied 2024-01-25; extended:30wd 2024-02-01", "statutory 2024-03-26 overdue"),
    ("INF", "applied 2024-06-03", "statutory 2024-07-02 overdue"),
    ("INF", "applied 2024-06-03; extended:30wd 2024-06-11", "statutory 2024-07-30 overdue"),
    // 第三十条：自收到补正后的申请之日起重新计算，以一次为限；第三十三条第三款：征求第三方意见以十五个工作日为限。
    (
        "INF",
        "applied 2024-06-03; supplement_requested 2024-06-11; supplement_received 2024-06-18",
        "XG4 2024-06-13 met; statutory 2024-07-16 overdue",
    ),
    (
        "INF",
        "applied 2024-06-03; supplement_requested 2024-06-11; supplement_received 2024-06-18; supplement_requested 2024-06-20; supplement_received 2024-07-08",
        "statutory 2024-07-16 overdue",
    ),
    (
        "INF",
        "applied 2024-06-03; supplement_requested 2024-06-11; supplement_received 2024-06-18; supplement_requested 2024-06-20",
        "statutory 2024-07-16 overdue",
    ),
    (
        "INF",
        "applied 2024-06-03; supplement_requested 2024-07-03; supplement_received 2024-07-10",
        "statutory 2024-07-02 overdue",
    ),
    (
        "INF",
        "applied 2024-06-03; paused:征求第三方意见 2024-06-11; resumed:征求第三方意见 2024-06-20",
        "statutory 2024-07-12 overdue",
    ),
    (
        "INF",
        "applied 2024-06-03; paused:征求第三方意见 2024-06-11; resumed:征求第三方意见 2024-08-30",
        "statutory 2024-07-23 overdue",
    ),
    ("INF", "applied 2024-06-03; paused:征求第三方意见 2024-06-11", "statutory 2024-07-23 overdue"),
    ("INF", "applied 2024-06-03; not_accepted 2024-06-05", "statutory 2024-07-02 met"),
    // 《行政复议法》1999年法第十七条：自收到之日起视为受理；2023年法第三十条：自期限届满之日起视为受理。
    ("REC", "applied 2023-09-22", "FY8 2023-10-07 overdue; statutory 2023-11-21 overdue"),
    ("REC", "applied 2023-12-29", "FY8 2024-01-08 overdue; statutory 2024-02-27 overdue"),
    ("REC", "applied 2024-01-02", "FY8 2024-01-09 overdue; statutory 2024-03-11 overdue"),
    ("REC", "applied 2024-02-06", "FY8 2024-02-19 overdue; statutory 2024-04-19 overdue"),
    ("REC", "applied 2024-09-25", "FY8 2024-10-08 overdue; statutory 2024-12-09 overdue"),
    (
        "REC",
        "applied 2024-03-01; supplement_requested 2024-03-06; supplement_received 2024-03-14",
        "FY8 2024-03-21 overdue; statutory 2024-05-20 overdue",
    ),
    (
        "REC",
        "applied 2024-03-01; supplement_requested 2024-03-06; supplement_received 2024-03-14; supplement_requested 2024-03-18; supplement_received 2024-03-25",
        "FY8 2024-03-21 overdue; statutory 2024-05-20 overdue",
    ),
    (
        "REC",
        "applied 2024-03-01; not_accepted 2024-03-15",
        "FY8 2024-03-08 met_late; statutory 2024-05-07 met",
    ),
    // 第六十二条：六十日，可以延长三十日；第三十九条中止的时间除外；期限不在暂停中届满。
    ("REC", "accepted 2023-11-01", "statutory 2024-01-02 overdue"),
    ("REC", "accepted 2023-11-01; extended:30d 2023-11-15", "statutory 2024-01-30 overdue"),
    ("REC", "accepted 2024-03-04", "statutory 2024-05-06 overdue"),
    ("REC", "accepted 2024-03-04; extended:30d 2024-03-18", "statutory 2024-06-03 overdue"),
    ("REC", "accepted 2024-08-05", "statutory 2024-10-08 overdue"),
    ("REC", "accepted 2024-08-05; extended:30d 2024-08-19", "statutory 2024-11-04 overdue"),
    (
        "REC",
        "accepted 2024-03-04; paused:中止 2024-04-01; resumed:中止 2024-04-30",
        "statutory 2024-06-03 overdue",
    ),
    ("REC", "accepted 2024-03-04; step:发送被申请人 2024-03-14", "FY11 2024-03-13 met_late"),
    // 信访条例、信访工作条例：十五日，六十日，可以延长三十日。
    ("PET", "applied 2022-04-15", "XF4 2022-05-05 overdue"),
    ("PET", "accepted 2022-04-15", "statutory 2022-06-14 overdue"),
    ("PET", "accepted 2022-04-15; extended:60d 2022-04-28", "statutory 2022-07-14 overdue"),
    ("PET", "applied 2022-05-05", "XF4 2022-05-20 overdue"),
    ("PET", "accepted 2022-05-05", "statutory 2022-07-04 overdue"),
    ("PET", "accepted 2022-05-05; extended:60d 2022-05-18", "statutory 2022-08-03 overdue"),
    ("PET", "applied 2024-02-01", "XF4 2024-02-18 overdue"),
    ("PET", "accepted 2024-02-01", "statutory 2024-04-01 overdue"),
    ("PET", "accepted 2024-02-01; extended:60d 2024-02-20", "statutory 2024-05-06 overdue"),
    ("PET", "applied 2022-05-05; forwarded 2022-05-20", "XF4 2022-05-20 met"),
    // 投诉七个工作日；《行政处罚法》第六十条：九十日，可以延长三十日。
    ("CMP", "applied 2024-02-05", "TS1 2024-02-20 overdue"),
    ("CMP", "applied 2022-04-28", "TS1 2022-05-11 overdue"),
    ("PEN", "accepted 2021-07-15", "statutory 2021-10-13 overdue"),
    ("PEN", "accepted 2021-07-15; extended:90d 2021-07-29", "statutory 2021-11-12 overdue"),
    ("PEN", "accepted 2024-01-02", "statutory 2024-04-01 overdue"),
    ("PEN", "accepted 2024-01-02; extended:90d 2024-01-16", "statutory 2024-05-06 overdue"),
    // 不动产登记暂行条例第二十条：三十个工作日，没有延期；没有受理记录的，自收到申请之日起算；期满后的受理不再重新起算。
    ("REG", "accepted 2024-03-01", "statutory 2024-04-15 overdue"),
    ("REG", "accepted 2024-03-01; extended:30wd 2024-03-15", "statutory 2024-04-15 overdue"),
    ("REG", "applied 2024-03-01", "statutory 2024-04-15 overdue"),
    ("REG", "applied 2024-03-01; accepted 2024-04-15", "statutory 2024-05-28 overdue"),
    ("REG", "applied 2024-03-01; accepted 2024-04-16", "statutory 2024-04-15 overdue"),
    (
        "REG",
        "applied 2024-03-01; supplement_requested 2024-03-05; supplement_received 2024-03-13",
        "statutory 2024-04-25 overdue",
    ),
    (
        "REG",
        "accepted 2024-03-01; supplement_requested 2024-03-05; supplement_received 2024-03-13",
        "statutory 2024-04-15 overdue",
    ),
    ("REG", "applied 2024-03-01; not_accepted 2024-03-01", "statutory 2024-04-15 met"),
    ("REG", "accepted 2024-01-15", "statutory 2024-02-29 overdue"),
    ("REG", "accepted 2024-01-15; extended:30wd 2024-01-29", "statutory 2024-02-29 overdue"),
    ("REG", "applied 2024-01-15", "statutory 2024-02-29 overdue"),
    ("REG", "applied 2024-01-15; accepted 2024-02-29", "statutory 2024-04-12 overdue"),
    ("REG", "applied 2024-01-15; accepted 2024-03-01", "statutory 2024-02-29 overdue"),
    (
        "REG",
        "applied 2024-01-15; supplement_requested 2024-01-17; supplement_received 2024-01-25",
        "statutory 2024-03-12 overdue",
    ),
    (
        "REG",
        "accepted 2024-01-15; supplement_requested 2024-01-17; supplement_received 2024-01-25",
        "statutory 2024-02-29 overdue",
    ),
    ("REG", "applied 2024-01-15; not_accepted 2024-01-15", "statutory 2024-02-29 met"),
    // 目录所定更短的，依目录。
    ("OWN", "applied 2024-03-01", "statutory 2024-03-08 overdue"),
    ("OWN", "applied 2024-03-01; accepted 2024-03-08", "statutory 2024-03-15 overdue"),
    ("OWN", "applied 2024-03-01; accepted 2024-03-11", "statutory 2024-03-08 overdue"),
    // 市场主体登记管理条例第十九条：三个工作日，可以延长三个工作日。
    ("BUS", "applied 2024-04-29", "statutory 2024-05-07 overdue"),
    ("BUS", "accepted 2024-04-29; extended:5wd 2024-05-06", "statutory 2024-05-10 overdue"),
    ("BUS", "applied 2024-04-29; accepted 2024-05-08", "statutory 2024-05-07 overdue"),
    ("BUS", "applied 2022-03-01", "statutory 2022-03-04 overdue"),
    ("BUS", "accepted 2022-03-01; extended:5wd 2022-03-03", "statutory 2022-03-09 overdue"),
    ("BUS", "applied 2022-03-01; accepted 2022-03-07", "statutory 2022-03-04 overdue"),
    ("BUS", "applied 2022-02-28", "SS1 2022-04-28 overdue"),
    // 取水许可条例第十九条：四十五个工作日；第十三条：五个工作日；征求有关部门意见的时间除外。
    ("WAT", "accepted 2023-08-21", "statutory 2023-10-27 overdue"),
    ("WAT", "applied 2023-08-21", "XK2 2023-08-28 overdue; statutory 2023-10-27 overdue"),
    ("WAT", "accepted 2024-03-01", "statutory 2024-05-08 overdue"),
    ("WAT", "applied 2024-03-01", "XK2 2024-03-08 overdue; statutory 2024-05-08 overdue"),
    (
        "WAT",
        "accepted 2024-03-01; paused:征求有关部门意见 2024-03-11; resumed:征求有关部门意见 2024-03-20",
        "statutory 2024-05-17 overdue",
    ),
    // 湖南省行政程序规定第八十一条：二十日、四十五日、二十日、六十日；《行政诉讼法》第四十七条：两个月，没有延期。
    ("OTH", "accepted 2024-03-01", "statutory 2024-03-21 overdue"),
    ("OTH", "accepted 2024-03-01; extended:20d 2024-03-08", "statutory 2024-04-01 overdue"),
    ("OJN", "accepted 2024-03-01", "statutory 2024-04-15 overdue"),
    ("OFW", "accepted 2024-03-01; extended:10d 2024-03-08", "statutory 2024-03-21 overdue"),
    ("LEH", "accepted 2024-03-01", "statutory 2024-04-30 overdue"),
    ("OUT", "applied 2024-03-01", "statutory 2024-05-06 overdue"),
    ("OUT", "accepted 2024-03-01; extended:1mo 2024-03-08", "statutory 2024-05-06 overdue"),
    ("OTH", "applied 2024-03-01", "SS1 2024-05-06 overdue"),
    ("OTH", "accepted 2024-09-02", "statutory 2024-09-23 overdue"),
    ("OTH", "accepted 2024-09-02; extended:20d 2024-09-09", "statutory 2024-10-08 overdue"),
    ("OJN", "accepted 2024-09-02", "statutory 2024-10-17 overdue"),
    ("OFW", "accepted 2024-09-02; extended:10d 2024-09-09", "statutory 2024-09-23 overdue"),
    ("LEH", "accepted 2024-09-02", "statutory 2024-11-01 overdue"),
    ("OUT", "applied 2024-09-02", "statutory 2024-11-04 overdue"),
    ("OUT", "accepted 2024-09-02; extended:1mo 2024-09-09", "statutory 2024-11-04 overdue"),
    ("OTH", "applied 2024-09-02", "SS1 2024-11-04 overdue"),
    ("OUT", "applied 2023-12-31", "statutory 2024-02-29 overdue"),
    // 《行政强制法》第二十五条、第三十二条：三十日，末日不顺延，可以延长三十日。
    ("COM", "accepted 2024-01-19; step:查封 2024-01-19", "QZ1 2024-02-18 overdue"),
    ("COM", "accepted 2024-01-19; step:扣押 2024-01-19; extended:60d 2024-02-01", "QZ1 2024-03-19 overdue"),
    ("COM", "accepted 2024-01-19; step:冻结 2024-01-19", "QZ2 2024-02-18 overdue; QZ3 2024-01-24 overdue"),
    // 《行政许可法》第四十二条：延长十日；第八十二条：以工作日计算。第九日、第十日；多一日的，多出部分不算。
    (
        "LIC",
        "accepted 2024-03-04; extended:9天 2024-03-12",
        "promise 2024-03-29 overdue; statutory 2024-04-15 overdue",
    ),
    (
        "LIC",
        "accepted 2024-03-04; extended:10日 2024-03-12",
        "promise 2024-04-01 overdue; statutory 2024-04-16 overdue",
    ),
    (
        "LIC",
        "accepted 2024-03-04; extended:11日 2024-03-12",
        "promise 2024-04-01 overdue; statutory 2024-04-16 overdue",
    ),
    // 第四十二条第二款：联办四十五日，延长十五日；承诺时限随之延长，不以十日为限。
    (
        "JPR",
        "accepted 2024-03-04; extended:14wd 2024-04-10",
        "promise 2024-05-08 overdue; statutory 2024-05-28 overdue",
    ),
    (
        "JPR",
        "accepted 2024-03-04; extended:15wd 2024-04-10",
        "promise 2024-05-09 overdue; statutory 2024-05-29 overdue",
    ),
    (
        "JPR",
        "accepted 2024-03-04; extended:16wd 2024-04-10",
        "promise 2024-05-09 overdue; statutory 2024-05-29 overdue",
    ),
    (
        "JPR",
        "accepted 2024-03-04; extended 2024-04-10",
        "promise 2024-05-09 overdue; statutory 2024-05-29 overdue",
    ),
    // 信访工作条例第三十四条：六十日，延长三十日；未载明期限的，两个时限都延长三十日。
    (
        "PPR",
        "accepted 2024-03-04; extended:29d 2024-04-10",
        "promise 2024-05-17 overdue; statutory 2024-06-03 overdue",
    ),
    (
        "PPR",
        "accepted 2024-03-04; extended:31d 2024-04-10",
        "promise 2024-05-20 overdue; statutory 2024-06-03 overdue",
    ),
    (
        "PPR",
        "accepted 2024-03-04; extended 2024-04-10",
        "promise 2024-05-20 overdue; statutory 2024-06-03 overdue",
    ),
    // 以工作日载明的，不短于其所载：第二十个、第二十一个工作日；至多三十日。
    (
        "PPR",
        "accepted 2024-03-04; extended:20wd 2024-04-10",
        "promise 2024-05-17 overdue; statutory 2024-05-31 overdue",
    ),
    (
        "PPR",
        "accepted 2024-03-04; extended:21wd 2024-04-10",
        "promise 2024-05-20 overdue; statutory 2024-06-03 overdue",
    ),
    (
        "PPR",
        "accepted 2024-03-04; extended:22wd 2024-04-10",
        "promise 2024-05-20 overdue; statutory 2024-06-03 overdue",
    ),
    // 不动产登记没有可以延长的条款：承诺时限照旧以十个工作日为限。
    (
        "RPR",
        "accepted 2024-03-04; extended:11wd 2024-03-08",
        "promise 2024-03-25 overdue; statutory 2024-04-16 overdue",
    ),
];

/// A city that records all kinds of events in one table.
fn city() -> Bench {
    let mut city = Bench::new();
    city.write("registry/items.csv", ITEMS);
    city.elsewhere();
    city.configure(
        "charged = \"charged\"",
        "charged = \"charged\", applied = \"applied\", accepted = \"accepted\", forwarded = \"forwarded\", \
         delivered = \"delivered\", granted = \"decided:granted\", withdrawn = \"withdrawn\"",
    );
    city
}

/// A case with its events, as one line tells them.
fn enter(city: &Bench, number: &str, item: &str, events: &str) {
    let mut sql =
        format!("INSERT INTO cases (number, item, changed) VALUES ('{number}', '{item}', '2004-01-01');");
    for event in events.split("; ") {
        let (what, at) = event.split_once(' ').unwrap();
        let (kind, of) = what.split_once(':').unwrap_or((what, ""));
        let (kind, stage, amount) = match kind {
            "decided" => (of, "", ""),
            "extended" => (kind, "", of),
            _ => (kind, of, ""),
        };
        sql.push_str(&format!(
            "INSERT INTO events (number, kind, stage, at, clerk, note, amount, changed)
             VALUES ('{number}', '{kind}', nullif('{stage}', ''), '{at}', '李局长', '函〔2024〕6号', nullif('{amount}', ''), '{at}');"
        ));
    }
    city.approval(&sql);
}

/// Each clock of each case.
#[test]
fn every_clock_ends_on_the_day_that_its_clause_gives() {
    let mut city = city();
    for (number, (item, events, _)) in CASES.iter().enumerate() {
        enter(&city, &format!("C{number:03}"), item, events);
    }
    city.rounds_on(&["2025-01-15"]);
    let mut wrong = Vec::new();
    for (number, (item, events, expected)) in CASES.iter().enumerate() {
        for clock in expected.split("; ") {
            let id = clock.split(' ').next().unwrap();
            let found = city.ledger(&format!(
                "SELECT clock || ' ' || coalesce(due_at, '-') || ' ' || state FROM deadlines
                 WHERE case_number = 'C{number:03}' AND clock = '{id}'"
            ));
            if found != [clock] {
                wrong.push(format!("{item} {events}: {found:?}, not {clock}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Why a rule found something in a case, if it did.
fn why(city: &Bench, rule: &str, case: &str) -> Option<String> {
    let sql = format!("SELECT why FROM findings WHERE rule = '{rule}' AND case_number = '{case}'");
    city.ledger(&sql).into_iter().next()
}

/// 《行政许可法》第四十三条、不动产登记暂行条例第二十条、《行政诉讼法》第四十七条 and 湖南省行政程序规定第八十一条第三项 know no extension: one
/// on record adds nothing and is found. Where the clause gives one, as much as it gives is no finding.
#[test]
fn an_extension_that_the_clause_does_not_give_is_found() {
    let mut city = city();
    for item in ["FWD", "REG", "OUT", "OFW", "WAT", "LIC", "INF", "BUS", "OTH"] {
        enter(&city, item, item, "accepted 2024-03-01; extended 2024-03-04");
    }
    enter(&city, "BEFORE", "LIC", "extended:10wd 2024-02-28; accepted 2024-03-01");
    city.rounds_on(&["2024-03-05"]);
    for item in ["FWD", "REG", "OUT", "OFW", "WAT"] {
        let why = why(&city, "extension-misuse", item).unwrap_or_default();
        assert!(why.contains("法定时限：2024-03-04 延期没有依据：所依条款未规定可以延期"), "{item}: {why}");
    }
    for item in ["LIC", "INF", "BUS", "OTH"] {
        assert_eq!(why(&city, "extension-misuse", item), None, "{item}");
    }
    let before = why(&city, "extension-misuse", "BEFORE").unwrap();
    assert!(before.contains("法定时限：2024-02-28 延期批准时时限尚未起算"), "{before}");
}

/// A length in another unit than the limit's is no misuse up to what the clause gives, and one day more is: 十日 of a licence are
/// working days (《行政许可法》第八十二条), 21 working days of a petition extended on 2024-04-10 end with the thirty days of the clause, as
/// 05-18 is a Saturday. What is the bound of the law's limit is that of the promise.
#[test]
fn an_extension_in_another_unit_is_found_where_it_is_longer() {
    let mut city = city();
    for (case, item, length) in [
        ("L10", "LIC", ":10日"),
        ("L11", "LIC", ":11天"),
        ("P21", "PPR", ":21wd"),
        ("P22", "PPR", ":22wd"),
        ("PNO", "PPR", ""),
        ("J15", "JPR", ":15wd"),
        ("J16", "JPR", ":16wd"),
    ] {
        enter(&city, case, item, &format!("accepted 2024-03-04; extended{length} 2024-03-11"));
    }
    city.rounds_on(&["2024-03-12"]);
    for case in ["L10", "P21", "PNO", "J15"] {
        assert_eq!(why(&city, "extension-misuse", case), None, "{case}");
    }
    for (case, said) in [
        ("L11", "延期 11 个工作日，超过规定的 10 个工作日"),
        ("P22", "延期 22 个工作日，超过规定的 30 日"),
        ("J16", "延期 16 个工作日，超过规定的 15 个工作日"),
    ] {
        let why = why(&city, "extension-misuse", case).unwrap_or_default();
        let on_both =
            ["承诺时限", "法定时限"].map(|clock| why.contains(&format!("{clock}：2024-03-11 {said}")));
        assert_eq!(on_both, [true, true], "{case}: {why}");
    }
}

/// 《政府信息公开条例》第三十条、《行政复议法》第三十一条: what is missing is said once. A second correction begins nothing anew, and
/// that is said where it is found and in the card: corrected on 2024-06-18, due 07-16. 《行政许可法》第三十二条第一款第五项 begins its five
/// days with all corrections in.
#[test]
fn a_second_correction_begins_no_limit_anew_and_says_so() {
    let mut city = city();
    let first = "supplement_requested 2024-06-05; supplement_received 2024-06-18";
    let twice = format!("{first}; supplement_requested 2024-06-20; supplement_received 2024-07-08");
    enter(&city, "ONCE", "INF", &format!("applied 2024-06-03; {first}"));
    enter(&city, "TWICE", "INF", &format!("applied 2024-06-03; {twice}"));
    enter(&city, "REVIEW", "REC", &format!("applied 2024-06-03; {twice}"));
    enter(&city, "LICENCE", "LIC", &format!("applied 2024-06-03; {twice}"));
    let late = |city: &Bench| {
        city.ledger(
            "SELECT case_number || ' ' || card FROM findings WHERE clock = 'statutory' AND standing = 'open' ORDER BY 1",
        )
    };
    city.rounds_on(&["2024-07-11"]);
    assert_eq!(late(&city), [""; 0]);
    city.rounds_on(&["2024-07-16"]);
    assert_eq!(late(&city), ["ONCE notice", "TWICE notice"]);
    city.rounds_on(&["2024-07-17"]);
    assert_eq!(late(&city), ["ONCE red", "TWICE red"]);
    let said = "再次补正，依法应当一次告知，时限不再重新计算";
    let card = |case: &str| {
        city.ledger(&format!("SELECT why FROM findings WHERE clock = 'statutory' AND case_number = '{case}'"))
    };
    assert!(card("TWICE")[0].contains(&format!("2024-06-20 {said}")), "{:?}", card("TWICE"));
    assert!(!card("ONCE")[0].contains(said));
    for (case, words) in
        [("TWICE", "法定时限只因第一次补正重新计算"), ("REVIEW", "审查申请只因第一次补正重新计算")]
    {
        let why = why(&city, "second-correction", case).unwrap();
        assert!(why.contains("告知补正 2 次") && why.contains(words), "{why}");
    }
    let licence = why(&city, "second-correction", "LICENCE").unwrap();
    assert!(!licence.contains("重新计算"), "{licence}");
    // Examined by 06-25, five working days after the first correction, it counts as accepted from then on.
    let examined = "SELECT due_at FROM deadlines WHERE case_number = 'REVIEW' AND clock = 'FY8'";
    assert_eq!(city.ledger(examined), ["2024-06-25"]);
}

/// What an office begins itself is not filed: an application alone starts no limit of a penalty (《行政处罚法》第六十条：自立案之日起), a
/// compulsion, a levy or an inspection. Outside Hunan no law known here limits a levy or an inspection at all, which check-config
/// says by name; what is sealed has thirty days, 2024-03-01 to 03-31, a Sunday on which it ends.
#[test]
fn what_the_office_begins_itself_is_not_late_by_an_application() {
    let mut city = city();
    for item in ["PEN", "COM", "LEV", "CHK", "LEH"] {
        enter(&city, item, item, "applied 2024-03-01");
    }
    enter(&city, "SEALED", "COM", "accepted 2024-03-01; step:查封 2024-03-01");
    enter(&city, "LIFTED", "COM", "accepted 2024-03-01; step:查封 2024-03-01; granted 2024-03-31");
    let late = |city: &Bench| {
        city.ledger(
            "SELECT case_number || ' ' || clock || ' ' || card FROM findings WHERE rule = 'time-limit' AND standing = 'open' ORDER BY 1",
        )
    };
    city.rounds_on(&["2024-03-27"]);
    assert_eq!(late(&city), [""; 0]);
    city.rounds_on(&["2024-03-29", "2024-03-31"]);
    assert_eq!(late(&city), ["SEALED QZ1 notice"], "the day is not over");
    city.rounds_on(&["2024-04-01", "2024-12-31"]);
    assert_eq!(late(&city), ["SEALED QZ1 red"]);
    let config = city.path("jianchad.toml").display().to_string();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
    let done = command.env("JIANCHAD_LANG", "en").args(["check-config", "-c", &config]).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(
        said.contains("no time limit can ever be late on 2 items, by the catalogue or by law: CHK, LEV\n"),
        "{said}"
    );
    let digest = city.ledger("SELECT text FROM letters WHERE kind = 'digest'").join("");
    assert!(digest.contains("目录中未填写任何时限的事项 18 项"), "{digest}");
}

/// 承诺时限 within the law: where the catalogue gives no limit of the law, check-config holds the promise against the clause that runs on
/// the item, and says which are longer. As long as the clause is not longer, nor is what is only assumed a bound; what the catalogue
/// gives itself goes before.
#[test]
fn a_promise_beyond_the_clause_is_told_where_the_catalogue_gives_no_limit() {
    let city = city();
    let rows = [
        "L20,许可二十,U1,行政许可,承诺件,20个工作日,,,,,审批系统",
        "L21,许可二十一,U1,行政许可,承诺件,21个工作日,,,,,审批系统",
        "L30,许可三十,U1,行政许可,承诺件,30个工作日,30个工作日,,,,审批系统",
        "J45,联办四十五,U1,行政许可,联办件,45个工作日,,,,,审批系统",
        "P60,信访六十,U1,信访事项,承诺件,60日,,,,,审批系统",
        "P61,信访六十一,U1,信访事项,承诺件,61日,,,,,审批系统",
        "I21,公开二十一,U1,依申请公开,承诺件,21个工作日,,,,,审批系统",
        "O99,其他,U9,其他,承诺件,99个工作日,,,,,审批系统",
        "L25,许可自然日,U1,行政许可,承诺件,25日,,,,,审批系统",
    ];
    city.write("registry/items.csv", &format!("{ITEMS}{}\n", rows.join("\n")));
    let checked = |language: &str| {
        let config = city.path("jianchad.toml").display().to_string();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
        let done = command.args(["check-config", "--lang", language, "-c", &config]).output().unwrap();
        assert!(done.status.success());
        String::from_utf8(done.stdout).unwrap()
    };
    let said = checked("zh-CN");
    let told = |words: &str| said.lines().find(|line| line.contains(words)).unwrap_or_default();
    let longer = told("承诺时限长于法律规定的时限");
    assert!(longer.starts_with("注意：3个事项目录未填法定时限"), "{said}");
    assert!(
        longer.contains("L21（承诺 21 个工作日，《行政许可法》第四十二条第一款为 20 个工作日）"),
        "{longer}"
    );
    assert!(longer.contains("P61（承诺 61 日") && longer.contains("I21（承诺 21 个工作日"), "{longer}");
    let unsure = told("承诺时限无法与法律规定的时限比较");
    assert!(unsure.starts_with("注意：1个事项") && unsure.contains("L25（承诺 25 日"), "{said}");
    let english = checked("en");
    assert!(
        english.contains("3 item(s) without a statutory limit in the catalogue have a promise"),
        "{english}"
    );
}

/// The same of every version of the catalogue that is in force or to come, and of none that is past.
#[test]
fn a_promise_beyond_the_clause_is_told_of_every_version_in_force_or_to_come() {
    let city = city();
    let header = ITEMS.lines().next().unwrap();
    let row = |code: &str, days: u32, from: &str, until: &str| {
        format!("{code},许可,U1,行政许可,承诺件,{days}个工作日,,,,,审批系统,{from},{until}\n")
    };
    let rows = [
        row("PAST", 25, "", "2001-12-31"),
        row("PAST", 20, "2002-01-01", ""),
        row("NOW", 22, "", "2999-12-31"),
        row("NOW", 10, "3000-01-01", ""),
        row("THEN", 10, "", "2999-12-31"),
        row("THEN", 30, "3000-01-01", ""),
    ];
    city.write("registry/items.csv", &format!("{header},有效期起,有效期止\n{}", rows.concat()));
    let config = city.path("jianchad.toml").display().to_string();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
    let done = command.args(["check-config", "--lang", "zh-CN", "-c", &config]).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    let longer = said.lines().find(|line| line.contains("承诺时限长于法律规定的时限")).unwrap_or_default();
    assert!(longer.starts_with("注意：2个事项目录未填法定时限"), "{said}");
    assert!(
        longer.contains("NOW（承诺 22 个工作日") && longer.contains("THEN自3000-01-01起（承诺 30"),
        "{longer}"
    );
}

/// 《行政许可法》第四十七条: a hearing that was asked for is held within twenty working days, 2024-03-01 to 03-29, be it recorded as a
/// step or as the special procedure that ends with it. A decision is no hearing; where the applicant gave it up there is none to
/// hold, and where nobody asked there is none either.
#[test]
fn a_hearing_that_was_asked_for_is_held_in_time() {
    let mut city = city();
    let asked = "accepted 2024-02-28; step:听证申请 2024-03-01";
    for (case, then) in [
        ("A-STEP", "; step:听证 2024-03-29"),
        ("B-PROCEDURE", "; paused:听证 2024-03-04; resumed:听证 2024-03-29"),
        ("C-LATE", "; step:听证 2024-03-30"),
        ("D-DECIDED", "; granted 2024-03-12; delivered 2024-03-13"),
        ("E-GIVEN-UP", "; step:放弃听证 2024-03-05; granted 2024-03-12; delivered 2024-03-13"),
        ("F-OTHER", "; paused:检测 2024-03-04; resumed:检测 2024-03-29"),
    ] {
        enter(&city, case, "LIC", &format!("{asked}{then}"));
    }
    enter(&city, "G-NONE", "LIC", "accepted 2024-02-28; granted 2024-03-12; delivered 2024-03-13");
    let late = |city: &Bench| {
        city.ledger("SELECT case_number || ' ' || card FROM findings WHERE clock = 'XK12' AND card = 'yellow' ORDER BY 1")
    };
    city.rounds_on(&["2024-03-26", "2024-03-29"]);
    assert_eq!(late(&city), [""; 0]);
    city.rounds_on(&["2024-04-01"]);
    assert_eq!(late(&city), ["C-LATE yellow", "D-DECIDED yellow", "F-OTHER yellow"]);
}

/// 《行政许可法》第三十二条第一款第四项: nobody said anything in five working days, so it counts as accepted from receipt on 2024-03-01.
/// Not accepted after all, it is over: in time up to 03-29, late from 03-30 on, and no later than it was then. Passed on without an
/// acceptance it is over too; what was accepted and is no 上报件 is not.
#[test]
fn a_late_refusal_to_accept_ends_what_counts_as_accepted() {
    let mut city = city();
    for (case, at) in [("DAY", "2024-03-29"), ("AFTER", "2024-03-30")] {
        enter(&city, case, "LIC", &format!("applied 2024-03-01; not_accepted {at}"));
    }
    enter(&city, "PASSED", "LIC", "applied 2024-03-01; forwarded 2024-03-30");
    enter(&city, "KEPT", "LIC", "applied 2024-03-01; accepted 2024-03-01; forwarded 2024-03-15");
    enter(&city, "NEVER", "LIC", "applied 2024-03-01");
    city.rounds_on(&["2024-04-01", "2024-06-03"]);
    let cards = |standing: &str| {
        city.ledger(&format!(
            "SELECT case_number FROM findings WHERE clock = 'statutory' AND card = 'red' AND standing = '{standing}' ORDER BY 1"
        ))
    };
    assert_eq!(
        (cards("open"), cards("resolved")),
        (vec!["KEPT".into(), "NEVER".into()], vec!["AFTER".into(), "PASSED".into()])
    );
    let state = "SELECT case_number || ' ' || state FROM deadlines WHERE clock = 'statutory' ORDER BY 1";
    assert_eq!(
        city.ledger(state),
        ["AFTER met_late", "DAY met", "KEPT overdue", "NEVER overdue", "PASSED met_late"]
    );
}
