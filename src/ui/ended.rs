//! The last call, just over: why, how long, and once more.

use std::time::Duration;

use leptos::prelude::*;
use phone::Command;
use phone::view::EndedView;
use softphone::language::{fill, t};
use softphone::notices::Notice;
use softphone::number::redial;
use softphone::words;

use super::Ui;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{maybe, press};

/// How long an ordinary end stays on the screen.
const SHOWN: Duration = Duration::from_secs(10);

/// Shows the ended call, if there is one not yet dismissed.
#[component]
pub(super) fn Ended(ui: Ui) -> AnyView {
    let ended = ui.part(|view| view.ended.clone());
    maybe(move || ended.get().map(|ended| view! { <Card ui ended/> }.into_any()))
}

#[component]
fn Card(ui: Ui, ended: EndedView) -> AnyView {
    let EndedView {
        id,
        peer,
        call_sid,
        reason,
        talked,
        ..
    } = ended;
    let notice = Notice::from(&reason);
    let dismiss = move || ui.desk.send(Command::Dismiss(id));
    if !notice.is_problem()
        && let Ok(leaving) = set_timeout_with_handle(dismiss, SHOWN)
    {
        on_cleanup(move || leaving.clear());
    }
    let tone = if notice.is_problem() { "bad" } else { "plain" };
    let title = words::peer_title(&peer);
    let talked = (talked > 0).then(|| fill("Talked for {0}.", &[&words::duration(talked)]));
    let lines: Vec<AnyView> = [notice.why.as_deref(), notice.remedy, talked.as_deref()]
        .into_iter()
        .flatten()
        .map(|line| view! { <p>{t(line).to_owned()}</p> }.into_any())
        .collect();
    let target = redial(&peer);
    // The server knows a number that is masked here.
    let again = call_sid.filter(|_| target.is_empty());
    let masked = target.is_empty() && again.is_none();
    let number = words::peer_number(&peer);
    view! {
        <section class="ended" data-tone=tone aria-label=t("Last call")>
            <div class="ended-text">
                <h2>{title}</h2>
                <p class="ended-reason">{t(&notice.title).to_owned()}</p>
                {lines}
            </div>
            <div class="ended-actions">
                <button type="button" class="button small" disabled=masked on:click=press(move || match &again {
                    Some(sid) => ui.desk.call_back(sid.clone(), &number),
                    None => ui.dial(&target),
                })>
                    <Icon d=icon::PHONE/>
                    {t("Call again")}
                </button>
                <button type="button" class="button quiet small" on:click=press(dismiss)>{t("Dismiss")}</button>
            </div>
        </section>
    }
    .into_any()
}
