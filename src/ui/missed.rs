//! Calls nobody answered, newest first.

use leptos::prelude::*;
use phone::Command;
use phone::view::MissedView;
use softphone::words;

use super::icon::{self, Icon};
use super::{Ui, redial};

/// How many are shown before *Show all*.
const FEW: usize = 3;

/// The list, or nothing when nobody was missed.
#[component]
pub(super) fn Missed(ui: Ui) -> impl IntoView {
    let missed = ui.part(|view| view.missed.clone());
    let all = RwSignal::new(false);
    move || {
        let missed = missed.get();
        if missed.is_empty() {
            return None;
        }
        let unseen = missed.iter().filter(|missed| !missed.seen).count();
        let count = missed.len();
        let shown = if all.get() { count } else { FEW };
        let rows = missed
            .into_iter()
            .take(shown)
            .map(|missed| view! { <Row ui missed/> })
            .collect_view();
        Some(view! {
            <section class="missed" aria-labelledby="missed-title">
                <div class="section-head">
                    <h2 id="missed-title">"Missed calls"</h2>
                    {(unseen > 0).then(|| view! {
                        <span class="count" aria-label=[&unseen.to_string(), " new"].concat()>{unseen.to_string()}</span>
                        <button type="button" class="button quiet small" on:click=move |_| ui.desk.send(Command::MissedSeen)>
                            "Mark as seen"
                        </button>
                    })}
                </div>
                <ul class="plain">{rows}</ul>
                {(count > shown).then(|| view! {
                    <button type="button" class="button quiet small" on:click=move |_| all.set(true)>
                        {["Show all ", &count.to_string()].concat()}
                    </button>
                })}
            </section>
        })
    }
}

/// One missed call; the whole row calls back.
#[component]
fn Row(ui: Ui, missed: MissedView) -> impl IntoView {
    let MissedView {
        peer, at, busy, seen, ..
    } = missed;
    let title = words::peer_title(&peer);
    let name = ["Call ", &title, " back"].concat();
    let number = words::peer_name(&peer).map(|_| [&words::peer_number(&peer), " · "].concat());
    let target = redial(&peer);
    view! {
        <li>
            <button type="button" class="row" class:new=!seen aria-label=name on:click=move |_| ui.dial(&target)>
                <Icon d=icon::PHONE_MISSED/>
                <span class="row-text">
                    <span class="row-title">{title}</span>
                    <span class="row-about">
                        {number}
                        {move || words::ago(at, ui.clock.get())}
                        {busy.then_some(" · while you were in a call")}
                    </span>
                </span>
                <span class="row-action" aria-hidden="true"><Icon d=icon::PHONE/></span>
            </button>
        </li>
    }
}
