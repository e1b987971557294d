//! A secret that is shown once: to be copied, then hidden for good.

use leptos::prelude::*;
use softphone::language::t;
use softphone::web::clipboard::copy;

use super::act::Act;
use crate::elements::live::{live, press};

/// Draws it, with what is to be known of it below.
pub(crate) fn secret(words: String, about: AnyView, hide: impl FnMut() + 'static) -> AnyView {
    let copied = Act::new();
    let whole = words.clone();
    let put = move || {
        let whole = whole.clone();
        copied.run(async move {
            Ok(match copy(&whole).await {
                true => t("Copied.").to_owned(),
                false => {
                    t("The browser did not let it be copied. Mark the text and copy it by hand.").to_owned()
                }
            })
        });
    };
    view! {
        <div class="secret">
            <pre class="report" tabindex="0">{words}</pre>
            {about}
            <div class="actions">
                {copied.button("button small", t("Copy"), put)}
                <button type="button" class="button small quiet" on:click=press(hide)>{t("Hide it for good")}</button>
            </div>
            {live(move || copied.told())}
        </div>
    }
    .into_any()
}
