//! Which of some names was probably meant.

/// The name that was probably meant: the nearest, where not more than two letters (a third of a long name) differ, of several that are as
/// near the one that begins so; else the shortest that has the wrong one in it; else the shortest that it abbreviates.
pub fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = wrong.chars().count();
    let (mut best, mut holding, mut whole) = (None, None::<&str>, None::<&str>);
    for name in names {
        let far = distance(name, wrong);
        let nearness = (far, !name.starts_with(wrong));
        if best.is_none_or(|(least, _)| nearness < least) {
            best = Some((nearness, name));
        }
        let shorter = |than: Option<&str>| than.is_none_or(|it| name.len() < it.len());
        if length > 1
            && (name.contains(wrong) || wrong.contains(name))
            && !name.is_empty()
            && shorter(holding)
        {
            holding = Some(name);
        }
        if length >= ABBREVIATED && abbreviates(wrong, name) && shorter(whole) {
            whole = Some(name);
        }
    }
    let near = best.filter(|((far, _), _)| *far <= (length / 3).max(2) && *far < length);
    near.map(|(_, name)| name).or(holding).or(whole)
}

/// Shortest abbreviation, in letters: fewer stand in many names.
const ABBREVIATED: usize = 3;

/// Whether all letters of a word stand in a name in their order, as 住建局 in 住房和城乡建设局, from any place on.
fn abbreviates(word: &str, name: &str) -> bool {
    let mut letters = name.chars();
    word.chars().all(|letter| letters.any(|it| it == letter))
}

/// How many letters must be added, dropped or changed to turn one word into the other.
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for j in 0..other.len() {
            let changed = corner + usize::from(letter != other[j]);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    /// Issue 13: a slip of the pen finds its name, a part of a name the whole; what is like nothing finds nothing.
    #[test]
    fn a_slip_of_the_pen_finds_its_name() {
        let units = || ["U1", "市住建局", "市国土局", "shou_li_shi_jian"];
        assert_eq!(nearest("市住健局", units()), Some("市住建局"));
        assert_eq!(nearest("住建局", units()), Some("市住建局"));
        assert_eq!(nearest("shouli_shijian", units()), Some("shou_li_shi_jian"));
        assert_eq!(nearest("财政", units()), None);
        assert_eq!(
            nearest("住建局", ["示范县民政局", "示范县住房和城乡建设局"]),
            Some("示范县住房和城乡建设局")
        );
        assert_eq!(nearest("建住局", ["示范县住房和城乡建设局"]), None);
        assert_eq!(nearest("case:name", ["time:timestamp", "case:concept:name"]), Some("case:concept:name"));
        assert_eq!(nearest("ZJ", ["MZJ", "ZJJ", "YZJ"]), Some("ZJJ"));
        assert_eq!(nearest("X", units()), None);
    }

    /// Of names that are equally near the first is meant.
    #[test]
    fn of_equals_the_first_is_meant() {
        assert_eq!(nearest("units1", ["units2", "units3"]), Some("units2"));
    }

    /// A name with something behind it has the name in it, too much for a slip of the pen.
    #[test]
    fn a_name_in_a_longer_one_is_found() {
        assert_eq!(nearest("市住建局行政审批科", ["市住建局", "市国土局"]), Some("市住建局"));
        assert_eq!(nearest("住建", ["市住建局行政审批科", "市国土局"]), Some("市住建局行政审批科"));
    }
}
