//! The rules on traces: each violation is found, and its honest twin is not.

use crate::bench::Bench;

/// A city whose source says when each row was entered.
pub fn city() -> Bench {
    let mut city = Bench::new();
    let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let text = text
        .replace("at = \"accepted\", by", "at = \"accepted\", recorded = \"changed\", by")
        .replace("at = \"finished\" }", "at = \"finished\", by = \"clerk\", recorded = \"changed\" }")
        .replace("at = \"at\", stage", "at = \"at\", recorded = \"changed\", stage");
    city.write("jianchad.toml", &text);
    city.restart();
    city
}

/// One event of a case, with who, note and amount.
fn event(city: &Bench, number: &str, kind: &str, at: &str, by: &str, note: &str, amount: &str) {
    city.approval(&format!(
        "INSERT INTO events (number, kind, stage, at, clerk, note, amount, changed)
         VALUES ('{number}', '{kind}', nullif('检测', ''), '{at}', '{by}', '{note}', nullif('{amount}', ''), '{at}')"
    ));
}

/// The findings by one rule, as `case card standing`.
pub fn found(city: &Bench, rule: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT case_number || ' ' || card || ' ' || standing FROM findings WHERE rule = '{rule}' ORDER BY 1"
    ))
}

/// A round each morning: what was not there the day before is new.
fn daily(city: &mut Bench, october: std::ops::RangeInclusive<u32>) {
    let days: Vec<String> = october.map(|day| format!("2011-10-{day}")).collect();
    city.rounds_on(&days.iter().map(String::as_str).collect::<Vec<_>>());
}

fn why(city: &Bench, rule: &str) -> String {
    city.ledger(&format!("SELECT why FROM findings WHERE rule = '{rule}'")).join("\n")
}

/// B8: done first and entered later. One working day is allowed: Friday's matter entered on Monday is in time, on Tuesday
/// not. A time of entry that moves when a row is touched again is known as it first was.
#[test]
fn what_was_entered_later_than_a_working_day_is_found() {
    let mut city = city();
    city.licence("OLD", "2011-09-26 10:00:00").decided("OLD", "2011-09-30 10:00:00");
    daily(&mut city, 10..=18);
    for (number, entered) in [("MONDAY", "2011-10-17 16:00:00"), ("TUESDAY", "2011-10-18 08:00:00")] {
        city.approval(&format!(
            "INSERT INTO cases (number, item, clerk, applied, accepted, changed)
             VALUES ('{number}', 'I20', '0731', '2011-10-14 10:00:00', '2011-10-14 10:00:00', '{entered}')"
        ));
    }
    daily(&mut city, 19..=19);
    city.approval("UPDATE cases SET clerk = '0732', changed = '2011-10-20 09:00:00' WHERE number = 'MONDAY'");
    daily(&mut city, 20..=21);
    assert_eq!(found(&city, "late-entry"), ["TUESDAY notice open"]);
    assert!(why(&city, "late-entry").contains("受理 2011-10-14 10:00 发生，2011-10-18 08:00 才录入"));
    city.configure("[mail]", "[rules.late-entry]\nwithin = \"3wd\"\n[mail]");
    daily(&mut city, 22..=24);
    assert_eq!(found(&city, "late-entry"), ["TUESDAY notice resolved"]);
}

/// A case of the first reading is decided, and the row touched for it.
fn decide(city: &Bench, number: &str, entered: &str) {
    city.approval(&format!(
        "UPDATE cases SET result = 'granted', finished = '2011-10-14 10:00:00', changed = '{entered}' WHERE number = '{number}'"
    ));
}

