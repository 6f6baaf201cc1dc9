use super::*;

/// Every day, number and count is marked once as a whole; what is in a tag, a style, or only looks like one is left.
#[test]
fn a_day_is_marked_as_a_whole_and_a_tag_is_left() {
    let kept = |text: &str| format!("{}{text}{}", SPAN.0, SPAN.1);
    for day in ["12月14日", "2012年1月4日", "12月14日09:05", "2011-12-14", "2011-12-14 09:05", "2011-004104"]
    {
        assert_eq!(unbroken(&format!("<p>于{day}到期</p>")), format!("<p>于{}到期</p>", kept(day)));
    }
    for other in [
        "<td title=\"2011-12-14\">甲</td>",
        "<style>a-1</style><title>2011-12-14</title>",
        "12月",
        "well-known",
        "&#x27;1-2&#x27;",
        "-1",
    ] {
        assert_eq!(unbroken(other), other);
    }
    for count in ["20个工作日", "3件", "12个单位", "超期43个工作日", "逾期2个工作日"] {
        assert_eq!(unbroken(&format!("<td>时限{count}，</td>")), format!("<td>时限{}，</td>", kept(count)));
    }
    assert_eq!(unbroken("法定时限超期"), "法定时限超期");
    assert_eq!(unbroken("<td>A20个工作日</td>"), "<td>A20个工作日</td>", "the end of a name");
    let long = format!("{}-1", "1".repeat(LONGEST));
    assert_eq!(unbroken(&long), long, "it would not fit on a telephone");
    assert_eq!(unbroken("2011年12月1日至30日"), format!("{}至30日", kept("2011年12月1日")));
}

/// A number of 23 signs, of 24, of 25: the last would not fit on a telephone.
#[test]
fn a_number_is_kept_together_as_far_as_it_fits() {
    for (digits, whole) in [(LONGEST - 3, true), (LONGEST - 2, true), (LONGEST - 1, false)] {
        let text = format!("{}-1", "1".repeat(digits));
        assert_eq!(unbroken(&text) != text, whole, "{}", text.len());
    }
}
