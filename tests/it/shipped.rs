//! The clocks that ship: what runs on which matter without a line of configuration, and what a line changes.

use crate::bench::Bench;

/// The example's clock for deliveries, copied into a file that knew none: it adds, and no card that stands is moved.
#[test]
fn a_clock_copied_from_the_example_withdraws_nothing() {
    let mut city = Bench::new();
    city.licence("Y", "2011-10-10 09:00:00").licence("R", "2011-09-26 09:00:00");
    city.rounds_on(&["2011-10-28"]);
    let before = city.findings();
    assert_eq!(
        before,
        [
            "R time-limit promise yellow open",
            "R time-limit statutory red open",
            "Y time-limit promise yellow open"
        ]
    );
    let example =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config/jianchad.example.toml"))
            .unwrap();
    let clock = example.split("[[clock]]").find(|part| part.contains("id = \"delivery\"")).unwrap();
    let clock = clock.split("\n\n").next().unwrap();
    city.configure("[source.approval]", &format!("[[clock]]{clock}\n[source.approval]"));
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(city.findings(), before);
    assert_eq!(city.ledger("SELECT count(*) FROM findings WHERE standing = 'revoked'"), ["0"]);
}

/// Items of every kind without a limit of their own, of a unit in Hunan and of one outside.
const ITEMS: &str =
    "事项编码,事项名称,所属单位,事项类别,办件类型,承诺时限,法定时限,设定依据,必经环节,收费标准,办理渠道
LIC,采伐许可,U1,行政许可,承诺件,10个工作日,,,,,审批系统
JNT,联合审批,U1,01,联办件,,,,,,审批系统
FWD,上报审批,U1,行政许可,上报件,,,,,,审批系统
INF,依申请公开,U1,依申请公开,承诺件,,,,,,审批系统
PET,来信来访,U1,信访事项,承诺件,,,,,,审批系统
REC,行政复议,U1,行政复议,承诺件,,,,,,审批系统
CMP,消费投诉,U1,投诉举报,承诺件,,,,,,审批系统
PEN,行政处罚,U1,行政处罚,承诺件,,,,,,审批系统
OTH,其他事项,U1,其他,承诺件,,,,,,审批系统
OUT,省外事项,U9,其他,承诺件,,,,,,审批系统
CON,省外确认,U9,行政确认,承诺件,,30个工作日,,,,审批系统
SVC,省外服务,U9,公共服务,承诺件,5个工作日,20个工作日,,,,审批系统
REG,省外登记,U9,不动产登记,承诺件,,,,,,审批系统
BUS,设立登记,U1,市场主体登记,承诺件,,,,,,审批系统
OWN,信访（目录时限）,U1,信访,承诺件,,30日,,,,审批系统
";

fn city() -> Bench {
    let mut city = Bench::new();
    city.write("registry/items.csv", ITEMS);
    city.elsewhere();
    city.configure(
        "granted = \"decided\", refused = \"decided\"",
        "granted = \"decided:granted\", refused = \"decided:refused\", done = \"decided\"",
    );
    city.configure(
        "charged = \"charged\"",
        "charged = \"charged\", forwarded = \"forwarded\", delivered = \"delivered\"",
    );
    city
}

/// Filed, and nothing else on record.
fn applied(city: &Bench, number: &str, item: &str, at: &str) {
    city.approval(&format!(
        "INSERT INTO cases (number, item, clerk, applied, changed) VALUES ('{number}', '{item}', '0731', '{at}', '{at}')"
    ));
}

/// Findings of time, as `case clock card`.
fn late(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT case_number || ' ' || clock || ' ' || card FROM findings WHERE rule = 'time-limit' AND standing = 'open'
         ORDER BY case_number, clock",
    )
}

/// Whether a mail to the supervisor or the handler says so.
fn mailed(city: &Bench, words: &str) -> bool {
    city.ledger("SELECT text FROM letters WHERE kind = 'alert'").iter().any(|text| text.contains(words))
}

