//! The window: who is there, and handing the ticket over.

use leptos::prelude::*;
use protocol::session::{Session, SignIn};
use softphone::embed::Handed;
use softphone::language::{fill, t};
use softphone::web::{entrance, fragment, language, page, panic, place, spawn};

use crate::elements::icon::{self, Icon};
use crate::elements::live::{flag, live, maybe, press};
use crate::form;
use crate::server;

/// Who is there.
///
/// ```text
///  Asking ──► Nobody ──sign in──┐
///    │          ▲ another one   ▼
///    └──► Known ┴───go on──► handed over, and closed
/// ```
#[derive(Clone, PartialEq, Eq)]
enum Person {
    /// The server is being asked.
    Asking,
    /// Nobody.
    Nobody,
    /// Somebody, from earlier.
    Known(Session),
    /// Nobody has opened this window, or it is not known for whom.
    Astray,
}

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    person: RwSignal<Person>,
    why: RwSignal<Option<String>>,
    /// Something is being asked of the server.
    pub(crate) busy: RwSignal<bool>,
    asker: StoredValue<Asker>,
}

/// The frame that has opened this window.
#[derive(Clone)]
struct Asker {
    /// The origin of the page around it, by its own word: the server looks at it.
    origin: String,
    /// Shows the frame that the answer is for this opening.
    nonce: String,
}

/// Draws it.
pub(crate) fn open() {
    panic::show_in_console();
    language::install();
    page::set_title(t("Sign in to the phone"));
    let hash = place::take_fragment();
    let value = |key| fragment::value(&hash, key).unwrap_or_default().to_owned();
    let asker = Asker {
        origin: value("for"),
        nonce: value("nonce"),
    };
    let astray = asker.origin.is_empty() || asker.nonce.is_empty() || !entrance::is_opened();
    mount_to_body(move || {
        let room = Room {
            person: RwSignal::new(if astray { Person::Astray } else { Person::Asking }),
            why: RwSignal::new(None),
            busy: RwSignal::new(false),
            asker: StoredValue::new(asker),
        };
        if !astray {
            room.begin();
        }
        draw(room)
    });
}

impl Room {
    /// Says why not.
    pub(crate) fn refuse(self, why: &str) {
        self.why.set(Some(why.to_owned()));
    }

    fn begin(self) {
        self.run(async move {
            let who = server::who().await?;
            self.person.set(who.map_or(Person::Nobody, Person::Known));
            Ok(())
        });
    }

    /// Signs in and hands the ticket over.
    pub(crate) fn sign_in(self, typed: SignIn) {
        self.run(async move {
            let session = server::sign_in(&typed).await?;
            self.person.set(Person::Known(session));
            self.hand_over().await
        });
    }

    fn another(self) {
        self.run(async move {
            server::sign_out().await?;
            self.person.set(Person::Nobody);
            Ok(())
        });
    }

    async fn hand_over(self) -> server::Told<()> {
        let Asker { origin, nonce } = self.asker.get_value();
        let ticket = server::ticket(&origin).await?.ticket;
        let letter = serde_json::to_string(&Handed::SoftphoneTicket { nonce, ticket });
        if entrance::say(&letter.unwrap_or_default()) {
            entrance::close();
            Ok(())
        } else {
            Err(
                t("The page that opened this window is gone. Close the window, and try again there.")
                    .to_owned(),
            )
        }
    }

    fn run(self, what: impl Future<Output = server::Told<()>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.why.set(None);
        spawn(async move {
            let told = what.await;
            self.busy.set(false);
            if let Err(why) = told {
                self.why.set(Some(why));
            }
        });
    }
}

fn draw(room: Room) -> AnyView {
    let origin = room.asker.with_value(|asker| asker.origin.clone());
    view! {
        <main class="alone">
            <div class="card stack">
                <h1>{t("Sign in to the phone")}</h1>
                {maybe(move || {
                    let shown = !origin.is_empty();
                    shown.then(|| view! { <p class="hint">{fill("The phone on {0} will be yours.", &[&origin])}</p> }.into_any())
                })}
                {maybe(move || room.why.get().map(|why| told(&why)))}
                {live(move || match room.person.get() {
                    Person::Asking => asking(room),
                    Person::Nobody => form::form(room),
                    Person::Known(session) => known(room, &session.name),
                    Person::Astray => {
                        let words = t("This window belongs to a phone on another page. Close it, and press Sign in there.");
                        view! { <p>{words}</p> }.into_any()
                    }
                })}
            </div>
        </main>
    }
    .into_any()
}

fn asking(room: Room) -> AnyView {
    let again = press(move || room.begin());
    view! {
        <p role="status">{t("One moment…")}</p>
        <button type="button" class="button" disabled=flag(move || room.busy.get()) on:click=again>{t("Try again")}</button>
    }
    .into_any()
}

fn known(room: Room, name: &str) -> AnyView {
    let go_on = press(move || room.run(room.hand_over()));
    let another = press(move || room.another());
    view! {
        <button type="button" class="button primary wide" disabled=flag(move || room.busy.get()) on:click=go_on>
            {fill("Continue as {0}", &[name])}
        </button>
        <button type="button" class="button quiet wide" disabled=flag(move || room.busy.get()) on:click=another>
            {t("Use another account")}
        </button>
    }
    .into_any()
}

fn told(why: &str) -> AnyView {
    view! {
        <div class="notice" data-tone="bad" role="alert">
            <Icon d=icon::ALERT/>
            <div class="notice-text"><p class="notice-title">{why.to_owned()}</p></div>
        </div>
    }
    .into_any()
}
