//! Two who edit one thing: who was first, both versions beside each other, and a choice.

use leptos::prelude::*;
use protocol::problem::Changed;
use softphone::language::{fill, t};
use softphone::web::moments;

use crate::elements::icon::{self, Icon};
use crate::elements::live::press;

/// One thing in which the two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Differs {
    /// What.
    pub(crate) what: String,
    /// As it is now.
    pub(crate) theirs: String,
    /// As it is in the form.
    pub(crate) yours: String,
}

/// Who changed it.
pub(crate) fn who(changed: Option<&Changed>) -> String {
    match changed {
        Some(changed) if !changed.by.is_empty() => fill(
            "{0} changed it on {1}, after you had opened it. Nothing of yours was written.",
            &[
                &changed.by,
                &moments::day_and_time(u64::try_from(changed.at).unwrap_or(0)),
            ],
        ),
        Some(_) | None => {
            t("It was changed outside of these pages after you had opened it. Nothing of yours was written.")
                .to_owned()
        }
    }
}

/// The choice: `take` drops what is in the form, `keep` writes it over the other.
pub(crate) fn conflict(
    changed: Option<&Changed>,
    differs: Vec<Differs>,
    take: impl FnMut() + 'static,
    keep: impl FnMut() + 'static,
) -> AnyView {
    let rows: Vec<AnyView> = differs
        .into_iter()
        .map(|one| {
            view! { <tr><th scope="row">{one.what}</th><td>{one.theirs}</td><td>{one.yours}</td></tr> }
                .into_any()
        })
        .collect();
    view! {
        <div class="notice" data-tone="wait" role="alert">
            <Icon d=icon::ALERT/>
            <div class="notice-text">
                <p class="notice-title">{t("Somebody else was faster.")}</p>
                <p>{who(changed)}</p>
                <table class="versions">
                    <thead><tr><td></td><th scope="col">{t("Now there")}</th><th scope="col">{t("Yours")}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                <div class="actions">
                    <button type="button" class="button small" on:click=press(take)>{t("Take what is there")}</button>
                    <button type="button" class="button small" on:click=press(keep)>{t("Write mine over it")}</button>
                </div>
            </div>
        </div>
    }
    .into_any()
}
