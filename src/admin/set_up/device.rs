//! The device of the user who was added, or of any other one.

use leptos::prelude::*;
use protocol::admin::users::{Added, UserView, Voip};
use protocol::phone::{DeviceName, SetDevice};
use softphone::language::{fill, t};

use crate::elements::live::maybe;
use crate::screens::Admin;
use crate::screens::pieces::act::{Act, hint};
use crate::screens::pieces::field::{Field, form, line};
use crate::screens::users::{api_of, words};

pub(super) fn draw(admin: Admin, added: RwSignal<Option<Added>>) -> AnyView {
    let id = Field::new("id", "");
    let act = Act::new();
    let missing = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if let Some(added) = added.get() {
            id.put(added.user.id);
        }
    });
    let send = move || {
        if !id.needed(t("Enter the id of a user.")) {
            return;
        }
        let path = [&api_of(&id.now()), "/device"].concat();
        let browser = SetDevice {
            active: Some(DeviceName::Sip),
        };
        act.run_form(vec![id], async move {
            let told: UserView = admin.send("PUT", &path, &browser).await?;
            missing.set(match told.voip {
                Voip::Ready => None,
                Voip::Missing { why } => Some(why),
            });
            Ok(fill("The platform says: {0}.", &[words::device(told.device)]))
        });
    };
    let inside = view! {
        {line(id, t("User"), t("Their id, as it was added."))}
        {act.told()}
        {maybe(move || missing.get().map(|why| hint("wait", &why)))}
        <div class="actions">{act.submit(t("Ring their browser"))}</div>
    };
    form("stack", send, inside.into_any())
}
