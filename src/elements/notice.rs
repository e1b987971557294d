//! A box that says what is wrong and what to do.

use leptos::prelude::*;
use softphone::language::t;
use softphone::notices::Notice;

use super::icon::{self, Icon};

/// Draws a notice. `tone` is `bad` or `wait`; the title may be left out where it stands above already.
pub(crate) fn told(notice: &Notice, tone: &'static str, with_title: bool, action: AnyView) -> AnyView {
    let line = |class: &'static str, text: &str| view! { <p class=class>{t(text).to_owned()}</p> }.into_any();
    let lines: Vec<AnyView> = [
        with_title.then(|| line("notice-title", &notice.title)),
        notice.why.as_deref().map(|why| line("notice-why", why)),
        notice.remedy.map(|remedy| line("notice-remedy", remedy)),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <div class="notice" data-tone=tone role="alert">
            <Icon d=icon::ALERT/>
            <div class="notice-text">{lines} {action}</div>
        </div>
    }
    .into_any()
}
