//! What the platform's error codes mean.

use leptos::prelude::*;
use protocol::admin::greenpin::{GreenPinCode, GreenPinCodes};
use softphone::language::t;

use crate::screens::Admin;
use crate::screens::pieces::head::{head, link};
use crate::screens::pieces::load::Loaded;

pub(super) fn draw(admin: Admin) -> AnyView {
    let codes = Loaded::<GreenPinCodes>::new(admin, || "/api/admin/greenpin/codes".to_owned());
    let actions = link("button quiet", "/admin/greenpin".to_owned(), t("All allocations"));
    view! {
        {head(t("GreenPin codes"), t("What a refusal of the platform means, and what to do."), actions)}
        {codes.shown(10, |told| {
            let rows: Vec<AnyView> = told.codes.iter().map(row).collect();
            view! {
                <div class="scroll" tabindex="0" role="region" aria-label=t("Codes")>
                    <table class="table">
                        <thead><tr><th scope="col">{t("Code")}</th><th scope="col">{t("What to do")}</th><th scope="col">{t("The platform's words")}</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        })}
    }
    .into_any()
}

fn row(code: &GreenPinCode) -> AnyView {
    view! {
        <tr><th scope="row">{code.number.to_string()}</th><td>{code.message.clone()}</td><td>{code.vendor.clone()}</td></tr>
    }
    .into_any()
}
