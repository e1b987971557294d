//! The form of an account, new or there.

use leptos::prelude::*;
use protocol::Secret;
use protocol::people::{Person, PersonChange};
use protocol::session::Role;
use softphone::language::t;
use softphone::web::place;

use super::accounts::PATH;
use crate::elements::live::flag;
use crate::screens::Admin;
use crate::screens::pieces::act::{Act, hint};
use crate::screens::pieces::dialog::Over;
use crate::screens::pieces::field::{Field, choice, entry, form, line, tick};
use crate::screens::pieces::load::Loaded;

pub(super) fn draw(
    admin: Admin,
    person: Option<Person>,
    over: Over<Option<Person>>,
    people: Loaded<Vec<Person>>,
) -> AnyView {
    let text = |pick: fn(&Person) -> Option<String>| person.as_ref().and_then(pick).unwrap_or_default();
    let new = person.is_none();
    let name = Field::new("name", text(|person| Some(person.name.clone())));
    let role = Field::new(
        "role",
        person.as_ref().map_or("agent", |person| word(person.role)),
    );
    let agent = Field::new("agent", text(|person| person.agent.clone()));
    let subscriber = Field::new("subscriber", text(|person| person.subscriber.clone()));
    let password = Field::new("password", "");
    let disabled = RwSignal::new(person.is_some_and(|person| person.disabled));
    let act = Act::new();
    let send = move || {
        if !name.needed(t("Enter a name.")) {
            return;
        }
        let change = PersonChange {
            role: match role.now().as_str() {
                "admin" => Role::Admin,
                "supervisor" => Role::Supervisor,
                _ => Role::Agent,
            },
            agent: agent.given(),
            subscriber: subscriber.given(),
            disabled: disabled.get_untracked(),
            password: Some(password.value.get_untracked())
                .filter(|text| !text.is_empty())
                .map(Secret::new),
        };
        let path = [PATH, "/", &place::segment(&name.now())].concat();
        act.run_form(vec![name, role, agent, subscriber, password], async move {
            let _: Person = admin.send("PUT", &path, &change).await?;
            people.again();
            over.close();
            Ok(String::new())
        });
    };
    let named = new.then(|| {
        line(
            name,
            t("Name"),
            t("Lower case; what they sign in with. An account of that name that is there is written over."),
        )
    });
    let roles = [
        ("agent", t("Agent: takes and places calls")),
        ("supervisor", t("Supervisor: also watches the floor")),
        ("admin", t("Admin: also changes the account")),
    ];
    let roles = roles.map(|(value, word)| (value.to_owned(), word.to_owned()));
    let warned = (!new).then(|| hint("wait", t("Saving a change signs them out everywhere.")));
    let inside = view! {
        {warned}
        {named}
        {choice(role, t("Role"), "", roles.to_vec())}
        {line(agent, t("User at the platform"), t("Their id there; empty for somebody without a phone."))}
        {line(subscriber, t("Subscriber"), t("Only for those whose app rings as a subscriber."))}
        {entry(password, t("Password"), if new { t("Without one they sign in by ticket only.") } else { t("Empty: the old one stays.") }, "password", "new-password")}
        {tick(disabled, t("May not sign in"), "")}
        {act.told()}
        <div class="actions"><button type="submit" class="button primary" disabled=flag(move || act.busy())>{t("Save")}</button></div>
    };
    form("stack", send, inside.into_any())
}

fn word(role: Role) -> &'static str {
    match role {
        Role::Agent => "agent",
        Role::Supervisor => "supervisor",
        Role::Admin => "admin",
    }
}
