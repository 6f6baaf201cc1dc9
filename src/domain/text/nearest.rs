//! Which of some names was probably meant.

/// The name that was probably meant: the nearest, where not more than two letters (a third of a long name) differ, else the shortest
/// that has the wrong one in it.
pub fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let (length, mut best, mut holding) = (wrong.chars().count(), None, None::<&str>);
    for name in names {
        let far = distance(name, wrong);
        if best.is_none_or(|(least, _)| far < least) {
            best = Some((far, name));
        }
        let shorter = holding.is_none_or(|it| name.len() < it.len());
        if length > 1 && (name.contains(wrong) || wrong.contains(name)) && !name.is_empty() && shorter {
            holding = Some(name);
        }
    }
    let near = best.filter(|(far, _)| *far <= (length / 3).max(2) && *far < length);
    near.map(|(_, name)| name).or(holding)
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
