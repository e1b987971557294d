//! Who changed what, and how it went.

use leptos::prelude::*;
use protocol::audit::{AuditEntry, AuditPage};
use softphone::language::t;

use crate::screens::Admin;
use crate::screens::ask::asked;
use crate::screens::pieces::facts::at;
use crate::screens::pieces::field::{Field, choice, entry, form};
use crate::screens::pieces::head::head;
use crate::screens::pieces::list::{list, pill, plain, two};
use crate::screens::pieces::paged::{Page, Paged};

impl Page for AuditPage {
    type Row = AuditEntry;
    const NEXT: &'static str = "before";

    fn open(self) -> (Vec<AuditEntry>, Option<String>) {
        (self.records, self.next.map(|next| next.to_string()))
    }
}

pub(crate) fn draw(admin: Admin, _: &str) -> AnyView {
    let who = Field::new("who", "");
    let what = Field::new("what", "");
    let target = Field::new("target", "");
    let result = Field::new("result", "");
    let make = move || {
        let now = |field: Field| field.now();
        asked(
            "/api/audit",
            &[
                ("limit", "200"),
                ("who", &now(who)),
                ("what", &now(what)),
                ("target", &now(target)),
                ("result", &now(result)),
            ],
        )
    };
    let path = RwSignal::new(make());
    let records = Paged::new::<AuditPage>(admin, move || path.get());
    let look = move || {
        let wanted = make();
        if path.get_untracked() == wanted {
            records.again();
        } else {
            path.set(wanted);
        }
    };
    let results = [
        ("", t("All")),
        ("done", t("Done")),
        ("refused", t("Refused")),
        ("unknown", t("Unknown")),
    ];
    let results = results.map(|(value, word)| (value.to_owned(), word.to_owned()));
    view! {
        {head(t("Audit trail"), t("Every change that was asked for here, and how it went. Without secrets and numbers."), ().into_any())}
        {form("bar", look, view! {
            {entry(who, t("Who"), "", "text", "off")}
            {entry(what, t("What"), t("An operation, such as add_users"), "text", "off")}
            {entry(target, t("To what"), t("Part of an id"), "text", "off")}
            {choice(result, t("Result"), "", results.to_vec())}
            <button type="submit" class="button primary">{t("Show")}</button>
        }.into_any())}
        {list(
            t("Records"),
            "audit",
            &[t("What"), t("To what"), t("Who"), t("When"), t("Result")],
            records,
            cells,
            || view! { <h2>{t("No record fits")}</h2><p>{t("Loosen the filter.")}</p> }.into_any(),
        )}
    }
    .into_any()
}

fn cells(entry: &AuditEntry) -> Vec<AnyView> {
    let result = match entry.result.as_str() {
        "done" => pill("good", t("Done")),
        "refused" => pill("bad", t("Refused")),
        other => pill("wait", if other == "unknown" { t("Unknown") } else { other }),
    };
    vec![
        two(entry.what.clone().into_any(), entry.detail.clone()),
        plain(entry.target.clone()),
        plain(entry.who.clone()),
        plain(at(Some(entry.at))),
        result,
    ]
}