/// A case that was there at the first reading is no free pass for its life: what is entered of it later counts. A decision of Friday
/// that is entered on Monday is in time, on Tuesday not; what the first reading brought stays left out, also when it is touched again,
/// and so does what came while nobody watched.
#[test]
fn what_is_entered_later_in_a_case_of_the_first_reading_is_found() {
    let mut city = city();
    for number in ["MONDAY", "TUESDAY", "TOUCHED", "AWAY"] {
        city.licence(number, "2011-09-26 10:00:00");
        city.approval(&format!("UPDATE cases SET changed = '2011-10-09 10:00:00' WHERE number = '{number}'"));
    }
    daily(&mut city, 10..=17);
    decide(&city, "MONDAY", "2011-10-17 16:00:00");
    decide(&city, "TUESDAY", "2011-10-18 08:00:00");
    city.approval(
        "UPDATE cases SET clerk = '0732', changed = '2011-10-18 08:00:00' WHERE number = 'TOUCHED'",
    );
    daily(&mut city, 18..=19);
    assert_eq!(found(&city, "late-entry"), ["TUESDAY notice open"]);
    assert!(why(&city, "late-entry").contains("决定 2011-10-14 10:00 发生，2011-10-18 08:00 才录入"));
    let timed = "SELECT case_number || ' ' || timed || ' ' || timely FROM case_measures ORDER BY 1";
    assert_eq!(city.ledger(timed), ["AWAY 0 0", "MONDAY 1 1", "TOUCHED 0 0", "TUESDAY 1 0"]);
    decide(&city, "AWAY", "2011-10-21 09:00:00");
    daily(&mut city, 23..=24);
    assert_eq!(found(&city, "late-entry"), ["TUESDAY notice open"], "nobody looked for days");
}

/// B9 and the case that was never in the system while it was handled: all its rows come at once, after it was decided.
#[test]
fn a_case_typed_in_one_go_is_found() {
    let mut city = city();
    city.licence("OLD", "2011-09-26 10:00:00").decided("OLD", "2011-09-28 10:00:00");
    daily(&mut city, 10..=18);
    assert_eq!(found(&city, "seen-finished"), [""; 0], "what was there from the beginning is left out");
    city.approval(
        "INSERT INTO cases (number, item, clerk, applied, accepted, result, finished, changed)
         VALUES ('TYPED', 'I20', '0731', '2011-10-10 10:00:00', '2011-10-10 10:00:00', 'granted',
             '2011-10-14 10:00:00', '2011-10-18 16:00:00')",
    );
    city.accepted("LIVE", "I20", "2011-10-11 10:00:00");
    daily(&mut city, 19..=20);
    city.decided("LIVE", "2011-10-20 10:00:00").event("LIVE", "step", "审查", "2011-10-19 10:00:00");
    city.rounds_on(&["2011-10-21"]);
    assert_eq!(found(&city, "seen-finished"), ["TYPED notice pending"]);
    assert_eq!(found(&city, "entered-together"), ["TYPED notice pending"]);
    assert!(city.subjects("handler.u1@example.gov.cn").iter().all(|subject| !subject.contains("待发")));
}

/// B10, B11, B17: stages out of order, one name in every role, decided in minutes.
#[test]
fn order_roles_and_haste_are_looked_at() {
    let mut city = city();
    city.licence("HASTY", "2011-10-10 10:00:00").decided("HASTY", "2011-10-10 10:08:00");
    city.licence("ALONE", "2011-10-10 10:00:00").decided("ALONE", "2011-10-12 10:00:00");
    city.accepted("SHARED", "I20", "2011-10-10 10:00:00");
    event(&city, "SHARED", "step", "2011-10-10 11:00:00", "0888", "", "");
    city.approval("UPDATE events SET stage = '审查' WHERE number = 'SHARED'");
    city.decided("SHARED", "2011-10-12 10:00:00");
    city.accepted("TURNED", "I20", "2011-10-11 10:00:00").event(
        "TURNED",
        "step",
        "审查",
        "2011-10-10 10:00:00",
    );
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(found(&city, "too-fast"), ["HASTY notice pending"]);
    assert_eq!(found(&city, "one-person"), ["ALONE notice pending", "HASTY notice pending"]);
    assert_eq!(found(&city, "wrong-order"), ["TURNED notice pending"]);
    // What waits for a supervisor counts against nobody, and nobody was told of it.
    let counted = city.ledger("SELECT notice, open, pending FROM unit_ranking WHERE unit_code = 'U1'");
    assert_eq!(counted, ["0|0|3"]);
    assert!(city.ledger("SELECT 1 FROM letters WHERE kind = 'alert'").is_empty());
}

