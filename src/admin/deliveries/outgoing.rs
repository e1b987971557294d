//! Webhooks to CRMs: where they go, what became of each, and sending one again. Calls that pages could not write into
//! their CRM stand below.

use leptos::prelude::*;
use protocol::crm_log::{LogTrouble, LogTroubles};
use protocol::crm_webhooks::{CrmNews, EndpointView, OutgoingPage, OutgoingState, OutgoingView};
use softphone::language::{fill, t};

use super::ways;
use crate::elements::live::{live, nothing, press};
use crate::screens::Admin;
use crate::screens::pieces::act::{Act, hint};
use crate::screens::pieces::dialog::Over;
use crate::screens::pieces::facts::{at, facts, or_dash};
use crate::screens::pieces::head::head;
use crate::screens::pieces::list::{list, pill, plain, two};
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::paged::{Page, Paged};

impl Page for OutgoingPage {
    type Row = OutgoingView;
    const NEXT: &'static str = "before";

    fn open(self) -> (Vec<OutgoingView>, Option<String>) {
        (self.messages, self.next.map(|next| next.to_string()))
    }
}

pub(super) fn draw(admin: Admin) -> AnyView {
    let messages = Paged::new::<OutgoingPage>(admin, || "/api/admin/outgoing?limit=200".to_owned());
    let standing = Loaded::<OutgoingPage>::new(admin, || "/api/admin/outgoing?limit=1".to_owned());
    let troubles = Loaded::<LogTroubles>::new(admin, || "/api/admin/log".to_owned());
    let again = move || {
        messages.again();
        standing.again();
        troubles.again();
    };
    let over = Over::<OutgoingView>::closed();
    let read = view! {
        <button type="button" class="button" on:click=press(again)>{t("Read again")}</button>
    };
    let done = move || {
        over.close();
        again();
    };
    view! {
        {head(t("Webhook deliveries"), t("What your CRM was told, newest first. Sending one again is harmless: it keeps its id."), read.into_any())}
        {ways(true)}
        {live(move || standing.here.get().map_or_else(nothing, |page| receivers(admin, &page.endpoints, standing)))}
        {list(
            t("Deliveries"),
            "deliveries",
            &[t("Webhook"), t("Call"), t("Came of it")],
            messages,
            move |message: &OutgoingView| cells(message, over),
            || view! {
                <h2>{t("Your CRM was told nothing yet")}</h2>
                <p>{t("Receivers are set in the server's configuration, below [[crm.webhooks]]; docs/webhooks.md says how.")}</p>
            }.into_any(),
        )}
        {live(move || troubles.here.get().map_or_else(nothing, |log| unlogged(&log.troubles)))}
        {over.drawn(t("Webhook"), move |message| inside(admin, &message, done))}
    }
    .into_any()
}

/// A notice for each receiver that is off or does not answer.
fn receivers(admin: Admin, endpoints: &[EndpointView], standing: Loaded<OutgoingPage>) -> AnyView {
    let notices: Vec<AnyView> = endpoints
        .iter()
        .filter_map(|endpoint| match (&endpoint.off, endpoint.failing_since) {
            (Some(why), _) => Some(turned_off(admin, endpoint, why, standing)),
            (None, Some(since)) => {
                let words = fill(
                    "{0} at {1} has taken nothing since {2}.",
                    &[&endpoint.name, &endpoint.host, &at(Some(since))],
                );
                Some(hint("wait", &words))
            }
            (None, None) => None,
        })
        .collect();
    view! { <div class="stack">{notices}</div> }.into_any()
}

fn turned_off(admin: Admin, endpoint: &EndpointView, why: &str, standing: Loaded<OutgoingPage>) -> AnyView {
    let act = Act::new();
    let path = ["/api/admin/outgoing/endpoints/", &endpoint.name, "/on"].concat();
    let on = move || {
        let path = path.clone();
        act.run(async move {
            admin.tell("POST", &path, None).await?;
            standing.again();
            Ok(String::new())
        });
    };
    let words = fill(
        "{0} at {1} is told nothing any more.",
        &[&endpoint.name, &endpoint.host],
    );
    view! {
        {hint("bad", &[&words, " ", why].concat())}
        {act.told()}
        <div class="actions">{act.button("button", t("Turn it on again"), on)}</div>
    }
    .into_any()
}

fn cells(message: &OutgoingView, over: Over<OutgoingView>) -> Vec<AnyView> {
    let all = message.clone();
    let open = press(move || over.open(all.clone()));
    let (tone, word) = state(message.state);
    let title = [message.news.word(), " → ", &message.endpoint].concat();
    vec![
        two(
            view! { <button type="button" class="as-link" on:click=open>{title}</button> }.into_any(),
            at(Some(message.made_at)),
        ),
        plain(message.sid.as_str()),
        pill(tone, word),
    ]
}

fn state(state: OutgoingState) -> (&'static str, &'static str) {
    match state {
        OutgoingState::Waiting => ("wait", t("Waits")),
        OutgoingState::Done => ("good", t("Taken")),
        OutgoingState::GivenUp => ("bad", t("Given up")),
    }
}

fn tells(news: CrmNews) -> &'static str {
    match news {
        CrmNews::CallEnded => t("A call is over"),
        CrmNews::CallMissed => t("A call was missed"),
        CrmNews::NoteSaved => t("A note was saved"),
    }
}

fn inside(admin: Admin, message: &OutgoingView, done: impl Fn() + Copy + 'static) -> AnyView {
    let act = Act::new();
    let path = ["/api/admin/outgoing/", &message.id.to_string(), "/again"].concat();
    let again = move || {
        let path = path.clone();
        act.run(async move {
            admin.tell("POST", &path, None).await?;
            done();
            Ok(String::new())
        });
    };
    view! {
        <div class="stack">
            {facts(vec![
                (t("Tells"), or_dash(tells(message.news))),
                (t("Receiver"), or_dash(&message.endpoint)),
                (t("Call"), or_dash(&message.sid)),
                (t("Made"), or_dash(&at(Some(message.made_at)))),
                (t("Tries"), or_dash(&message.tries.to_string())),
                (t("Last try"), or_dash(&message.words)),
                (t("Next try"), or_dash(&at(message.next))),
                (t("Its id"), or_dash(&message.message)),
            ])}
            {act.told()}
            <div class="actions">{act.button("button primary", t("Send again"), again)}</div>
        </div>
    }
    .into_any()
}

/// Calls that a page could not write into its CRM.
fn unlogged(troubles: &[LogTrouble]) -> AnyView {
    if troubles.is_empty() {
        return nothing();
    }
    let rows: Vec<AnyView> = troubles
        .iter()
        .map(|trouble| {
            let words = fill("{0}, tried {1} times: {2}", &[&trouble.agent, &trouble.tries.to_string(), &trouble.words]);
            view! { <li class="two"><span class="two-title">{words}</span><span class="two-below">{trouble.sid.clone()}</span></li> }
                .into_any()
        })
        .collect();
    view! {
        <section class="stack">
            <h2>{t("Calls that are not in the CRM yet")}</h2>
            <p>{t("Pages of the CRM write them by themselves, and try again later and later.")}</p>
            <ul class="stack">{rows}</ul>
        </section>
    }
    .into_any()
}
