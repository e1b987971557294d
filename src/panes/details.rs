//! One past call in detail: when and how it went, its ids for support, and the agent's note.

use leptos::html::Button;
use leptos::prelude::*;
use phone::Millis;
use softphone::companion::Past;
use softphone::language::{fill, t};
use softphone::number::grouped;
use softphone::web::{clipboard, moments, spawn};
use softphone::words::{duration, past};

use crate::board::Board;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{maybe, nothing, press, text};
use crate::note::Editor;
use crate::past::row::{target, title};

/// The call that is open, if one is.
#[component]
pub(crate) fn Details(board: Board) -> AnyView {
    maybe(move || {
        let call = board.opened.get()?;
        Some(view! { <Card board call/> }.into_any())
    })
}

#[component]
fn Card(board: Board, call: Past) -> AnyView {
    let back = NodeRef::<Button>::new();
    // The row that was pressed is hidden now.
    Effect::new(move |_| {
        if let Some(back) = back.get() {
            let _ = back.focus();
        }
    });
    let title = title(&call);
    let dial = match target(&call) {
        Some(target) => view! {
            <button type="button" class="button call small" on:click=press(move || board.say(&target))>
                <Icon d=icon::PHONE/>
                {t("Call")}
            </button>
        }
        .into_any(),
        None => nothing(),
    };
    let saved = call.note.clone().unwrap_or_default();
    let sid = call.sid.clone();
    view! {
        <section class="details" aria-labelledby="details-title">
            <button type="button" class="button quiet small back" node_ref=back on:click=press(move || board.close())>
                <Icon d=icon::BACK/>
                {t("Recent calls")}
            </button>
            <div class="section-head">
                <h2 id="details-title">{title}</h2>
                {dial}
            </div>
            <dl class="facts">{facts(&call)}</dl>
            <Id sid=sid.clone()/>
            <Editor board sid saved done=Callback::new(|_| ())/>
        </section>
    }
    .into_any()
}

/// The seed's details of a call (voice-client-sdk-guide §4.7), and what the platform adds.
fn facts(call: &Past) -> Vec<AnyView> {
    let moment = |at: Option<Millis>| at.map(moments::day_and_time);
    let number = (!call.virtual_number.is_empty()).then(|| grouped(&call.virtual_number));
    let rows = [
        (
            t("How it went"),
            Some(past::outcome(call.way, call.outcome).to_owned()),
        ),
        (t("Began"), moment(Some(call.at))),
        (t("Answered"), moment(call.answered)),
        (t("Ended"), moment(call.ended)),
        (t("Talked for"), call.talked.map(duration)),
        (t("Your number"), number),
        (t("Recorded"), call.recorded.then(|| t("Yes").to_owned())),
    ];
    let row = |(name, value): (&'static str, Option<String>)| {
        let value = value?;
        Some(view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any())
    };
    rows.into_iter().filter_map(row).collect()
}

/// The platform's id, to be copied for support.
#[component]
fn Id(sid: String) -> AnyView {
    let copied = RwSignal::new(false);
    let (shown, label) = (sid.clone(), fill("Copy {0}", &[&sid]));
    let copy = press(move || {
        let sid = sid.clone();
        spawn(async move { copied.set(clipboard::copy(&sid).await) });
    });
    view! {
        <p class="call-id">
            <span>{t("Call id")}</span>
            <code>{shown}</code>
            <button type="button" class="button quiet small" aria-label=label on:click=copy>{t("Copy")}</button>
            <span class="hint" role="status">{text(move || if copied.get() { t("Copied") } else { "" }.to_owned())}</span>
        </p>
    }
    .into_any()
}
