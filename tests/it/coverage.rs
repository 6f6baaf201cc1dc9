//! How much of the work is seen, and who is missing.

use crate::bench::Bench;

fn figures(city: &Bench, measure: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT scope || ' ' || name || ' ' || numerator || '/' || denominator FROM coverage
         WHERE measure = '{measure}' AND day = (SELECT max(day) FROM coverage) ORDER BY scope, name"
    ))
}

/// DESIGN 6: decided from traces, never from a flag that somebody typed.
#[test]
fn an_item_counts_when_it_leaves_traces() {
    let mut city = Bench::new();
    city.rounds_on(&["2011-10-10"]);
    assert_eq!(
        city.ledger("SELECT item, state FROM item_state"),
        ["I20|unconnected", "I60|unconnected", "INOW|unconnected", "ITAX|exempt"]
    );
    city.licence("A-1", "2011-10-10 10:00:00");
    city.accepted("B-1", "INOW", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(
        figures(&city, "items"),
        [
            "all  2/4",
            "category 公共服务 1/1",
            "category 其他 0/1",
            "category 行政许可 1/2",
            "region 431000 2/4",
            "unit U1 1/1",
            "unit U2 1/2",
            "unit U3 0/1"
        ]
    );
    assert_eq!(figures(&city, "items_not_exempt")[0], "all  2/3");
    assert_eq!(figures(&city, "units")[0], "all  2/3");
    assert_eq!(figures(&city, "places")[0], "all  1/2");
}

/// The first digest waits for the first whole reading of every source, on the first day alone: one that cannot be read keeps no digest away.
#[test]
fn the_first_digest_waits_for_every_source_on_the_first_day_alone() {
    let mut city = Bench::new();
    let second = "[source.late]\nkind = \"sqlite\"\npath = \"late.db\"\n[[source.late.read]]\ntable = \"cases\"\nshape = \"wide\"\n\
                  case = \"number\"\nitem = \"item\"\ntraces = [{ kind = \"accepted\", at = \"accepted\" }]\n";
    city.configure("[source.approval]", &format!("{second}[source.approval]"));
    city.licence("A-1", "2011-10-10 08:00:00");
    let digests = "SELECT count(*) FROM letters WHERE kind = 'digest' AND to_name = '监察室'";
    city.rounds_on(&["2011-10-10"]);
    assert_eq!(city.ledger(digests), ["0"], "the first day waits");
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(city.ledger(digests), ["1"], "and no other");
    let said = city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_name = '监察室'").join("");
    assert!(said.contains("late · 中断"), "{said}");
}

/// DESIGN 6: connected, and no trace within the window.
#[test]
fn an_item_that_goes_quiet_is_silent_and_named() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-05-10 10:00:00").decided("A-1", "2011-05-12 10:00:00");
    city.rounds_on(&["2011-08-10"]);
    assert_eq!(city.ledger("SELECT state, since FROM item_state WHERE item = 'I20'"), ["active|2011-08-10"]);
    city.rounds_on(&["2011-08-11"]);
    assert_eq!(
        city.ledger("SELECT item_name, unit_name, state, last_trace_on, since FROM coverage_missing WHERE state = 'silent'"),
        ["施工许可|市住建局|silent|2011-05-12|2011-08-11"]
    );
    assert_eq!(figures(&city, "items")[0], "all  1/4", "silent is still connected");
    assert_eq!(figures(&city, "items_active")[0], "all  0/4");
}

/// DESIGN 6: history is kept per day.
#[test]
fn every_day_keeps_its_figures() {
    let mut city = Bench::new();
    city.rounds_on(&["2011-10-10", "2011-10-11"]);
    city.licence("A-1", "2011-10-11 10:00:00");
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(
        city.ledger("SELECT day, numerator FROM coverage WHERE measure = 'items' AND scope = 'all'"),
        ["2011-10-10|0", "2011-10-11|0", "2011-10-12|1"]
    );
}

