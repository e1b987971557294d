//! The demo's panel beside the phone: "Ring me", and the sandbox's numbers.

use leptos::prelude::*;
use softphone::companion::Json;
use softphone::language::{fill, t};
use softphone::panes_wire::Demo;
use softphone::web::ask::{self, Reply};
use softphone::web::{screen, spawn};

use crate::board::Board;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{flag, live, maybe, press};

/// A number of the sandbox. Some behaviours only call and cannot be dialled.
#[derive(Clone)]
struct Number {
    number: Option<String>,
    title: String,
    what: String,
}

impl Number {
    fn read(json: &impl Json) -> Option<Self> {
        Some(Self {
            number: json.text("number"),
            title: json.text("title")?,
            what: json.text("what")?,
        })
    }
}

/// Who calls when the agent asks to be rung, in turn. Numbers of a range kept free for such use.
const CALLERS: [(&str, &str); 3] = [
    ("Ravi Kumar", "+919876543210"),
    ("Meera Iyer", "+919876501234"),
    ("Dev Malhotra", "+918040001000"),
];

/// The panel, while there is one.
#[component]
pub(crate) fn Panel(board: Board) -> AnyView {
    let control = Memo::new(move |_| {
        let control = |demo: &Option<Demo>| demo.as_ref().map(|demo| demo.control.clone());
        board.demo.with(control)
    });
    maybe(move || {
        control
            .get()
            .map(|control| view! { <Sandbox board control/> }.into_any())
    })
}

/// "Ring me" and the numbers.
#[component]
fn Sandbox(board: Board, control: String) -> AnyView {
    let numbers = RwSignal::new(Vec::<Number>::new());
    let failed = RwSignal::new(false);
    let rings = StoredValue::new(0_usize);
    {
        let url = [&control, "/numbers"].concat();
        spawn(async move {
            if let Reply::Said(all) = ask::get(&url).await {
                numbers.set(all.list().iter().filter_map(Number::read).collect());
            }
        });
    }
    let ring = press(move || {
        let turn = rings.get_value();
        rings.set_value(turn + 1);
        let Some(&caller) = CALLERS.get(turn % CALLERS.len()) else {
            return;
        };
        if let Some(demo) = board.demo.get_untracked() {
            spawn(async move { failed.set(!ring(&demo, caller).await) });
        }
    });
    let busy = Memo::new(move |_| board.demo.with(|demo| demo.as_ref().is_none_or(|demo| demo.busy)));
    let rows = live(move || {
        let rows: Vec<AnyView> = numbers
            .get()
            .into_iter()
            .filter_map(|number| row(board, busy, number))
            .collect();
        rows.into_any()
    });
    let sorry =
        || view! { <p class="field-error" role="alert">{t("The sandbox could not place the call.")}</p> };
    view! {
        <h2>{t("Sandbox")}</h2>
        <p class="hint">{t("A pretend phone network on this computer.")}</p>
        <button type="button" class="button primary wide" disabled=flag(move || busy.get()) on:click=ring>
            <Icon d=icon::BELL/>
            {t("Ring me")}
        </button>
        {maybe(move || failed.get().then(|| sorry().into_any()))}
        <details class="numbers" open=screen::is_wide()>
            <summary>{t("Numbers to call")}</summary>
            <ul class="plain">{rows}</ul>
        </details>
    }
    .into_any()
}

/// Has somebody call: the agent's phone alone, or as a customer with all webhooks. False if that failed.
async fn ring(demo: &Demo, (name, from): (&str, &str)) -> bool {
    let user = Some(demo.user.as_str());
    let (path, fields): (_, &[_]) = if demo.served {
        ("/customer_call", &[("user_id", user), ("from", Some(from))])
    } else {
        (
            "/ring",
            &[("agent", user), ("from", Some(from)), ("name", Some(name))],
        )
    };
    let reply = ask::change("POST", &[&demo.control, path].concat(), fields).await;
    matches!(reply, Reply::Said(_))
}

/// One number to call with a click; `None` for those that only call.
fn row(board: Board, busy: Memo<bool>, number: Number) -> Option<AnyView> {
    let dial = number.number?;
    let label = fill("Call {0}, {1}", &[&number.title, &dial]);
    let shown = dial.clone();
    let call = press(move || {
        if let Some(demo) = board.demo.get_untracked() {
            board.dial(&demo.target(&dial));
        }
    });
    let row = view! {
        <li>
            <button type="button" class="row" disabled=flag(move || busy.get()) aria-label=label on:click=call>
                <span class="row-number">{shown}</span>
                <span class="row-text">
                    <span class="row-title">{number.title}</span>
                    <span class="row-about">{number.what}</span>
                </span>
            </button>
        </li>
    };
    Some(row.into_any())
}
