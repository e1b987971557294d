//! What a path says of its file: whether it can be one, its type, whether it may be kept for ever.

/// The file that a request's path means. Only plain names: the build makes no others, so anything else is somebody trying
/// doors.
pub(super) fn checked(path: &str) -> Option<&str> {
    if is_admins(path) {
        return Some("admin.html");
    }
    if is_entrance(path) {
        return Some("entrance.html");
    }
    let name = path.strip_prefix('/')?;
    let name = if name.is_empty() { "index.html" } else { name };
    let plain = |part: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(allowed)
    };
    name.split('/').all(plain).then_some(name)
}

/// Whether the path is one of the admin's screens: one file stands for all of them.
pub(super) fn is_admins(path: &str) -> bool {
    path == "/admin" || path.starts_with("/admin/")
}

/// Whether the path is the window in which a person signs in for a phone inside a page.
pub(super) fn is_entrance(path: &str) -> bool {
    path == "/entrance"
}

/// The media type.
pub(super) fn media_type(name: &str) -> String {
    let guess = mime_guess::from_path(name).first_or_octet_stream();
    let is_text = guess.type_() == mime_guess::mime::TEXT;
    match is_text {
        true => format!("{}; charset=utf-8", guess.essence_str()),
        false => guess.essence_str().to_owned(),
    }
}

/// Whether the name carries a hash of the content, as `cargo xtask build` writes it: `name-0123456789abcdef.js`,
/// `name-0123456789abcdef_bg.wasm`.
pub(super) fn is_hashed(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.split(['-', '.', '_']).skip(1).any(|part| {
        part.len() >= 8
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_files() {
        assert_eq!(checked("/"), Some("index.html"));
        assert_eq!(checked("/a/b-1.js"), Some("a/b-1.js"));
        for path in ["/admin", "/admin/", "/admin/users/a%40b.in", "/admin/../x"] {
            assert_eq!(checked(path), Some("admin.html"), "{path}");
        }
        assert_eq!(checked("/entrance"), Some("entrance.html"));
        assert_eq!(checked("/entrance/x"), Some("entrance/x"));
        assert_eq!(checked("/admin-1.css"), Some("admin-1.css"));
        for path in [
            "",
            "//",
            "/..",
            "/../x",
            "/a/../b",
            "/.git/config",
            "/a//b",
            "/a\\b",
            "/%2e%2e/x",
            "/a\0",
            "/ä",
            "/C:/x",
        ] {
            assert_eq!(checked(path), None, "{path}");
        }
    }

    #[test]
    fn types_are_what_browsers_insist_on() {
        for (name, kind) in [
            ("a_bg.wasm", "application/wasm"),
            ("boot.js", "text/javascript; charset=utf-8"),
            ("index.html", "text/html; charset=utf-8"),
            ("style.css", "text/css; charset=utf-8"),
            ("icon.svg", "image/svg+xml"),
            ("what", "application/octet-stream"),
        ] {
            assert_eq!(media_type(name), kind);
        }
    }

    #[test]
    fn hashes_are_told_from_words() {
        assert!(is_hashed("softphone-1a2b3c4d5e6f7a8b_bg.wasm"));
        assert!(is_hashed("style/style-1a2b3c4d5e6f7a8b.css"));
        for name in ["index.html", "worker_bg.wasm", "deadbeef0.js", "embed.js"] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