/// domain.md 6.2: complete and timely traces, each figure with its denominator, recomputed from its list.
#[test]
fn traces_are_measured_by_presence_and_by_time() {
    let mut city = Bench::new();
    city.configure("by = \"clerk\" },", "by = \"clerk\", recorded = \"changed\" },");
    city.licence("WHOLE", "2011-09-26 10:00:00").decided("WHOLE", "2011-09-30 10:00:00");
    city.accepted("HALF", "I20", "2011-09-27 10:00:00").decided("HALF", "2011-09-30 10:00:00");
    city.accepted("OPEN", "I20", "2011-10-08 10:00:00");
    city.rounds_on(&["2011-10-10"]);
    assert_eq!(figures(&city, "traces")[0], "all  3/4", "受理 and 审查 of two finished cases");
    assert_eq!(figures(&city, "timely")[0], "all  0/0", "nobody saw when they were entered");
    city.approval(
        "INSERT INTO cases (number, item, clerk, applied, accepted, changed)
         VALUES ('LATE', 'I20', '0731', '2011-10-09 08:00:00', '2011-10-09 08:00:00', '2011-10-11 16:00:00'),
                ('QUICK', 'I20', '0731', '2011-10-11 10:00:00', '2011-10-11 10:00:00', '2011-10-11 10:00:00')",
    );
    city.rounds_on(&["2011-10-11", "2011-10-12"]);
    assert_eq!(figures(&city, "timely")[0], "all  1/2");
    let unknown = city.ledger("SELECT unknown FROM coverage WHERE measure = 'timely' AND scope = 'all'");
    let traces = city.ledger("SELECT sum(traces) - sum(timed) FROM case_measures");
    assert_eq!(unknown.last(), traces.first());
    let list = city.ledger("SELECT sum(present), sum(required), sum(timely), sum(timed) FROM case_measures");
    assert_eq!(list, ["3|4|1|2"]);
    // A case turns out to be another item's: the sums follow it.
    city.approval("UPDATE cases SET item = 'I60', changed = '2011-10-12 10:00:00' WHERE number = 'HALF'");
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(figures(&city, "traces")[0], "all  2/2");
    assert_eq!(
        city.ledger("SELECT item, cases, required FROM item_count"),
        ["I20|4|2", "I60|1|0"],
        "no stage is required of I60"
    );
    assert_eq!(city.ledger("SELECT item, sum(cases) FROM item_day GROUP BY item"), ["I20|4", "I60|1"]);
}

/// Issue of every coverage figure: when the source is dark, nobody knows; and who came or left is on record.
#[test]
fn a_dark_source_makes_its_items_unknown_and_changes_are_kept() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-05-10 10:00:00").decided("A-1", "2011-05-12 10:00:00");
    city.rounds_on(&["2011-08-09"]);
    std::fs::rename(city.path("approval.db"), city.path("away.db")).unwrap();
    city.rounds_on(&["2011-08-10", "2011-08-11"]);
    assert_eq!(
        city.ledger("SELECT item, state FROM item_state WHERE state <> 'unconnected'"),
        ["I20|unknown", "ITAX|exempt"]
    );
    assert_eq!(figures(&city, "items")[0], "all  1/4", "it was connected all the same");
    let unknown = city.ledger(
        "SELECT measure, unknown FROM coverage WHERE scope = 'all' AND day = '2011-08-11' AND unknown > 0 ORDER BY measure",
    );
    assert_eq!(unknown, ["items_active|1", "timely|4", "units|1"]);
    std::fs::rename(city.path("away.db"), city.path("approval.db")).unwrap();
    city.rounds_on(&["2011-08-12"]);
    let changes = city.ledger("SELECT day, before, after FROM coverage_changes WHERE item_code = 'I20'");
    assert_eq!(changes, ["2011-08-09||active", "2011-08-11|active|unknown", "2011-08-12|unknown|silent"]);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"))
        .args(["coverage", "--changes", "2011-08-10", "--lang", "zh-CN", "-c"])
        .arg(city.path("jianchad.toml"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("不明") && said.contains("静默") && !said.contains("2011-08-09"), "{said}");
}

