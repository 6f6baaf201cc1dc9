//! How MySQL writes texts and zones.

use chrono::{NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;

/// A text as a statement has it, whatever `sql_mode` says of backslashes and quotes.
pub(super) fn text(written: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b" -_:.+/@".contains(&byte);
    if written.bytes().all(plain) {
        format!("'{written}'")
    } else {
        format!("_utf8mb4 x'{}'", hex(written.as_bytes()))
    }
}

/// Bytes as a statement has them.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A zone as a server takes it: by its offset where that is the same all the year, as few servers know the names.
pub(super) fn zone_name(zone: Tz) -> String {
    let offset = |month| {
        let noon = NaiveDate::from_ymd_opt(2020, month, 1).and_then(|day| day.and_hms_opt(12, 0, 0));
        noon.map(|noon| zone.offset_from_utc_datetime(&noon).fix().local_minus_utc())
    };
    match (offset(1), offset(7)) {
        (Some(winter), Some(summer)) if winter == summer => {
            let sign = if winter < 0 { '-' } else { '+' };
            let minutes = winter.abs() / 60;
            format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
        _ => zone.name().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever stands in a mark or name, a statement takes it for nothing else.
    #[test]
    fn texts_and_zones_are_written_as_every_server_takes_them() {
        assert_eq!(text("2011-11-29 10:00:00.5+08"), "'2011-11-29 10:00:00.5+08'");
        assert_eq!(text("x' or 1 -- \\"), "_utf8mb4 x'7827206f722031202d2d205c'");
        assert_eq!(text("办"), "_utf8mb4 x'e58a9e'");
        let zones = [
            chrono_tz::Asia::Shanghai,
            chrono_tz::Asia::Kolkata,
            chrono_tz::America::Caracas,
            chrono_tz::Europe::Berlin,
        ];
        assert_eq!(zones.map(zone_name), ["+08:00", "+05:30", "-04:00", "Europe/Berlin"]);
    }
}
