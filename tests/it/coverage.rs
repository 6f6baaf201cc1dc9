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