/// 《行政许可法》第三十二条: everything to be corrected is told at once. 第三十八条: a refusal gives its reason (B1, B2, B13).
#[test]
fn corrections_are_asked_for_once_and_refusals_give_a_reason() {
    let mut city = city();
    for number in ["ONCE", "TWICE", "BARE", "REASON"] {
        city.approval(&format!(
            "INSERT INTO cases (number, item, clerk, applied, changed)
             VALUES ('{number}', 'I20', '0731', '2011-10-10 10:00:00', '2011-10-10 10:00:00')"
        ));
    }
    event(&city, "ONCE", "supplement_requested", "2011-10-11 10:00:00", "0731", "补图纸", "");
    event(&city, "TWICE", "supplement_requested", "2011-10-11 10:00:00", "0731", "补图纸", "");
    event(&city, "TWICE", "supplement_requested", "2011-10-14 10:00:00", "0731", "再补", "");
    event(&city, "BARE", "not_accepted", "2011-10-12 10:00:00", "0731", "/", "");
    event(&city, "REASON", "not_accepted", "2011-10-12 10:00:00", "0731", "不属于本机关职权范围", "");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(found(&city, "second-correction"), ["TWICE notice pending"]);
    assert_eq!(found(&city, "bare-refusal"), ["BARE notice open"]);
    assert_eq!(found(&city, "dummy-values"), ["BARE notice pending"]);
}

/// 《行政许可法》第三十八条第二款, 《政府信息公开条例》第三十六条: whoever gets less than was asked for is told why, whatever the decision
/// is called; what is granted, and what is closed as it was decided, needs no reason.
#[test]
fn a_refusal_of_any_kind_gives_a_reason() {
    let mut city = city();
    city.configure(
        "charged = \"charged\"",
        "charged = \"charged\", granted = \"decided:granted\", refused = \"decided:refused\", partly = \"decided:partly\", \
         none = \"decided:not_held\", other = \"closed:elsewhere\", shut = \"closed:refused\", unsaid = \"decided\"",
    );
    for (number, item) in
        [("GIVEN", "I20"), ("NO", "I20"), ("WHY", "I20"), ("TWICE", "I20"), ("SAYS", "I20"), ("PART", "I60")]
    {
        city.accepted(number, item, "2011-10-10 10:00:00");
    }
    for (number, item) in [("NONE", "I60"), ("OTHER", "I60"), ("SHUT", "I20")] {
        city.accepted(number, item, "2011-10-10 10:00:00");
    }
    let at = "2011-10-12 10:00:00";
    for (number, kind, note) in [
        ("GIVEN", "granted", ""),
        ("NO", "refused", "无"),
        ("WHY", "refused", "用地不符合规划"),
        ("TWICE", "refused", "用地不符合规划"),
        ("SAYS", "unsaid", ""),
        ("PART", "partly", ""),
        ("NONE", "none", "/"),
        ("OTHER", "other", ""),
        ("SHUT", "shut", ""),
    ] {
        event(&city, number, kind, at, "0731", note, "");
    }
    event(&city, "TWICE", "shut", "2011-10-12 11:00:00", "0731", "", "");
    city.rounds_on(&["2011-10-17"]);
    let bare = ["NO", "NONE", "OTHER", "PART", "SHUT"].map(|number| format!("{number} notice open"));
    assert_eq!(found(&city, "bare-refusal"), bare);
    let said = city.ledger("SELECT case_number, why FROM findings WHERE rule = 'bare-refusal' ORDER BY 1");
    for (line, word) in said.iter().zip(["不予许可", "信息不存在", "非本机关职责", "部分准予", "不予许可"])
    {
        assert!(line.contains(&format!("2011-10-12 10:00 {word}，没有说明理由")), "{line}");
    }
}

/// B14, B15, B16: a special procedure begun on the last day, never ended, granted for too long; the handler as approver of
/// his own extension; a withdrawal on the last day. Ten working days from 2011-10-10 end on 10-24.
#[test]
fn ways_to_stop_a_clock_are_found() {
    let mut city = city();
    for number in ["LAST", "EARLY", "SHORT", "FULL", "LONG", "OWN", "BACK", "SOON", "OPEN"] {
        city.licence(number, "2011-10-10 10:00:00");
    }
    let note = "特告〔2011〕3号";
    event(&city, "LAST", "paused", "2011-10-24 10:00:00", "0731", note, "5wd");
    event(&city, "EARLY", "paused", "2011-10-12 10:00:00", "0731", note, "5wd");
    event(&city, "EARLY", "resumed", "2011-10-13 10:00:00", "0731", "", "");
    for (number, length) in [("SHORT", "14wd"), ("FULL", "15wd"), ("LONG", "16wd")] {
        event(&city, number, "paused", "2011-10-12 10:00:00", "0731", note, length);
    }
    event(&city, "OPEN", "paused", "2011-10-12 10:00:00", "0731", note, "5wd");
    city.decided("OPEN", "2011-10-20 10:00:00");
    event(&city, "OWN", "extended", "2011-10-12 10:00:00", "0731", "案情复杂", "");
    city.finished("BACK", "withdrawn", "2011-10-24 10:00:00");
    city.finished("SOON", "withdrawn", "2011-10-12 10:00:00");
    city.rounds_on(&["2011-10-25"]);
    assert_eq!(
        found(&city, "special-misuse"),
        ["LAST notice pending", "LONG notice pending", "OPEN notice pending"]
    );
    assert!(why(&city, "special-misuse").contains("始于承诺时限的最后一日或者之后"));
    assert_eq!(found(&city, "dummy-values"), ["OWN notice pending"]);
    assert_eq!(found(&city, "withdrawn-at-limit"), ["BACK notice pending"]);
    assert!(why(&city, "special-misuse").contains("已办结，特别程序却没有结束"));
}