/// 《行政许可法》第三十二条、第四十二条: filed on 2011-09-26 and never answered. Five working days end on 10-08, a make-up Saturday;
/// from 10-09 on it counts as accepted from receipt, ten working days of the promise end on 10-13, twenty of the law on 10-27.
/// Accepted within the minute, or on the fifth day, is no finding.
#[test]
fn a_licence_filed_and_never_answered_is_late() {
    let mut city = city();
    applied(&city, "NEVER", "LIC", "2011-09-26 10:00:00");
    city.accepted("MINUTE", "LIC", "2011-10-28 10:00:00");
    city.rounds_on(&["2011-09-29"]);
    assert_eq!(late(&city), [""; 0]);
    city.rounds_on(&["2011-09-30"]);
    assert_eq!(late(&city), ["NEVER XK2 notice"], "one working day before");
    city.rounds_on(&["2011-10-08"]);
    assert_eq!(late(&city), ["NEVER XK2 notice"], "the day itself");
    city.approval(
        "INSERT INTO cases (number, item, applied, accepted, result, finished, changed)
         VALUES ('FIFTH', 'LIC', '2011-09-26 10:00:00', '2011-10-08 09:00:00', 'done', '2011-10-08 17:00:00', '2011-10-08 17:00:00')",
    );
    city.rounds_on(&["2011-10-09", "2011-10-10"]);
    assert_eq!(late(&city), ["NEVER XK2 yellow"]);
    assert!(mailed(&city, "《行政许可法》第三十二条第一款第四项"));
    city.rounds_on(&["2011-10-14", "2011-10-27"]);
    assert_eq!(late(&city), ["NEVER XK2 yellow", "NEVER promise yellow"]);
    city.rounds_on(&["2011-10-28"]);
    assert_eq!(late(&city), ["NEVER XK2 yellow", "NEVER promise yellow", "NEVER statutory red"]);
    assert!(mailed(&city, "《行政许可法》第四十二条第一款"));
    assert_eq!(
        city.ledger("SELECT count(*) FROM findings WHERE rule = 'time-limit' AND case_number <> 'NEVER'"),
        ["0"]
    );
}

/// 《行政许可法》第四十四条: ten working days from a decision that grants, 2011-11-01 to 11-15. A refusal is nothing to deliver,
/// and a decision whose outcome nobody recorded counts for nothing.
#[test]
fn only_what_was_granted_is_to_be_delivered() {
    let mut city = city();
    for (number, result) in [("GRANTED", "granted"), ("REFUSED", "refused"), ("UNKNOWN", "done")] {
        city.accepted(number, "LIC", "2011-10-31 09:00:00").finished(number, result, "2011-11-01 10:00:00");
    }
    city.rounds_on(&["2011-11-10"]);
    assert_eq!(late(&city), [""; 0]);
    city.rounds_on(&["2011-11-11", "2011-11-15"]);
    assert_eq!(late(&city), ["GRANTED XK9 notice"]);
    city.rounds_on(&["2011-11-16"]);
    assert_eq!(late(&city), ["GRANTED XK9 yellow"]);
    assert!(mailed(&city, "《行政许可法》第四十四条"));
    // Where no source can show a delivery, nobody delivers late.
    let mut city = self::city();
    city.configure(", delivered = \"delivered\"", "");
    city.accepted("GRANTED", "LIC", "2011-10-31 09:00:00").decided("GRANTED", "2011-11-01 10:00:00");
    city.rounds_on(&["2011-11-16"]);
    assert_eq!(late(&city), [""; 0]);
}

/// 《行政许可法》第四十二条第二款: 45 working days from 2011-10-10 end on 12-12, and fifteen more on 12-31, a make-up Saturday.
/// Without a promise the notice goes by the law's limit, two working days before.
#[test]
fn a_joint_matter_has_forty_five_days_and_fifteen_more() {
    let mut city = city();
    city.accepted("J", "JNT", "2011-10-10 09:00:00").accepted("MORE", "JNT", "2011-10-10 09:00:00");
    city.event("MORE", "extended", "", "2011-12-01 10:00:00");
    city.rounds_on(&["2011-12-07"]);
    assert_eq!(late(&city), [""; 0]);
    city.rounds_on(&["2011-12-08", "2011-12-12"]);
    assert_eq!(late(&city), ["J statutory notice"]);
    city.rounds_on(&["2011-12-13"]);
    assert_eq!(late(&city), ["J statutory red"]);
    assert!(mailed(&city, "《行政许可法》第四十二条第二款"));
    let due = "SELECT due_at FROM deadlines WHERE case_number = 'MORE' AND clock = 'statutory'";
    assert_eq!(city.ledger(due), ["2011-12-31"]);
}

