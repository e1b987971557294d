//! `;name=value` parameters, of URIs and of headers.

use crate::scan::{Scan, is_token, quote_into};

/// Parameters in their order. Names compare without case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(Vec<Param>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Param {
    name: String,
    value: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    /// `;lr`
    None,
    /// `;tag=abc`, as written
    Plain(String),
    /// `;text="abc"`, without its quotes and escapes
    Quoted(String),
}

impl Params {
    /// No parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of `name`; the empty string if it is there without one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|p| p.name.eq_ignore_ascii_case(name))
            .map(Param::value)
    }

    /// Whether `name` is there, with or without a value.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Names and values in order; the empty string where there is no value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|p| (p.name.as_str(), p.value()))
    }

    /// Sets `name=value` in place of any former value. A value that is no token is written quoted.
    /// A name that is no token is ignored: it could not be written.
    pub fn set(&mut self, name: &str, value: &str) {
        let plain = !value.is_empty() && value.bytes().all(is_plain);
        self.put(
            name,
            if plain {
                Value::Plain(value.into())
            } else {
                Value::Quoted(value.into())
            },
        );
    }

    /// Sets `name="value"`, for parameters whose grammar wants the quotes.
    pub fn set_quoted(&mut self, name: &str, value: &str) {
        self.put(name, Value::Quoted(value.into()));
    }

    /// Sets `name` alone, as in `;lr`.
    pub fn set_flag(&mut self, name: &str) {
        self.put(name, Value::None);
    }

    /// Removes `name`.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|p| !p.name.eq_ignore_ascii_case(name));
    }

    fn put(&mut self, name: &str, value: Value) {
        if name.is_empty() || !name.bytes().all(is_token) {
            return;
        }
        match self.0.iter_mut().find(|p| p.name.eq_ignore_ascii_case(name)) {
            Some(param) => param.value = value,
            None => self.0.push(Param {
                name: name.into(),
                value,
            }),
        }
    }

    /// Reads `*( SEMI generic-param )`; `None` if a parameter is malformed.
    pub(crate) fn read(scan: &mut Scan<'_>) -> Option<Self> {
        let mut params = Self::new();
        while scan.separator(b';') {
            let name = scan.token()?.to_owned();
            let value = if !scan.separator(b'=') {
                Value::None
            } else if scan.peek() == Some(b'"') {
                Value::Quoted(scan.quoted()?)
            } else {
                Value::Plain(scan.some(is_plain)?.to_owned())
            };
            params.0.push(Param { name, value });
        }
        Some(params)
    }

    /// Appends them as header parameters.
    pub(crate) fn write(&self, out: &mut String) {
        for Param { name, value } in &self.0 {
            out.push(';');
            out.push_str(name);
            match value {
                Value::None => {}
                Value::Plain(text) => {
                    out.push('=');
                    out.push_str(text);
                }
                Value::Quoted(text) => {
                    out.push('=');
                    quote_into(out, text);
                }
            }
        }
    }
}

impl Param {
    fn value(&self) -> &str {
        match &self.value {
            Value::None => "",
            Value::Plain(text) | Value::Quoted(text) => text,
        }
    }
}

/// What we take as an unquoted value: wider than token or host, as peers write base64 tags and bare IPv6.
fn is_plain(b: u8) -> bool {
    b.is_ascii_graphic() && !b";,\"<>\\?".contains(&b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Params> {
        let mut scan = Scan::new(text);
        let params = Params::read(&mut scan)?;
        scan.done().then_some(params)
    }

    #[test]
    fn reads_values_flags_and_quotes() {
        let params = read(" ; tag  = 98a ;lr;received=[2001:db8::9] ;text=\"a;b \\\"c\\\"\"").unwrap();
        assert_eq!(params.get("TAG"), Some("98a"));
        assert_eq!(params.get("lr"), Some(""));
        assert_eq!(params.get("received"), Some("[2001:db8::9]"));
        assert_eq!(params.get("text"), Some("a;b \"c\""));
        let mut out = String::new();
        params.write(&mut out);
        assert_eq!(out, ";tag=98a;lr;received=[2001:db8::9];text=\"a;b \\\"c\\\"\"");
    }

    #[test]
    fn empty_parameters_and_values_are_malformed() {
        assert_eq!(read(";;"), None);
        assert_eq!(read(";tag="), None);
        assert_eq!(read(";text=\"open"), None);
    }

    #[test]
    fn a_value_cannot_break_out() {
        let mut params = Params::new();
        params.set("tag", "x;y=z\r\nEvil: 1");
        params.set("bad name", "v");
        let mut out = String::new();
        params.write(&mut out);
        assert_eq!(out, ";tag=\"x;y=z  Evil: 1\"");
    }
}