/// B18: a decision that was moved into the limit after the card had gone out. Both values stand, and the mail's time.
#[test]
fn a_record_changed_after_a_mail_went_out_is_found_with_both_values() {
    let mut city = city();
    city.licence("A", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-25"]);
    city.decided("A", "2011-10-26 10:00:00");
    city.rounds_on(&["2011-10-27"]);
    assert_eq!(found(&city, "changed-after-fact"), [""; 0], "a slot that is filled is no change");
    city.approval(
        "UPDATE cases SET finished = '2011-10-24 10:00:00', changed = '2011-10-28 10:00:00' WHERE number = 'A'",
    );
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(found(&city, "changed-after-fact"), ["A notice pending"]);
    let why = why(&city, "changed-after-fact");
    for part in [
        "决定时间 2011-10-26 10:00 改为 2011-10-24 10:00",
        "2011-10-31 09:05 读到",
        "此前 2011-10-27 09:05 已发出告知邮件",
    ] {
        assert!(why.contains(part), "{part} in {why}");
    }
    assert!(city.findings().contains(&"A time-limit promise yellow pending-withdrawal".to_owned()));
}

/// B7: the sum of the charges is the fixed fee of the item.
#[test]
fn a_fee_off_the_catalogue_is_found() {
    let mut city = city();
    city.write(
        "registry/items.csv",
        &crate::bench::ITEMS.replace("受理;审查,,审批系统", "受理;审查,120.5,审批系统"),
    );
    for (number, sums) in [("RIGHT", &["100", "20.50元"][..]), ("MORE", &["120.51"]), ("WORDS", &["见收据"])]
    {
        city.licence(number, "2011-10-10 10:00:00");
        for sum in sums {
            event(&city, number, "charged", "2011-10-11 10:00:00", "0731", sum, "");
        }
        city.decided(number, "2011-10-12 08:00:00");
    }
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(found(&city, "fee"), ["MORE notice open"]);
    assert!(
        why(&city, "fee").contains("实收 120.51 元") && why(&city, "fee").contains("收费标准为 120.50 元")
    );
}

/// A row changed without moving its watermark: a round does not see it, the sweep of the night does. Both versions stay.
#[test]
fn a_sweep_finds_what_was_changed_behind_the_watermark() {
    let mut city = city();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    city.licence("A", "2011-10-10 10:00:00").decided("A", "2011-10-26 10:00:00");
    city.rounds_on(&["2011-10-27"]);
    assert_eq!(found(&city, "time-limit"), ["A yellow resolved"]);
    city.accepted("B", "I20", "2011-10-28 11:00:00");
    city.round("2011-10-28 15:00");
    city.approval("UPDATE cases SET finished = '2011-10-24 10:00:00' WHERE number = 'A'");
    city.accepted("C", "I20", "2011-10-28 15:30:00");
    city.round("2011-10-28 16:00");
    assert_eq!(found(&city, "time-limit"), ["A yellow resolved"]);
    city.round("2011-10-29 01:59");
    assert_eq!(found(&city, "changed-after-fact"), [""; 0], "the sweep's time has not come");
    city.round("2011-10-29 02:00");
    assert_eq!(found(&city, "changed-after-fact"), ["A notice pending"]);
    assert_eq!(found(&city, "time-limit"), ["A yellow pending-withdrawal"]);
    let decisions =
        "SELECT substr(occurred_at, 1, 10), current FROM case_timeline WHERE kind = 'decided' ORDER BY 1";
    assert_eq!(city.ledger(decisions), ["2011-10-24|1", "2011-10-26|0"]);
    assert_eq!(city.round("2011-10-29 03:00").rows_read, 0, "once a day");
    city.rounds_on(&["2011-10-31"]);
    // Whoever waits for a supervisor is named in the digest.
    let digests = city.ledger("SELECT text FROM letters WHERE kind = 'digest'").join("\n");
    assert!(digests.contains("另有1件的监察事项待审核后发出"), "{digests}");
    assert!(!digests.contains("另有0件"), "where nothing waits there is nothing to say: {digests}");
}

/// A second procedure is measured by the limit as the first one left it, and by no clock that had stopped before.
#[test]
fn a_procedure_inside_its_limit_is_no_misuse() {
    let mut city = city();
    let clocks = "[[clock]]\nid = \"accept\"\nname = \"受理\"\nstarts = [\"applied\"]\nstops = [\"accepted\"]\nlimit = \"1wd\"\ncards = \"none\"\n\
                  [[clock]]\nid = \"promise\"\nname = \"承诺时限\"\nstarts = [\"accepted\"]\nstops = [\"decided\"]\nlimit = \"promised\"\n\
                  [cards]\n[[cards.line]]\ncard = \"yellow\"\nclock = \"promise\"\nwhen = \"passed\"\n[source.approval]";
    city.configure("[source.approval]", clocks);
    city.licence("TWO", "2011-10-10 10:00:00");
    let note = "特告〔2011〕3号";
    for (kind, when) in [("paused", "12"), ("resumed", "18"), ("paused", "25"), ("resumed", "26")] {
        event(&city, "TWO", kind, &format!("2011-10-{when} 10:00:00"), "0731", note, "");
    }
    city.decided("TWO", "2011-10-28 10:00:00");
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(found(&city, "special-misuse"), [""; 0]);
}

/// Nobody saw how a case came about while its source was away, the daemon was down or the mapping another.
#[test]
fn what_happened_while_nobody_looked_is_not_held_against_anybody() {
    let mut city = city();
    // Every mapping is in force at once.
    city.configure("[source.approval]", "[supervision]\nreview_above = \"50\"\n[source.approval]");
    city.licence("OLD", "2011-09-26 10:00:00").decided("OLD", "2011-09-28 10:00:00");
    city.rounds_on(&["2011-10-10"]);
    // The daemon is down until the 17th; the case was in the system all the while.
    city.licence("DOWN", "2011-10-11 10:00:00").decided("DOWN", "2011-10-13 10:00:00");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(found(&city, "seen-finished"), [""; 0]);
    // The source is away on the 18th and 19th.
    std::fs::rename(city.path("approval.db"), city.path("away.db")).unwrap();
    city.rounds_on(&["2011-10-18", "2011-10-19"]);
    std::fs::rename(city.path("away.db"), city.path("approval.db")).unwrap();
    city.licence("AWAY", "2011-10-17 10:00:00").decided("AWAY", "2011-10-19 08:00:00");
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(found(&city, "seen-finished"), [""; 0]);
    // An item that the mapping could not read comes in with the mapping that can.
    city.configure("refused = \"decided\", ", "");
    city.licence("CODE", "2011-10-17 10:00:00").finished("CODE", "refused", "2011-10-20 10:00:00");
    city.rounds_on(&["2011-10-21", "2011-10-24"]);
    city.configure("granted = \"decided\", ", "granted = \"decided\", refused = \"decided\", ");
    city.rounds_on(&["2011-10-25"]);
    assert_eq!(found(&city, "seen-finished"), [""; 0]);
    assert_eq!(city.ledger("SELECT state FROM cases WHERE case_number = 'CODE'"), ["closed"]);
}

/// Another mapping reads another thing out of the same row: that is our doing, and nobody changed a record.
#[test]
fn another_mapping_is_no_change_of_the_record() {
    let mut city = city();
    city.licence("A", "2011-10-10 10:00:00");
    city.approval("UPDATE cases SET applicant = '2011-10-10 12:00:00'");
    city.rounds_on(&["2011-10-11"]);
    city.configure("{ kind = \"accepted\", at = \"accepted\"", "{ kind = \"accepted\", at = \"applicant\"");
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(
        city.ledger("SELECT count(*) FROM case_timeline WHERE NOT current"),
        ["1"],
        "both versions stay"
    );
    assert_eq!(found(&city, "changed-after-fact"), [""; 0]);
}

/// What waits for a supervisor goes on waiting when it comes back or its card rises: nobody is told unreleased.
#[test]
fn what_waits_for_review_is_told_by_no_detour() {
    let mut city = city();
    city.accepted("A", "I20", "2011-10-11 10:00:00").event("A", "step", "审查", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(found(&city, "wrong-order"), ["A notice pending"]);
    for (at, changed, standing) in
        [("2011-10-12", "2011-10-12 10:00:00", "resolved"), ("2011-10-10", "2011-10-13 10:00:00", "pending")]
    {
        city.approval(&format!(
            "UPDATE events SET at = '{at} 10:00:00', changed = '{changed}' WHERE stage = '审查'"
        ));
        city.rounds_on(&[if standing == "resolved" { "2011-10-13" } else { "2011-10-14" }]);
        assert_eq!(found(&city, "wrong-order"), [format!("A notice {standing}")]);
    }
    city.configure("[mail]", "[rules.wrong-order]\ncard = \"red\"\n[mail]");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(found(&city, "wrong-order"), ["A red pending"]);
    let told = city.ledger("SELECT text FROM letters WHERE kind = 'alert'").join("");
    assert!(!told.contains("环节次序不符"), "{told}");
}

/// A doubt that no longer matters says so: nobody mended anything.
#[test]
fn a_doubt_that_is_moot_is_not_called_mended() {
    let mut city = city();
    city.licence("A", "2011-10-10 10:00:00").event("A", "paused", "", "2011-10-12 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(found(&city, "doubtful-fact"), ["A notice open"]);
    city.event("A", "resumed", "", "2011-10-17 10:00:00").decided("A", "2011-10-18 10:00:00");
    city.rounds_on(&["2011-10-19"]);
    assert_eq!(found(&city, "doubtful-fact"), ["A notice resolved"]);
    assert_eq!(why(&city, "doubtful-fact"), "疑点已不影响结果");
}

/// A charge that cannot be read leaves the sum unknown, and an unknown sum is held against nobody.
#[test]
fn a_sum_that_is_not_known_whole_is_no_breach() {
    let mut city = city();
    city.write(
        "registry/items.csv",
        &crate::bench::ITEMS.replace("受理;审查,,审批系统", "受理;审查,1300,审批系统"),
    );
    let huge = "99999999999999999";
    for (number, sums) in [("COMMA", ["1,200", "100"]), ("WORDS", ["见收据", "100"]), ("HUGE", [huge, huge])]
    {
        city.licence(number, "2011-10-10 10:00:00");
        for sum in sums {
            event(&city, number, "charged", "2011-10-11 10:00:00", "0731", sum, "");
        }
    }
    city.licence("FIRST", "2011-10-10 10:00:00");
    event(&city, "FIRST", "charged", "2011-10-11 10:00:00", "0731", "600", "");
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(found(&city, "fee"), [""; 0]);
    city.decided("FIRST", "2011-10-13 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(found(&city, "fee"), ["FIRST notice open"], "what is still open may yet be paid");
}

/// X6, B18: a row that is gone closes nothing, and its case is timed on; the finding names the mail that had told of the case, and
/// falls when the row is there again. More of the stock gone in one night than may be is no deletion.
#[test]
fn a_row_that_vanishes_is_found_by_the_sweep() {
    let mut city = city();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    city.licence("A", "2011-09-26 10:00:00").licence("B", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-12", "2011-10-13", "2011-10-14"]);
    assert_eq!(found(&city, "time-limit"), ["A yellow open"]);
    city.approval("CREATE TABLE kept AS SELECT * FROM cases WHERE number = 'A'")
        .approval("DELETE FROM cases WHERE number = 'A'");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(found(&city, "vanished-record"), ["A notice open"]);
    assert!(why(&city, "vanished-record").contains("原有的 1 条记录"), "{}", why(&city, "vanished-record"));
    assert!(why(&city, "vanished-record").contains("已发出告知邮件"), "{}", why(&city, "vanished-record"));
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(found(&city, "time-limit"), ["A red open", "A yellow open", "B yellow open"]);
    city.approval("INSERT INTO cases SELECT * FROM kept");
    city.rounds_on(&["2011-11-01"]);
    assert_eq!(found(&city, "vanished-record"), ["A notice resolved"]);
    for number in 0..40 {
        city.licence(&format!("N{number}"), "2011-10-31 10:00:00");
    }
    city.rounds_on(&["2011-11-02"]);
    city.approval("DELETE FROM cases WHERE number LIKE 'N%'");
    city.rounds_on(&["2011-11-03"]);
    assert_eq!(found(&city, "vanished-record"), ["A notice resolved"]);
    let health = city.ledger("SELECT state, message FROM source_health").join("");
    assert!(health.contains("suspect|40 of 42 cases"), "{health}");
    city.round("2011-11-03 09:35");
    city.round("2011-11-03 11:30");
    let states = "SELECT standing FROM findings WHERE rule = 'source-suspect'";
    assert_eq!(city.ledger(states), ["open"], "a round that reads what is new does not make it whole");
    for number in 0..40 {
        city.licence(&format!("N{number}"), "2011-10-31 10:00:00");
    }
    city.round("2011-11-03 18:00");
    assert_eq!(city.ledger(states), ["resolved"], "taken up again by every round until it is whole");
    assert_eq!(found(&city, "vanished-record"), ["A notice resolved"]);
}

/// An empty table is an outage however few the cases are; and one sweep that was cut short leaves nothing to the next.
#[test]
fn an_empty_table_is_no_deletion() {
    let mut city = city();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-12", "2011-10-13"]);
    city.approval("CREATE TABLE kept AS SELECT * FROM cases").approval("DELETE FROM cases");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(found(&city, "vanished-record"), [""; 0]);
    assert_eq!(city.ledger("SELECT state FROM source_health"), ["suspect"]);
    city.approval("INSERT INTO cases SELECT * FROM kept").approval("ALTER TABLE cases RENAME TO away");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(city.ledger("SELECT state FROM source_health"), ["dark"]);
    city.approval("ALTER TABLE away RENAME TO cases");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(city.ledger("SELECT state FROM source_health"), ["ok"]);
    assert_eq!(found(&city, "vanished-record"), [""; 0]);
}

/// A table that is emptied and filled anew just when the sweep reads it: an outage, and over with the first round that finds the
/// rows again, not with the next sweep, a day later.
#[test]
fn an_outage_is_over_as_soon_as_the_rows_are_there() {
    let mut city = city();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    for number in 0..30 {
        city.licence(&format!("R{number}"), "2011-10-10 10:00:00");
    }
    city.round("2011-10-13 01:59");
    city.approval("CREATE TABLE kept AS SELECT * FROM cases").approval("DELETE FROM cases");
    let health = "SELECT state FROM source_health";
    for at in ["2011-10-13 02:00", "2011-10-13 02:01"] {
        city.round(at);
        assert_eq!(city.ledger(health), ["suspect"], "{at}");
    }
    city.approval("INSERT INTO cases SELECT * FROM kept");
    city.round("2011-10-13 02:02");
    assert_eq!(city.ledger(health), ["ok"]);
    assert_eq!(city.ledger("SELECT standing FROM findings WHERE rule = 'source-suspect'"), ["resolved"]);
    assert_eq!(found(&city, "vanished-record"), [""; 0]);
    // Once more the next night; and a row that is really gone is found by the sweep that was taken up again.
    city.approval("DELETE FROM cases");
    city.round("2011-10-14 02:00");
    city.approval("INSERT INTO cases SELECT * FROM kept WHERE number <> 'R7'");
    city.round("2011-10-14 02:01");
    assert_eq!(city.ledger(health), ["ok"]);
    assert_eq!(found(&city, "vanished-record"), ["R7 notice open"]);
}

/// A closed case is looked at once a week.
#[test]
fn a_closed_case_that_vanishes_is_found_within_the_week() {
    let mut city = city();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    city.licence("A", "2011-10-10 10:00:00").decided("A", "2011-10-12 10:00:00");
    city.licence("B", "2011-10-10 10:00:00");
    daily(&mut city, 12..=14);
    city.approval("DELETE FROM cases WHERE number = 'A'");
    daily(&mut city, 15..=18);
    assert_eq!(found(&city, "vanished-record"), [""; 0]);
    daily(&mut city, 19..=19);
    assert_eq!(found(&city, "vanished-record"), ["A notice open"]);
}

/// B10: a stage that may be left out, and two of which only one is taken. R10 Art. 6: an item that has ended.
#[test]
fn stages_may_be_optional_or_exclusive_and_items_end() {
    let mut city = city();
    let items = crate::bench::ITEMS
        .replace("免纳入期限\n", "免纳入期限,有效期止\n")
        .replace("受理;审查,,审批系统,,,", "受理;听证?;现场核查|书面核查,,审批系统,,,,2011-10-31");
    city.write(
        "registry/items.csv",
        &items.replace("审批系统,,,\n", "审批系统,,,,\n").replace("办公室,\n", "办公室,,\n"),
    );
    for (number, stages) in [
        ("ONE", &["现场核查"][..]),
        ("HEARD", &["听证", "书面核查"]),
        ("BOTH", &["现场核查", "书面核查"]),
        ("NONE", &["听证"]),
    ] {
        city.accepted(number, "I20", "2011-10-10 09:00:00");
        for stage in stages {
            city.event(number, "step", stage, "2011-10-11 10:00:00");
        }
        city.decided(number, "2011-10-12 10:00:00");
    }
    city.accepted("LATE", "I20", "2011-11-01 09:00:00");
    city.rounds_on(&["2011-11-02"]);
    assert_eq!(found(&city, "missing-step"), ["NONE notice open"]);
    assert_eq!(why(&city, "missing-step"), "已办结，但必经环节“现场核查|书面核查”没有办理痕迹");
    assert_eq!(found(&city, "wrong-order"), ["BOTH notice pending"]);
    assert_eq!(found(&city, "expired-item"), ["LATE notice open"]);
}

/// B19: what must be filled, and is not.
#[test]
fn an_empty_field_that_must_be_filled_is_found() {
    let mut city = city();
    city.configure(
        "[source.approval]",
        "[rules.required-field]\nfields = [\"step.by\", \"paused.note\"]\n[source.approval]",
    );
    city.licence("FULL", "2011-10-10 10:00:00").paused("FULL", "2011-10-11 10:00:00");
    city.accepted("EMPTY", "I20", "2011-10-10 10:00:00");
    event(&city, "EMPTY", "step", "2011-10-11 10:00:00", "/", "", "");
    event(&city, "EMPTY", "paused", "2011-10-11 11:00:00", "0731", "无", "");
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(found(&city, "required-field"), ["EMPTY notice open"]);
    assert_eq!(
        why(&city, "required-field"),
        "环节 2011-10-11 10:00 未填经办人；特别程序开始 2011-10-11 11:00 未填说明"
    );
    let fields =
        city.ledger("SELECT numerator, denominator FROM coverage WHERE measure = 'fields' AND scope = 'all'");
    assert_eq!(fields, ["2|4"]);
}

/// B8: typed in on a Saturday or at night; two hours of overtime are nobody's business.
#[test]
fn an_entry_out_of_hours_is_a_hint() {
    let mut city = city();
    daily(&mut city, 10..=14);
    for (number, entered) in [
        ("EVENING", "2011-10-14 18:30:00"),
        ("NIGHT", "2011-10-14 22:30:00"),
        ("SATURDAY", "2011-10-15 10:00:00"),
    ] {
        city.approval(&format!(
            "INSERT INTO cases (number, item, clerk, applied, accepted, changed)
             VALUES ('{number}', 'I20', '0731', '2011-10-14 10:00:00', '2011-10-14 10:00:00', '{entered}')"
        ));
    }
    daily(&mut city, 15..=17);
    assert_eq!(found(&city, "off-hours-entry"), ["NIGHT notice pending", "SATURDAY notice pending"]);
}

/// B16: withdrawn on the last day and filed again; the new case names the old one.
#[test]
fn a_case_filed_again_after_a_withdrawal_is_found() {
    let mut city = city();
    city.configure("item = \"item\"\n", "item = \"item\"\nearlier = \"applicant\"\n");
    for (number, day) in [("EARLY", "2011-10-12"), ("LASTDAY", "2011-10-24")] {
        city.licence(number, "2011-10-10 10:00:00").finished(number, "withdrawn", &format!("{day} 10:00:00"));
    }
    city.rounds_on(&["2011-10-25"]);
    for (number, old) in [("AGAIN", "LASTDAY"), ("OTHER", "EARLY")] {
        city.licence(number, "2011-10-25 10:00:00");
        city.approval(&format!("UPDATE cases SET applicant = '{old}' WHERE number = '{number}'"));
    }
    city.rounds_on(&["2011-10-26"]);
    assert_eq!(found(&city, "refiled"), ["AGAIN notice pending"]);
    assert!(why(&city, "refiled").contains("原办件 LASTDAY 于 2011-10-24 10:00 撤回"));
}
