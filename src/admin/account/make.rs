//! A new app.

use leptos::prelude::*;
use protocol::admin::apps::{AppView, NewApp};
use softphone::language::{fill, t};

use super::APPS;
use crate::screens::Admin;
use crate::screens::pieces::act::Act;
use crate::screens::pieces::field::{Field, form, line, tick};

/// The form; `made` hears of the app. Also a step of the set-up path.
pub(crate) fn fields(admin: Admin, made: impl Fn(AppView) + Copy + 'static) -> AnyView {
    let name = Field::new("name", "");
    let active = RwSignal::new(true);
    let act = Act::new();
    let send = move || {
        if !name.needed(t("Enter a name.")) {
            return;
        }
        let new = NewApp {
            name: name.now(),
            active: active.get_untracked(),
        };
        act.run_form(vec![name], async move {
            let told: AppView = admin.send("POST", APPS, &new).await?;
            name.put("");
            let sentence = fill("{0} was made. It is not used until you say so.", &[&told.name]);
            made(told);
            Ok(sentence)
        });
    };
    let inside = view! {
        <p class="hint">{t("Makes an app of the configured account. Its secret is kept here, sealed, and shown to nobody.")}</p>
        {line(name, t("Name of the app"), "")}
        {tick(active, t("It may call at once"), "")}
        {act.told()}
        <div class="actions">{act.submit(t("Make the app"))}</div>
    };
    form("stack", send, inside.into_any())
}
