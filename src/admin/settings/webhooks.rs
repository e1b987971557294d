//! Whether the platform tells this server what happens, and mending it.

use leptos::prelude::*;
use protocol::webhooks::{Drift, WebhookSetting, WebhookSettings};
use softphone::language::{fill, t};

use crate::elements::live::press;
use crate::screens::Admin;
use crate::screens::pieces::act::Act;
use crate::screens::pieces::head::card;
use crate::screens::pieces::list::pill;
use crate::screens::pieces::load::Loaded;

/// The card; `installed` is told when something was written. Compared anew whenever `app` says that another one is in use.
/// Also a step of the set-up path.
pub(crate) fn draw(
    admin: Admin,
    app: RwSignal<u32>,
    installed: impl Fn() + Copy + Send + 'static,
) -> AnyView {
    let found = Loaded::<WebhookSettings>::new(admin, move || {
        app.track();
        "/api/webhooks/drift".to_owned()
    });
    let act = Act::new();
    let inside = view! {
        {found.shown(5, move |shown| {
            let rows: Vec<AnyView> = shown.settings.iter().map(row).collect();
            view! {
                <p>{plan(&shown)}</p>
                <div class="scroll" tabindex="0" role="region" aria-label=t("Webhooks compared")>
                    <table class="table">
                        <thead><tr>
                            <th scope="col">{t("Setting")}</th><th scope="col">{t("State")}</th>
                            <th scope="col">{t("At the platform")}</th><th scope="col">{t("Wanted")}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        })}
        {act.told()}
        <div class="actions">
            {act.button("button primary", t("Install webhooks"), move || act.run(async move {
                let told: WebhookSettings = admin.send("POST", "/api/webhooks/install", &()).await?;
                found.put(told);
                installed();
                Ok(t("Written. The platform tells this server from now on.").to_owned())
            }))}
            <button type="button" class="button quiet" on:click=press(move || found.again())>{t("Compare again")}</button>
        </div>
    };
    card(t("Webhooks"), inside.into_any())
}

/// What installing will do.
fn plan(found: &WebhookSettings) -> String {
    let writes: Vec<&str> = found
        .settings
        .iter()
        .filter(|setting| !matches!(setting.drift, Drift::None | Drift::YourChoice))
        .map(|setting| setting.key.as_str())
        .collect();
    if writes.is_empty() {
        return t("Everything is as wanted. Installing again writes the same and harms nothing.").to_owned();
    }
    fill(
        "Installing writes {0}. Whatever stands there now is replaced.",
        &[&writes.join(", ")],
    )
}

fn row(setting: &WebhookSetting) -> AnyView {
    let state = match setting.drift {
        Drift::None => pill("good", t("As wanted")),
        Drift::OlderSecret => pill("wait", t("Older secret")),
        Drift::Missing => pill("bad", t("Not set")),
        Drift::Elsewhere => pill("bad", t("Elsewhere")),
        Drift::YourChoice => pill("", t("Your choice")),
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
    view! {
        <tr>
            <th scope="row">{setting.key.clone()}</th><td>{state}</td>
            <td class="mono">{text(&setting.found)}</td><td class="mono">{text(&setting.wanted)}</td>
        </tr>
    }
    .into_any()
}
