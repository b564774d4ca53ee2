//! The texts of the tray, the notifications and the window titles: the pages' own catalogue
//! (`ui/src/i18n/shell.*.json`), where TypeScript checks that both languages have every key.

use std::sync::LazyLock;

use alobar_app::api::view::Language;
use serde::Deserialize;

/// The texts in a language.
pub(crate) fn texts(language: Language) -> &'static Texts {
    static VI: LazyLock<Texts> =
        LazyLock::new(|| read(include_str!("../../ui/src/i18n/shell.vi.json")));
    static EN: LazyLock<Texts> =
        LazyLock::new(|| read(include_str!("../../ui/src/i18n/shell.en.json")));
    match language {
        Language::Vi => &VI,
        Language::En => &EN,
    }
}

fn read(json: &str) -> Texts {
    serde_json::from_str(json).expect("a test reads both catalogues")
}

/// `text` with each `{name}` replaced by its value; what a value says is never looked at again.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = values.iter().find(|(key, _)| *key == name);
        filled.push_str(before);
        filled.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    filled + rest
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Texts {
    pub(crate) state: State,
    pub(crate) windows: Windows,
    pub(crate) tray: Tray,
    pub(crate) notify: Notify,
}

/// The words of a state, as on the callbar.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct State {
    pub(crate) offline: String,
    pub(crate) connecting: String,
    pub(crate) registering: String,
    pub(crate) registered: String,
    pub(crate) lost: String,
    pub(crate) failed: String,
    pub(crate) unregistering: String,
    pub(crate) dialing: String,
    pub(crate) ringing: String,
    pub(crate) alerting: String,
    pub(crate) answering: String,
    pub(crate) established: String,
    pub(crate) held: String,
    pub(crate) held_by_peer: String,
    pub(crate) terminating: String,
    pub(crate) terminated: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Windows {
    pub(crate) callbar: String,
    pub(crate) ring: String,
    pub(crate) popup: String,
    pub(crate) workspace: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tray {
    /// With `{state}`.
    pub(crate) practice: String,
    pub(crate) toggle: String,
    pub(crate) workspace: String,
    pub(crate) settings: String,
    pub(crate) quit: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Notify {
    pub(crate) incoming: String,
    pub(crate) incoming_practice: String,
    pub(crate) missed: String,
    pub(crate) missed_practice: String,
    /// With `{name}` and `{number}`.
    pub(crate) caller: String,
    pub(crate) unknown_caller: String,
    pub(crate) discreet: String,
    pub(crate) lost: String,
    pub(crate) lost_body: String,
    pub(crate) answer: String,
    pub(crate) decline: String,
    pub(crate) open: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_catalogues_are_read() {
        assert_ne!(texts(Language::Vi).tray.quit, texts(Language::En).tray.quit);
    }

    #[test]
    fn a_placeholder_takes_its_value() {
        let values = [("name", "An"), ("number", "1001")];
        assert_eq!(fill("{name} · {number}!", &values), "An · 1001!");
    }

    #[test]
    fn a_value_that_looks_like_a_placeholder_is_shown_as_it_is() {
        let values = [("name", "{number}"), ("number", "1001")];
        assert_eq!(fill("{name} · {number}", &values), "{number} · 1001");
    }
}
