//! Which tests are likeliest to notice a fault.

use std::collections::BTreeMap;

use crate::tests::Test;

/// How much a test is about a function, and about a file: faults there make a difference to it that make one to few others.
#[derive(Default)]
pub struct Likely {
    functions: BTreeMap<String, BTreeMap<String, f64>>,
    files: BTreeMap<String, BTreeMap<String, f64>>,
}

/// The file of a fault, and its file and function, by its line of the list.
fn places(fault: &str) -> (String, String) {
    let mut parts = fault.split('\t');
    let file = parts.next().and_then(|place| place.split(':').next()).unwrap_or_default();
    (file.to_owned(), format!("{file} {}", parts.next().unwrap_or_default()))
}

impl Likely {
    pub fn of(faults: &BTreeMap<u32, String>, tests: &BTreeMap<u32, Vec<Test>>) -> Self {
        let mut likely = Self::default();
        for (fault, tests) in tests {
            let (file, function) = places(faults.get(fault).map_or("", String::as_str));
            let weight = 1.0 / tests.len() as f64;
            for (all, place) in [(&mut likely.files, file), (&mut likely.functions, function)] {
                let all = all.entry(place).or_default();
                for test in tests {
                    *all.entry(test.name.clone()).or_default() += weight;
                }
            }
        }
        likely
    }

    /// Puts the tests first that are fast and likely to notice a fault.
    pub fn sort(&self, fault: &str, tests: &mut [Test]) {
        let (file, function) = places(fault);
        let weight = |all: &BTreeMap<String, BTreeMap<String, f64>>, place: &str, test: &Test| {
            all.get(place).and_then(|all| all.get(&test.name)).copied().unwrap_or_default()
        };
        let cost = |test: &Test| {
            let likely = 4.0 * weight(&self.functions, &function, test) + weight(&self.files, &file, test);
            (0.2 + test.takes) / (0.02 + likely)
        };
        tests.sort_by(|one, other| cost(one).total_cmp(&cost(other)));
    }
}
