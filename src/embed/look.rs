//! How a host may have the phone look: colours and one length, each of which is checked, since it comes from outside.

use protocol::embed::Look;

/// What a host calls it, and the custom property of `www/style/base.css` that it sets.
const NAMES: [(&str, &str); 9] = [
    ("accent", "--accent"),
    ("on-accent", "--on-accent"),
    ("page", "--page"),
    ("panel", "--panel"),
    ("ink", "--ink"),
    ("ink-soft", "--ink-2"),
    ("line", "--line"),
    ("key", "--key"),
    ("radius", "--r2"),
];

/// A colour or a length is no longer.
const LONGEST: usize = 64;

/// The custom properties to set, with their values; what the host does not say, or says wrongly, is to be taken away.
pub fn properties(look: &Look) -> impl Iterator<Item = (&'static str, Option<&str>)> {
    NAMES.into_iter().map(|(name, property)| {
        let value = look.theme.get(name).map(|value| value.trim());
        (property, value.filter(|value| is_plain(value)))
    })
}

/// A colour, or a length: nothing that loads, ends the value or refers to something else.
fn is_plain(value: &str) -> bool {
    let function = value.split_once('(').map_or("", |(name, _)| name);
    let known = [
        "", "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color",
    ];
    let plain = |c: char| c.is_ascii_alphanumeric() || "#(),.%/- ".contains(c);
    !value.is_empty()
        && value.len() <= LONGEST
        && value.chars().all(plain)
        && value.matches('(').count() <= 1
        && known.contains(&function)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(name: &str, value: &str) -> Option<(&'static str, String)> {
        let theme = [(name.to_owned(), value.to_owned())].into_iter().collect();
        let look = Look { theme };
        let mut all = properties(&look);
        all.find_map(|(property, value)| Some((property, value?.to_owned())))
    }

    #[test]
    fn colours_and_lengths_are_set() {
        for value in [
            "#0a7",
            "rebeccapurple",
            "rgb(10 20 30 / 40%)",
            "hsl(200, 50%, 40%)",
            "12px",
            "0.5rem",
        ] {
            assert_eq!(set("accent", value), Some(("--accent", value.into())));
        }
        assert_eq!(set("radius", " 4px "), Some(("--r2", "4px".into())));
    }

    #[test]
    fn nothing_else_is() {
        for value in [
            "",
            "url(https://evil.test/x)",
            "var(--x)",
            "red; background: url(x)",
            "rgb(url(x))",
            "attr(data-x)",
            "image-set(\"x\" 1x)",
            "expression(1)",
            "{}",
            &"9".repeat(65),
        ] {
            assert_eq!(set("accent", value), None, "{value}");
        }
        assert_eq!(set("--accent", "red"), None);
        assert_eq!(set("font", "red"), None);
    }
}
