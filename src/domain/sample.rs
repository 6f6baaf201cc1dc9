//! A list of cases for inspection by people (抽查), drawn by a seed that is published beforehand.

use ring::digest::{SHA256, digest};

/// The place of a case in the draw: the SHA-256 of seed, source and case number, each followed by a line end, in hexadecimal.
/// The cases with the smallest ones are drawn, so that anybody with the seed and the list can draw again.
pub fn lot(seed: &str, source: &str, number: &str) -> String {
    let hash = digest(&SHA256, format!("{seed}\n{source}\n{number}\n").as_bytes());
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Draws `size` of the cases, in the order of their lots.
pub fn draw<T>(
    seed: &str,
    size: usize,
    cases: Vec<T>,
    name: impl Fn(&T) -> (String, String),
) -> Vec<(String, T)> {
    let lot = |case: T| {
        let (source, number) = name(&case);
        (lot(seed, &source, &number), case)
    };
    let mut drawn: Vec<(String, T)> = cases.into_iter().map(lot).collect();
    drawn.sort_by(|one, other| one.0.cmp(&other.0));
    drawn.truncate(size);
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf 'lucky\nhall\nA-1\n' | sha256sum` gives the same.
    #[test]
    fn a_lot_is_a_plain_hash() {
        let lot = lot("lucky", "hall", "A-1");
        assert_eq!(lot, "f9725eafe9c91b9da86c2ce6e86432c01615d992a92028e7ae63bfe7b745502a");
    }

    /// Whatever order the cases come in, the same are drawn; and every case has the same chance.
    #[test]
    fn the_draw_does_not_follow_the_order_and_is_fair() {
        let name = |number: &u32| ("hall".to_owned(), number.to_string());
        let mut turned: Vec<u32> = (0..1000).collect();
        turned.rotate_left(377);
        assert_eq!(draw("s", 50, turned, name), draw("s", 50, (0..1000).collect(), name));
        let mut times = vec![0_u32; 100];
        for seed in 0..2000 {
            for (_, number) in draw(&seed.to_string(), 10, (0..100).collect(), name) {
                times[number as usize] += 1;
            }
        }
        // 200 expected, standard deviation 13.4: five of them to either side.
        assert!(times.iter().all(|times| (133..=267).contains(times)), "{times:?}");
    }
}