/// 有效期止: an item counts to its last day and from the day after is in no figure of items, neither above nor below the line; one
/// whose season is over is not silent, and is no part of the active ones; and both are named as what they are.
#[test]
fn items_out_of_force_or_season_are_not_counted_as_missing() {
    let mut city = Bench::new();
    city.write("registry/units.csv", &format!("{}U9,市烟花办,431000,季节性\n", crate::bench::UNITS));
    let plain = crate::bench::ITEMS
        .replace(",免纳入期限\n", ",免纳入期限,有效期止,办理季节\n")
        .replace(",,,\n", ",,,,,\n");
    let items = plain.replace("市政府办公室,\n", "市政府办公室,,,\n")
        + "IOLD,旧证核发,U2,行政许可,承诺件,10个工作日,20个工作日,,,,审批系统,,,,2011-08-10,\n\
           IFIRE,防火期用火,U2,行政许可,承诺件,10个工作日,20个工作日,,,,审批系统,,,,,09-15/05-12\n\
           IBANG,烟花销售,U9,行政许可,承诺件,10个工作日,20个工作日,,,,审批系统,,,,,\n";
    city.write("registry/items.csv", &items);
    for (number, item) in [("A", "I20"), ("B", "IOLD"), ("C", "IFIRE"), ("D", "IBANG")] {
        city.accepted(number, item, "2011-05-10 10:00:00").decided(number, "2011-05-11 10:00:00");
    }
    let states = |city: &Bench| {
        city.ledger("SELECT item, state FROM item_state WHERE state NOT IN ('unconnected', 'exempt')")
    };
    let all = |city: &Bench| {
        ["items", "items_not_exempt", "items_active"].map(|measure| figures(city, measure)[0].clone())
    };
    city.rounds_on(&["2011-08-09"]);
    assert_eq!(states(&city), ["I20|active", "IBANG|active", "IFIRE|active", "IOLD|active"]);
    assert_eq!(all(&city), ["all  4/7", "all  4/6", "all  4/7"]);
    city.rounds_on(&["2011-08-10"]);
    assert_eq!(states(&city), ["I20|silent", "IBANG|out_of_season", "IFIRE|out_of_season", "IOLD|silent"]);
    assert_eq!(all(&city), ["all  4/7", "all  4/6", "all  0/5"], "on its last day it counts");
    city.rounds_on(&["2011-08-11"]);
    assert_eq!(
        states(&city),
        ["I20|silent", "IBANG|out_of_season", "IFIRE|out_of_season", "IOLD|out_of_force"]
    );
    assert_eq!(all(&city), ["all  3/6", "all  3/5", "all  0/4"]);
    let said = city.ledger("SELECT reason FROM coverage_missing WHERE state LIKE 'out%' ORDER BY item_code");
    assert_eq!(said, ["季节性单位，近期没有办理", "办理季节为9月15日至5月12日", "有效期至2011-08-10，已过"]);
    let digest =
        city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_name = '监察室' ORDER BY letter DESC LIMIT 1").join("");
    assert!(digest.contains("非办理季节2项；另有不在有效期的1项，不计入覆盖率"), "{digest}");
    city.rounds_on(&["2011-09-14", "2011-09-15"]);
    assert_eq!(states(&city)[2], "IFIRE|active", "the first day of the season finds the end of the last one");
}

