//! A new job: rows from a sheet or a file.

use leptos::prelude::*;
use protocol::admin::jobs::{Job, JobKind, SubscriberRows, UserRows};
use softphone::language::{fill, t};
use softphone::web::file::Chosen;
use softphone::web::spawn;

use super::{PATH, path_of};
use crate::screens::Admin;
use crate::screens::ask::written;
use crate::screens::pieces::act::{Act, hint};
use crate::screens::pieces::field::{Field, area, form, fresh_id};
use crate::screens::pieces::head::{head, link};

/// The server takes no more, bytes.
const LARGEST: f64 = 4.0 * 1024.0 * 1024.0;

pub(super) fn draw(admin: Admin, kind: JobKind) -> AnyView {
    let (title, about, names, example) = match kind {
        JobKind::Users => (
            t("Add many users"),
            t("Paste rows from a sheet, or choose a CSV file. The first line names the columns."),
            t(
                "Columns: id, name, email, virtual_number; number and vendor_name may be missing. Commas, semicolons or tabs.",
            ),
            "id,name,email,number,virtual_number\nasha7,Asha Rao,asha7@example.com,09811111007,+918040408080",
        ),
        JobKind::Subscribers => (
            t("Add many subscribers"),
            t("Paste rows from a sheet, or choose a CSV file. The first line names the columns."),
            t(
                "Columns: name; note may be missing. Names are 1 to 16 letters and digits. They go to the platform ten at a time.",
            ),
            "name,note\nalex7,Driver",
        ),
    };
    let rows = Field::new("csv", "");
    let act = Act::new();
    let send = move || {
        if !rows.needed(t("Paste rows, or choose a file.")) {
            return;
        }
        let text = rows.value.get_untracked();
        act.run_form(vec![rows], async move {
            let (path, body) = match kind {
                JobKind::Users => ("/users", written(&UserRows::Csv(text))),
                JobKind::Subscribers => ("/subscribers", written(&SubscriberRows::Csv(text))),
            };
            let told: Job = admin.post_text(&[PATH, path].concat(), body).await?;
            admin.go(&path_of(&told.id));
            Ok(String::new())
        });
    };
    let actions = link("button quiet", "/admin/jobs".to_owned(), t("All jobs"));
    let inside = view! {
        {hint("wait", t("Checking sends nothing to the platform. You see every row before you start."))}
        {choose(rows)}
        {area(rows, t("Rows"), names, "12")}
        <details><summary>{t("An example")}</summary><pre class="report">{example}</pre></details>
        {act.told()}
        <div class="actions">{act.submit(t("Check the rows"))}</div>
    };
    view! {
        {head(title, about, actions)}
        <div class="card">{form("stack", send, inside.into_any())}</div>
    }
    .into_any()
}

/// A file, whose text goes where rows are pasted.
fn choose(rows: Field) -> AnyView {
    let id = fresh_id();
    let chosen: Box<dyn FnMut(leptos::ev::Event)> = Box::new(move |event| {
        let Some(file) = Chosen::of(&event) else { return };
        if file.length > LARGEST {
            return rows.fault(t("This file is larger than 4 MiB. Split it."));
        }
        spawn(async move {
            match file.text().await {
                Some(text) => rows.put(text),
                None => rows.fault(fill(
                    "{0} cannot be read. Save it as CSV and choose it again.",
                    &[&file.name],
                )),
            }
        });
    });
    view! {
        <div class="field">
            <label for=id.clone()>{t("CSV file")}</label>
            <input id=id type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" on:change=chosen/>
        </div>
    }
    .into_any()
}
