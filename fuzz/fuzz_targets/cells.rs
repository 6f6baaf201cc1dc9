//! Single cells: what is read of a limit, a season, an address, a calendar must be written so that it can be read again.
#![no_main]

use jianchad::testing::domain::count::OfficeHours;
use jianchad::testing::domain::letter::address;
use jianchad::testing::domain::limit::Limit;
use jianchad::testing::domain::season::Season;
use jianchad::testing::edge::config::calendar;
use jianchad_fuzz::assert_fits;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(limit) = text.parse::<Limit>() {
        assert_eq!(limit.to_string().parse::<Limit>(), Ok(limit));
    }
    if let Ok(season) = text.parse::<Season>() {
        assert_eq!(season.to_string().parse::<Season>(), Ok(season));
    }
    if let Ok(addresses) = address::several(text) {
        for address in addresses {
            assert_eq!(address::single(&address).as_deref(), Ok(address.as_str()));
        }
    }
    let _hours = text.parse::<OfficeHours>();
    if let Err(problems) = calendar::parse(text) {
        problems.iter().for_each(|problem| assert_fits(&problem.to_string()));
    }
});
