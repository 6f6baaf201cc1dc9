//! How many cases there are in all, by two independent lists of them (capture and recapture).
//!
//! Two lists find `first` and `second` cases, `both` of them in common. If being on one list says nothing about being on the
//! other, the number of all cases is about `(first + 1)(second + 1) / (both + 1) − 1` (D. G. Chapman, 1951), with the variance
//! `(first + 1)(second + 1)(first − both)(second − both) / ((both + 1)²(both + 2))` (G. A. F. Seber, 1970). The interval is
//! taken on the logarithm of the cases that neither list has (K. P. Burnham; in A. Chao, Biometrics 43, 1987), so that it never
//! falls below what was seen. Lists that go together (a ticket is drawn and a fee paid at the same window) make the estimate
//! too low, lists that exclude each other too high.

/// Two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lists {
    /// Cases on the first.
    pub first: u64,
    /// Cases on the second.
    pub second: u64,
    /// Cases on both.
    pub both: u64,
}

/// How many cases there are in all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub cases: f64,
    /// Lower end of the 95 % interval.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

impl Lists {
    /// The estimate; `None` where the lists share nothing, which says nothing about the rest.
    pub fn estimate(&self) -> Option<Estimate> {
        let [first, second, both] = [self.first, self.second, self.both].map(|count| count as f64);
        if self.both == 0 || self.both > self.first.min(self.second) {
            return None;
        }
        let cases = (first + 1.0) * (second + 1.0) / (both + 1.0) - 1.0;
        let variance = (first + 1.0) * (second + 1.0) * (first - both) * (second - both)
            / ((both + 1.0).powi(2) * (both + 2.0));
        let seen = first + second - both;
        let unseen = cases - seen;
        if unseen <= 0.0 {
            return Some(Estimate { cases: seen, lower: seen, upper: seen });
        }
        let spread = (1.96 * (1.0 + variance / unseen.powi(2)).ln().sqrt()).exp();
        Some(Estimate { cases, lower: seen + unseen / spread, upper: seen + unseen * spread })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// G. A. F. Seber's own example is any two samples; by hand: 201 · 151 / 51 − 1 = 594.1.
    #[test]
    fn the_estimate_is_chapman_s() {
        let estimate = Lists { first: 200, second: 150, both: 50 }.estimate().unwrap();
        assert!((estimate.cases - 594.117_647).abs() < 1e-6, "{estimate:?}");
        // Variance 201 · 151 · 150 · 100 / (51² · 52) = 3366.1; standard deviation 58.0.
        assert!(
            estimate.lower > 490.0
                && estimate.lower < 510.0
                && estimate.upper > 715.0
                && estimate.upper < 740.0
        );
        assert_eq!(Lists { first: 10, second: 5, both: 0 }.estimate(), None);
        let same = Lists { first: 10, second: 10, both: 10 }.estimate().unwrap();
        assert_eq!((same.cases, same.lower, same.upper), (10.0, 10.0, 10.0));
    }

    /// The interval holds the truth about 95 times in a hundred, by simulation over independent lists.
    #[test]
    fn the_interval_holds_the_truth_as_often_as_it_says() {
        let mut state = 2011u64;
        let mut chance = |share: f64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 11) as f64 / (1u64 << 53) as f64) < share
        };
        for (all, one, other) in [(200, 0.4, 0.3), (1000, 0.5, 0.4), (1000, 0.2, 0.2), (3000, 0.7, 0.1)] {
            let (runs, mut held) = (1000, 0);
            for _ in 0..runs {
                let mut lists = Lists { first: 0, second: 0, both: 0 };
                for _ in 0..all {
                    let (a, b) = (chance(one), chance(other));
                    lists.first += u64::from(a);
                    lists.second += u64::from(b);
                    lists.both += u64::from(a && b);
                }
                let estimate = lists.estimate().unwrap();
                held += u32::from((estimate.lower..=estimate.upper).contains(&f64::from(all)));
            }
            assert!((930..=975).contains(&held), "{held} of {runs} with {all}, {one}, {other}");
        }
    }
}