/// 《行政许可法》第四十三条: passed on within twenty working days, 2011-10-10 to 11-07; then it has left the office.
#[test]
fn a_forwarded_matter_ends_with_being_passed_on() {
    let mut city = city();
    city.accepted("PASSED", "FWD", "2011-10-10 09:00:00").accepted("KEPT", "FWD", "2011-10-10 09:00:00");
    city.event("PASSED", "forwarded", "", "2011-11-07 08:30:00");
    city.rounds_on(&["2011-11-07"]);
    assert_eq!(late(&city), ["KEPT statutory notice"]);
    city.rounds_on(&["2011-11-08", "2012-01-10"]);
    assert_eq!(late(&city), ["KEPT statutory red"]);
    assert!(mailed(&city, "《行政许可法》第四十三条"));
}

/// 《政府信息公开条例》: 15 working days until 2019-05-14, 20 from 05-15, from receipt: nobody accepts a request.
#[test]
fn a_request_for_information_is_answered_by_the_text_of_its_day() {
    let mut city = city();
    applied(&city, "OLD", "INF", "2019-05-14 10:00:00");
    applied(&city, "NEW", "INF", "2019-05-15 10:00:00");
    city.rounds_on(&["2019-06-04"]);
    assert_eq!(late(&city), ["OLD statutory notice"]);
    city.rounds_on(&["2019-06-05", "2019-06-13"]);
    assert_eq!(late(&city), ["NEW statutory notice", "OLD statutory red"]);
    city.rounds_on(&["2019-06-14"]);
    assert_eq!(late(&city), ["NEW statutory red", "OLD statutory red"]);
    assert!(mailed(&city, "《政府信息公开条例》2007年条例第二十四条"));
    assert!(mailed(&city, "《政府信息公开条例》第三十三条第二款"));
}

/// 信访条例 until 2022-04-30, 信访工作条例 from 05-01: answered within fifteen days, finished within sixty from acceptance. The
/// catalogue's own limit governs where it gives one, and the clause is that of petitions all the same.
#[test]
fn a_petition_has_the_limits_and_the_clause_of_petitions() {
    let mut city = city();
    applied(&city, "SILENT", "PET", "2022-05-05 10:00:00");
    city.accepted("OLD", "PET", "2022-04-29 10:00:00").accepted("NEW", "PET", "2022-05-05 10:00:00");
    city.accepted("OWN", "OWN", "2022-05-05 10:00:00");
    // Fifteen days from 05-05 end on Friday 05-20; thirty on Saturday 06-04, a day off before the festival of 06-03 to 06-05.
    city.rounds_on(&["2022-05-20"]);
    assert_eq!(late(&city), ["SILENT XF4 notice"]);
    city.rounds_on(&["2022-05-21", "2022-06-06"]);
    assert_eq!(late(&city), ["OWN statutory notice", "SILENT XF4 yellow"]);
    city.rounds_on(&["2022-06-07", "2022-06-28"]);
    let due =
        "SELECT case_number, due_at FROM deadlines WHERE clock = 'statutory' AND due_at <> '' ORDER BY 1";
    assert_eq!(city.ledger(due), ["NEW|2022-07-04", "OLD|2022-06-28", "OWN|2022-06-06"]);
    city.rounds_on(&["2022-06-29", "2022-07-05"]);
    assert_eq!(
        late(&city),
        ["NEW statutory red", "OLD statutory red", "OWN statutory red", "SILENT XF4 yellow"]
    );
    for clause in ["《信访条例》第三十三条", "《信访工作条例》第三十四条", "《信访工作条例》第二十二条"]
    {
        assert!(mailed(&city, clause), "{clause}");
    }
    assert!(!mailed(&city, "第四十二条"));
}

