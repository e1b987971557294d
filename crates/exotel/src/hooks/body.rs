//! From the bytes of a request to [`Fields`], whatever the sender calls them.

use serde_json::Value;

use super::{Fields, HookError, MAX_BYTES, MAX_DEPTH, multipart};

/// Reads a webhook's fields: the body's, or the query's if the body has none.
///
/// The two are not mixed, so that parameters of our own in a webhook's URL never pass for the platform's.
/// The body's look counts before its content type: JSON labelled as a form is read, and the reverse.
///
/// # Errors
/// [`HookError`] for what is too large, too deep, or of none of the shapes.
pub fn fields(content_type: Option<&str>, query: &str, body: &[u8]) -> Result<Fields, HookError> {
    if let Some(bytes) = [body.len(), query.len()]
        .into_iter()
        .find(|&bytes| bytes > MAX_BYTES)
    {
        return Err(HookError::TooLarge { bytes });
    }
    let mut fields = read_body(content_type.unwrap_or_default(), body)?;
    if fields.is_empty() {
        let query = query.strip_prefix('?').unwrap_or(query);
        fields = form(query.as_bytes());
    }
    match fields.is_empty() {
        true => Err(HookError::Empty),
        false => Ok(fields),
    }
}

fn read_body(content_type: &str, body: &[u8]) -> Result<Fields, HookError> {
    let body = body
        .strip_prefix("\u{feff}".as_bytes())
        .unwrap_or(body)
        .trim_ascii();
    if body.is_empty() {
        return Ok(Fields::default());
    }
    let essence = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if body.starts_with(b"--") && essence != "application/x-www-form-urlencoded" {
        return multipart::read(content_type, body).map(Fields::from_iter);
    }
    // A form's first name could start with a brace, so only a failed JSON is tried as a form.
    let declared_form = essence == "application/x-www-form-urlencoded";
    match body.first() {
        Some(b'{' | b'[') => match json(body) {
            Err(HookError::Json { .. }) if declared_form && body.contains(&b'=') => Ok(form(body)),
            read => read,
        },
        // A form always has an equals sign; without one the declared JSON is what is broken.
        _ if essence.ends_with("json") && !body.contains(&b'=') => json(body),
        _ => Ok(form(body)),
    }
}

/// Refuses nothing: a broken escape stays as it is, bytes that are no UTF-8 become U+FFFD.
fn form(pairs: &[u8]) -> Fields {
    form_urlencoded::parse(pairs)
        .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
        .collect()
}

fn json(body: &[u8]) -> Result<Fields, HookError> {
    if depth(body) > MAX_DEPTH {
        return Err(HookError::TooDeep);
    }
    let text = String::from_utf8_lossy(body);
    match serde_json::from_str(&text) {
        Ok(Value::Object(object)) => Ok(Fields::from_object(object)),
        // How some clients write that there is no body.
        Ok(Value::Null) => Ok(Fields::default()),
        Ok(_) => Err(HookError::NotAnObject),
        Err(error) => Err(HookError::Json {
            line: error.line(),
            column: error.column(),
        }),
    }
}

/// The deepest nesting of brackets outside of strings.
fn depth(json: &[u8]) -> usize {
    let (mut now, mut deepest) = (0usize, 0usize);
    let (mut in_string, mut escaped) = (false, false);
    for &byte in json {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                now += 1;
                deepest = deepest.max(now);
            }
            b'}' | b']' => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Option<&str> = Some("application/x-www-form-urlencoded; charset=utf-8");
    const JSON: Option<&str> = Some("application/json");

    fn sid(content_type: Option<&str>, query: &str, body: &str) -> Option<String> {
        let fields = fields(content_type, query, body.as_bytes()).ok()?;
        fields.peek_text("CallSid").map(str::to_owned)
    }

    #[test]
    fn each_shape_is_read_under_each_label() {
        for label in [None, FORM, JSON, Some("text/plain"), Some(""), Some(";;")] {
            for body in [
                "{\"CallSid\":\"7b\"}",
                "CallSid=7b",
                "\u{feff} {\"CallSid\":\"7b\"}\r\n",
            ] {
                assert_eq!(sid(label, "", body).as_deref(), Some("7b"), "{label:?} {body}");
            }
        }
    }

    #[test]
    fn the_query_counts_when_the_body_has_nothing() {
        assert_eq!(sid(None, "?CallSid=7b", "").as_deref(), Some("7b"));
        assert_eq!(sid(JSON, "CallSid=7b", "{}").as_deref(), Some("7b"));
        assert_eq!(sid(JSON, "CallSid=7b", "null").as_deref(), Some("7b"));
        assert_eq!(
            sid(None, "CallSid=query", "CallSid=body").as_deref(),
            Some("body")
        );
        let both = fields(None, "token=ours", b"CallSid=7b").unwrap();
        assert!(!both.has("token"));
    }

    #[test]
    fn a_form_whose_first_name_is_a_brace_is_a_form() {
        assert!(fields(FORM, "", b"{a=1&CallSid=7b").unwrap().has("CallSid"));
        assert!(matches!(
            fields(JSON, "", b"{a=1"),
            Err(HookError::Json { line: 1, .. })
        ));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert_eq!(fields(None, "", b"").unwrap_err(), HookError::Empty);
        assert_eq!(fields(JSON, "", b"[1]").unwrap_err(), HookError::NotAnObject);
        assert!(matches!(
            fields(JSON, "", b"nonsense"),
            Err(HookError::Json { .. })
        ));
        let long = vec![b'a'; MAX_BYTES + 1];
        assert_eq!(fields(None, "", &long).unwrap_err().status(), 413);
        let deep = [b"{\"a\":".repeat(40), b"1".to_vec(), b"}".repeat(40)].concat();
        assert_eq!(fields(JSON, "", &deep).unwrap_err(), HookError::TooDeep);
    }

    #[test]
    fn brackets_in_strings_are_no_depth() {
        assert_eq!(depth(br#"{"a":"[[[\"[[["}"#), 1);
    }
}
