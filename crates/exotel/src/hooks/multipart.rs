//! `multipart/form-data` (RFC 7578): what click-to-call posts when no other content type was asked for.

use serde_json::Value;

use super::HookError;

/// Reads the named parts of a body that starts with its boundary; the boundary in the content type is not needed.
pub(super) fn read(content_type: &str, body: &[u8]) -> Result<Vec<(String, Value)>, HookError> {
    let text = String::from_utf8_lossy(body);
    let line = text.lines().next().unwrap_or_default().trim_end();
    let declared = declared_boundary(content_type).map(|boundary| format!("--{boundary}"));
    // A boundary is 1 to 70 characters; a shorter one would split the values (RFC 2046 §5.1.1).
    let boundary = declared.unwrap_or_else(|| line.to_owned());
    if !(3..=72).contains(&boundary.len()) || !text.starts_with(&boundary) {
        return Err(HookError::Multipart);
    }
    Ok(text.split(&boundary).skip(1).filter_map(part).collect())
}

fn declared_boundary(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("boundary")
            .then(|| value.trim().trim_matches('"'))
    })
}

/// One part's name and text, if it has a name.
fn part(part: &str) -> Option<(String, Value)> {
    let (head, value) = part.split_once("\r\n\r\n").or_else(|| part.split_once("\n\n"))?;
    let disposition = head
        .lines()
        .find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let name = disposition.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("name")
            .then(|| value.trim().trim_matches('"'))
    })?;
    let value = value.strip_suffix('\n').unwrap_or(value);
    let value = value.strip_suffix('\r').unwrap_or(value);
    Some((name.to_owned(), Value::String(value.to_owned())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const BODY: &str = "--x1\r\nContent-Disposition: form-data; name=\"CallSid\"\r\n\r\n80bf\r\n\
        --x1\r\nContent-Disposition: form-data; name=\"Legs[0][Status]\"\r\n\r\ncompleted\r\n--x1--\r\n";

    #[test]
    fn parts_are_pairs() {
        let expected = [
            ("CallSid".to_owned(), json!("80bf")),
            ("Legs[0][Status]".to_owned(), json!("completed")),
        ];
        assert_eq!(
            read("multipart/form-data; boundary=x1", BODY.as_bytes()).unwrap(),
            expected
        );
        assert_eq!(read("", BODY.as_bytes()).unwrap(), expected);
    }

    #[test]
    fn a_boundary_must_open_the_body() {
        assert_eq!(
            read("multipart/form-data; boundary=y", BODY.as_bytes()),
            Err(HookError::Multipart)
        );
        assert_eq!(read("", b"--\r\n"), Err(HookError::Multipart));
    }
}
