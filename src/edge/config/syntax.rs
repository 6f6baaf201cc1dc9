//! What the reader of TOML says of a text that it cannot read.

use crate::domain::text::{Text, say};

/// A mistake of syntax, by what the reader calls it; what it expected there stands in its own words.
pub(super) fn syntax(words: &str) -> Text {
    if let Some((key, known)) = unknown_field(words) {
        return say!("cause-toml_unknown", words, key, known);
    }
    if let Some(key) = words.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        return say!("cause-toml_absent", words, key);
    }
    let what = words.split(", expected").next().unwrap_or(words);
    let begins = |starts: &[&str]| starts.iter().any(|start| what.starts_with(start));
    match what {
        "duplicate key" => say!("cause-toml_twice", words),
        _ if begins(&["unclosed table", "unclosed array table", "missing table open"]) => {
            say!("cause-toml_heading", words)
        }
        _ if begins(&["unclosed", "missing array", "missing inline table"]) => {
            say!("cause-toml_bracket", words)
        }
        _ if begins(&["missing comma", "extra comma"]) => say!("cause-toml_comma", words),
        _ if begins(&["key with no value", "missing value", "string values must be quoted"]) => {
            say!("cause-toml_value", words)
        }
        _ if begins(&[
            "missing key",
            "missing assignment",
            "extra `=`",
            "extra assignment",
            "unexpected `=`",
        ]) =>
        {
            say!("cause-toml_assignment", words)
        }
        _ if begins(&["invalid unquoted key"]) => say!("cause-toml_bare_key", words),
        _ if begins(&[
            "invalid basic string",
            "invalid literal string",
            "invalid multi",
            "missing opening quote",
        ]) || what.contains("quote") =>
        {
            say!("cause-toml_quote", words)
        }
        _ if begins(&[
            "unexpected leading zero",
            "redundant",
            "invalid integer",
            "invalid float",
            "radix",
        ]) || what.contains("digit") =>
        {
            say!("cause-toml_number", words)
        }
        _ if begins(&["invalid type"]) => say!("cause-toml_type", words),
        _ => say!("cause-toml", words),
    }
}

/// Which key is unknown, and which there are.
fn unknown_field(words: &str) -> Option<(&str, &str)> {
    let (key, known) = words.strip_prefix("unknown field `")?.split_once("`, expected ")?;
    Some((key, known.strip_prefix("one of ").unwrap_or(known)))
}

#[cfg(test)]
mod tests {
    use super::syntax;
    use crate::domain::text::Language;

    /// English keeps the words of the reader; Chinese says what is wrong, and quotes only what it has no words for.
    #[test]
    fn mistakes_of_syntax_are_said_in_every_language() {
        for (text, zh) in [
            ("a = 1\na = 2", "同一项写了两次"),
            ("[mail", "表头没有写完整，缺少“]”"),
            ("a = [1", "括号没有闭合"),
            ("a = [1,,2]", "列表或表中逗号缺失或多余"),
            ("a =", "缺少值；文本须加引号"),
            ("受理 = 1", "名称中有汉字等字符的，须加引号，如 \"受理\" = …"),
            ("a = \"x", "引号没有闭合，或引号内写法有误"),
            ("a = 007", "数字写法有误"),
        ] {
            let error = text.parse::<toml::Table>().unwrap_err();
            assert_eq!(syntax(error.message()).words(Language::English), error.message(), "{text}");
            assert_eq!(syntax(error.message()).words(Language::Chinese), zh, "{text}: {}", error.message());
        }
        let unknown = syntax("unknown field `yaer`, expected `plain` or `year`");
        assert_eq!(unknown.words(Language::Chinese), "没有“yaer”这一项，此处可写：`plain` or `year`");
        assert_eq!(syntax("a b c").words(Language::Chinese), "写法有误（程序库提示“a b c”）");
    }
}