/// 《行政复议法》: sixty days from acceptance by either text, and an applicant who lets the ten working days for a correction pass
/// has given up: asked on 2024-03-04, until 03-18. Nobody is late then, and the case is over.
#[test]
fn a_reconsideration_by_the_text_of_its_day_and_one_given_up() {
    let mut city = city();
    city.accepted("OLD", "REC", "2023-12-29 10:00:00").accepted("NEW", "REC", "2024-01-02 10:00:00");
    applied(&city, "GONE", "REC", "2024-03-01 10:00:00");
    applied(&city, "MORE", "REC", "2024-03-01 10:00:00");
    for number in ["GONE", "MORE"] {
        city.event(number, "supplement_requested", "", "2024-03-04 10:00:00");
    }
    city.event("MORE", "supplement_received", "", "2024-03-18 08:30:00");
    city.rounds_on(&["2024-02-27"]);
    assert_eq!(late(&city), ["OLD statutory notice"]);
    city.rounds_on(&["2024-02-28", "2024-03-04"]);
    assert_eq!(late(&city), ["NEW statutory notice", "OLD statutory red"]);
    city.rounds_on(&["2024-03-05"]);
    assert_eq!(late(&city), ["NEW statutory red", "OLD statutory red"]);
    assert!(
        mailed(&city, "《行政复议法》1999年法第三十一条") && mailed(&city, "《行政复议法》第六十二条第一款")
    );
    city.rounds_on(&["2024-03-18"]);
    let state = |city: &Bench| {
        city.ledger("SELECT number, state FROM \"case\" WHERE number IN ('GONE', 'MORE') ORDER BY 1")
    };
    assert_eq!(state(&city), ["GONE|open", "MORE|open"]);
    city.rounds_on(&["2024-03-19", "2024-03-26"]);
    assert_eq!(state(&city), ["GONE|closed", "MORE|open"]);
    // The corrected papers begin the five days anew: examined by 03-25.
    assert_eq!(late(&city), ["MORE FY8 yellow", "NEW statutory red", "OLD statutory red"]);
}

/// 投诉举报处理暂行办法第十四条: seven working days from 2022-03-01 end on 03-10. 《行政处罚法》第六十条: ninety days from a filing on
/// 2021-07-15 end on 10-13; of one filed the day before the law says nothing.
#[test]
fn complaints_and_penalties_have_their_own() {
    let mut city = city();
    applied(&city, "C", "CMP", "2022-03-01 10:00:00");
    city.accepted("BEFORE", "PEN", "2021-07-14 10:00:00").accepted("P", "PEN", "2021-07-15 10:00:00");
    city.rounds_on(&["2021-10-13"]);
    assert_eq!(late(&city), ["P statutory notice"]);
    city.rounds_on(&["2021-10-14"]);
    assert_eq!(late(&city), ["P statutory red"]);
    assert!(mailed(&city, "《行政处罚法》第六十条"));
    city.rounds_on(&["2022-03-10"]);
    assert_eq!(late(&city), ["C TS1 notice", "P statutory red"]);
    city.rounds_on(&["2022-03-11"]);
    assert_eq!(late(&city), ["C TS1 yellow", "P statutory red"]);
    assert!(mailed(&city, "《市场监督管理投诉举报处理暂行办法》第十四条"));
}

/// Without any limit: in Hunan twenty days from acceptance (省政府令第222号第八十一条), 2022-03-01 to 03-21; elsewhere two months from
/// receipt (《行政诉讼法》第四十七条), rolled from the holiday of 05-01 to 05-05. Both are marked as assumed, the catalogue's gap is
/// said by check-config and counted in the digest.
#[test]
fn a_matter_without_any_limit_falls_back_on_what_is_assumed() {
    let mut city = city();
    city.accepted("HN", "OTH", "2022-03-01 10:00:00").accepted("SS", "OUT", "2022-03-01 10:00:00");
    applied(&city, "SILENT", "OTH", "2022-03-01 10:00:00");
    city.rounds_on(&["2022-03-21"]);
    assert_eq!(late(&city), ["HN statutory notice"]);
    city.rounds_on(&["2022-03-22", "2022-05-05"]);
    assert_eq!(late(&city), ["HN statutory red", "SS statutory notice"]);
    city.rounds_on(&["2022-05-06"]);
    assert_eq!(late(&city), ["HN statutory red", "SILENT SS1 yellow", "SS statutory red"]);
    assert!(mailed(&city, "《湖南省行政程序规定》第八十一条第一项（日数或单位为推定）"));
    assert!(mailed(&city, "《行政诉讼法》第四十七条（推定适用）"));
    let digest = city.ledger("SELECT text FROM letters WHERE kind = 'digest'").join("");
    assert!(digest.contains("目录中未填写任何时限的事项 11 项"), "{digest}");
    let config = jianchad::testing::service::load(&city.path("jianchad.toml")).unwrap();
    let warning = config.warnings.iter().find(|it| it.to_string().contains("no limit at all")).unwrap();
    assert!(warning.file.ends_with("registry/items.csv") && warning.line == Some(3), "{warning}");
}