/// Issue 13: a drop folder in which there never was a file is not 0 %: what its files could show is unknown, and no other item. A file with
/// nothing in it says that there is nothing.
#[test]
fn what_an_empty_folder_could_show_is_unknown() {
    let states = |city: &Bench| city.ledger("SELECT item || ' ' || state FROM item_state ORDER BY 1");
    let shares = |city: &Bench| {
        city.ledger(
            "SELECT measure || ' ' || numerator || '/' || denominator || ' ' || unknown FROM coverage
             WHERE scope = 'all' AND measure IN ('items', 'items_active', 'items_not_exempt', 'units')
                 AND day = (SELECT max(day) FROM coverage) ORDER BY 1",
        )
    };
    let mut city = crate::alike::with_halls("drop");
    std::fs::create_dir(city.path("drop")).unwrap();
    city.rounds_on(&["2011-10-10"]);
    assert_eq!(states(&city), ["I20 unknown", "I60 unknown", "INOW unknown", "ITAX exempt"]);
    let nobody_knows = ["items 0/0 4", "items_active 0/0 4", "items_not_exempt 0/0 3", "units 0/0 3"];
    assert_eq!(shares(&city), nobody_knows);
    let why = city.ledger("SELECT DISTINCT reason FROM coverage_missing WHERE state = 'unknown'");
    assert_eq!(why, ["尚未见办理痕迹，而可能载有该事项的数据源hall从未读到任何内容，情况不明"]);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"))
        .args(["status", "--lang", "zh-CN", "-c"])
        .arg(city.path("jianchad.toml"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("事项覆盖率") && !said.contains("0.0%") && !said.contains("0.0 %"), "{said}");
    city.write("drop/1.csv", "no,item,accepted,decided\n");
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(shares(&city), ["items 0/4 0", "items_active 0/4 0", "items_not_exempt 0/3 0", "units 0/3 0"]);
    city.write("drop/2.csv", "no,item,accepted,decided\nA,I20,2011-10-11 09:00,\n");
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(states(&city)[0], "I20 active");
}

/// Issue 13: so is what only the other source could show, an empty folder of one unit or a database that was never there; what was seen in
/// the one that was read is known.
#[test]
fn what_only_the_other_source_could_show_is_unknown() {
    for (source, unknown, shares) in [
        (
            "kind = \"csv\"\npath = \"drop\"\n",
            ["I60 unknown", "INOW unknown"],
            ["items 1/2 2", "units 1/2 1"],
        ),
        (
            "kind = \"csv\"\npath = \"drop\"\n",
            ["I60 unconnected", "INOW unknown"],
            ["items 1/3 1", "units 1/2 1"],
        ),
        (
            "kind = \"sqlite\"\npath = \"away.db\"\n",
            ["I60 unknown", "INOW unknown"],
            ["items 1/2 2", "units 1/2 1"],
        ),
    ] {
        let mut city = Bench::new();
        city.licence("A-1", "2011-10-10 09:00:00");
        let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
        let item = if unknown[0].ends_with("unconnected") { "item_is = \"INOW\"" } else { "item = \"item\"" };
        let from = if source.contains("sqlite") { "table = \"cases\"\n" } else { "" };
        let read = format!(
            "[[source.second.read]]\n{from}shape = \"wide\"\ncase = \"no\"\n{item}\nunit_is = \"U2\"\n"
        );
        let traces = "traces = [{ kind = \"accepted\", at = \"accepted\" }]\n";
        city.write("jianchad.toml", &format!("{text}\n[source.second]\n{source}{read}{traces}"));
        std::fs::create_dir(city.path("drop")).unwrap();
        city.restart().rounds_on(&["2011-10-11"]);
        let states = city.ledger(
            "SELECT item || ' ' || state FROM item_state WHERE item LIKE 'I6%' OR item = 'INOW' ORDER BY 1",
        );
        assert_eq!(states, unknown, "{source}");
        let seen = city.ledger(
            "SELECT measure || ' ' || numerator || '/' || denominator || ' ' || unknown FROM coverage
             WHERE scope = 'all' AND measure IN ('items', 'units') ORDER BY 1",
        );
        assert_eq!(seen, shares, "{source}");
    }
}
