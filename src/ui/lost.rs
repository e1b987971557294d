//! What is left without a worker.

use leptos::prelude::*;
use softphone::language::t;
use softphone::web::screen;

use crate::desk::WorkerLost;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{nothing, press};

/// There is no phone behind this page.
#[component]
pub(super) fn Lost(why: WorkerLost) -> AnyView {
    let (what, report) = match why {
        WorkerLost::NotLoaded(report) => (t("Its background part could not be loaded."), report),
        WorkerLost::Silent => (t("Its background part does not answer."), String::new()),
        WorkerLost::Broken(report) => (t("Its background part broke down."), report),
    };
    view! {
        <div class="body lost" role="alert">
            <Icon d=icon::ALERT/>
            <h2>{t("The phone has stopped.")}</h2>
            <p>{what} " " {t("Reload the page to start it again; you may have to sign in once more.")}</p>
            {if report.is_empty() { nothing() } else { view! { <pre class="report">{report}</pre> }.into_any() }}
            <button type="button" class="button primary" on:click=press(screen::reload)>
                <Icon d=icon::RETRY/>
                {t("Reload")}
            </button>
        </div>
    }
    .into_any()
}