/// 《行政复议法》第四十八条 (1999: 第二十三条): sent to the respondent within seven working days. A decision is not the sending:
/// a record without that step says nothing of it, one with it late gets its card. Accepted on 2024-03-04, sent by 03-13.
#[test]
fn a_decision_is_not_the_sending_to_the_respondent() {
    let mut city = city();
    for (number, at) in
        [("OLD", "2023-11-01 10:00:00"), ("NEW", "2024-03-04 10:00:00"), ("SENT", "2024-03-04 10:00:00")]
    {
        city.accepted(number, "REC", at);
    }
    city.event("SENT", "step", "发送被申请人", "2024-03-14 10:00:00");
    city.finished("OLD", "done", "2023-12-20 10:00:00");
    city.rounds_on(&["2024-03-15"]);
    for number in ["NEW", "SENT"] {
        city.finished(number, "done", "2024-04-20 10:00:00");
    }
    city.rounds_on(&["2024-04-22"]);
    assert_eq!(
        city.ledger(
            "SELECT case_number || ' ' || clock || ' ' || card FROM findings WHERE rule = 'time-limit'"
        ),
        ["SENT FY11 yellow"]
    );
}

/// 《行政许可法》第三十二条、第四十三条: passed on without a word of acceptance, three working days after it came in: what had to be
/// said at once was said by passing it on.
#[test]
fn a_licence_passed_on_without_acceptance_is_not_unanswered() {
    let mut city = city();
    applied(&city, "PASSED", "FWD", "2024-03-01 10:00:00");
    city.event("PASSED", "forwarded", "", "2024-03-06 10:00:00");
    city.rounds_on(&["2024-03-08", "2024-03-11", "2024-06-03"]);
    assert_eq!(late(&city), [""; 0]);
}

/// 《行政复议法》第三十条、第三十一条: a correction is asked for within the five working days of the examination, 2024-03-01 to 03-08;
/// asked for on 03-12, when the application counts as accepted, it gives nothing up, and sixty days go on to 05-07.
#[test]
fn a_correction_asked_for_too_late_gives_nothing_up() {
    let mut city = city();
    applied(&city, "LATE", "REC", "2024-03-01 10:00:00");
    city.event("LATE", "supplement_requested", "", "2024-03-12 10:00:00");
    city.rounds_on(&["2024-03-13", "2024-04-01"]);
    assert_eq!(late(&city), [""; 0]);
    let all = "SELECT clock || ' ' || card FROM findings WHERE rule = 'time-limit' ORDER BY 1";
    assert_eq!(city.ledger(all), ["FY8 yellow"]);
    city.rounds_on(&["2024-05-07", "2024-05-08"]);
    assert_eq!(late(&city), ["LATE statutory red"]);
}

/// 《行政诉讼法》第四十七条: two months from receipt where no clause of the matter's own says by when to accept, be there a limit to
/// decide in the catalogue or in another law, in Hunan or elsewhere: from 2024-03-01 to 05-06, rolled from the holiday. A
/// registration has its own limit, which runs from receipt where nothing was said: three working days to 03-06, thirty to 04-15.
/// One fact is one card: where one clause is the limit to decide as well, that one gives it.
#[test]
fn whatever_is_filed_and_never_answered_is_late() {
    let mut city = city();
    for item in ["CON", "SVC", "REG", "BUS", "OTH", "OUT"] {
        applied(&city, item, item, "2024-03-01 10:00:00");
    }
    city.accepted("TAKEN", "CON", "2024-03-01 10:00:00").decided("TAKEN", "2024-03-29 10:00:00");
    city.rounds_on(&["2024-03-05", "2024-03-06"]);
    assert_eq!(late(&city), ["BUS statutory notice"]);
    city.rounds_on(&["2024-03-07", "2024-04-10"]);
    assert_eq!(late(&city), ["BUS statutory red"]);
    city.rounds_on(&["2024-04-11", "2024-04-15"]);
    assert_eq!(late(&city), ["BUS statutory red", "REG statutory notice"]);
    city.rounds_on(&["2024-04-16", "2024-05-06"]);
    let registrations = ["BUS statutory red", "OUT statutory notice", "REG statutory red"];
    assert_eq!(late(&city), registrations);
    city.rounds_on(&["2024-05-07", "2024-12-31"]);
    let silent = [
        "BUS statutory red",
        "CON SS1 yellow",
        "OTH SS1 yellow",
        "OUT statutory red",
        "REG statutory red",
        "SVC SS1 yellow",
    ];
    assert_eq!(late(&city), silent);
}

/// 《行政诉讼法》第四十七条: what is missing was asked for and brought on 2024-03-08: the two months begin anew, and end on 05-08.
#[test]
fn silence_after_a_correction_is_late_too() {
    let mut city = city();
    applied(&city, "BROUGHT", "OTH", "2024-03-01 10:00:00");
    applied(&city, "WAITS", "OTH", "2024-03-01 10:00:00");
    for number in ["BROUGHT", "WAITS"] {
        city.event(number, "supplement_requested", "", "2024-03-05 10:00:00");
    }
    city.event("BROUGHT", "supplement_received", "", "2024-03-08 10:00:00");
    city.rounds_on(&["2024-03-11", "2024-05-08"]);
    assert_eq!(late(&city), [""; 0]);
    city.rounds_on(&["2024-05-09"]);
    assert_eq!(late(&city), ["BROUGHT SS1 yellow"]);
}

/// 《政府信息公开条例》第三十二条、第三十三条第三款: what a third party or another organ takes is not the unit's time, by whichever part
/// of the clause's words it is recorded, and gives it no card; a pause for another cause does. Asked on 2024-03-05.
#[test]
fn what_a_third_party_takes_gives_the_unit_no_card() {
    let mut city = city();
    let causes = [
        "征求第三方意见",
        "征求第三方",
        "征求其他机关意见",
        "征求意见",
        "征求第三方和其他机关意见",
        "领导出差",
    ];
    for (number, cause) in causes.iter().enumerate() {
        let number = format!("P{number}");
        applied(&city, &number, "INF", "2024-03-01 10:00:00");
        city.event(&number, "paused", cause, "2024-03-05 10:00:00");
    }
    applied(&city, "OLD", "INF", "2019-03-01 10:00:00");
    city.event("OLD", "paused", "征求第三方意见", "2019-03-05 10:00:00");
    city.rounds_on(&["2024-03-26", "2024-03-27"]);
    let special: Vec<String> = late(&city).into_iter().filter(|it| it.contains("special")).collect();
    assert_eq!(special, ["P5 special yellow"]);
    let causes =
        "SELECT case_number FROM findings WHERE rule = 'doubtful-fact' AND why LIKE '%不在法定范围内%'";
    assert_eq!(city.ledger(causes), ["P5"]);
}

/// 《行政复议法》第三十九条: a suspension goes on for longer than fifteen working days, from 2024-03-05 to 03-26. The card names the
/// law of the matter and not that of licences.
#[test]
fn a_special_procedure_is_judged_by_the_law_of_its_matter() {
    for (item, cause, own, other) in [
        ("REC", "中止", "《行政复议法》第三十九条", "《行政许可法》"),
        ("LIC", "检验", "《行政许可法》第四十五条", "《行政复议法》"),
        ("PET", "听证", "记录载明的期间", "《行政许可法》"),
    ] {
        let mut city = city();
        city.accepted("A", item, "2024-03-01 10:00:00");
        city.event("A", "paused", cause, "2024-03-05 10:00:00");
        city.rounds_on(&["2024-03-26", "2024-03-27"]);
        assert!(late(&city).contains(&"A special yellow".to_owned()), "{item}");
        assert!(mailed(&city, own) && !mailed(&city, other), "{item}");
    }
}

/// An item without any limit is late by law or never: check-config tells the one from the other. No clause of a levy outside Hunan is
/// known here, while a licence without a limit in the catalogue has twenty working days.
#[test]
fn check_config_names_what_nothing_supervises() {
    let city = city();
    let check = || {
        let config = city.path("jianchad.toml").display().to_string();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
        let done = command.env("JIANCHAD_LANG", "en").args(["check-config", "-c", &config]).output().unwrap();
        String::from_utf8(done.stdout).unwrap()
    };
    assert!(!check().contains("can ever be late"), "{}", check());
    city.write("registry/items.csv", &format!("{ITEMS}TAX,省外征收,U9,行政征收,承诺件,,,,,,审批系统\n"));
    let said = check();
    assert!(
        said.contains("no time limit can ever be late on 1 item, by the catalogue or by law: TAX\n"),
        "{said}"
    );
}
