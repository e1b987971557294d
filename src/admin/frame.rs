//! The frame around every screen: navigation, who is signed in, and what stands in for a screen that may not be shown.

use leptos::prelude::*;
use protocol::session::{Role, Session};
use softphone::language::{fill, t};
use softphone::web::{page, spawn};

use super::pieces::dialog::dialog;
use super::pieces::load::skeleton;
use super::standing::Standing;
use super::table::{GROUPS, Screen, find};
use super::{Admin, sign_in};
use crate::elements::icon::{self, Icon};
use crate::elements::live::{live, maybe, press, text};

/// What of the standing changes the frame.
#[derive(Clone, PartialEq, Eq)]
enum Frame {
    Asking,
    Unreachable,
    SignedOut,
    NotAllowed(String),
    Inside(String, Role),
}

impl Frame {
    fn of(standing: &Standing) -> Self {
        match standing {
            Standing::Asking => Self::Asking,
            Standing::Unreachable => Self::Unreachable,
            Standing::SignedOut => Self::SignedOut,
            Standing::NotAllowed(session) => Self::NotAllowed(session.name.clone()),
            Standing::SignedIn(session) | Standing::Expired(session) => {
                Self::Inside(session.name.clone(), session.role)
            }
        }
    }
}

/// Everything that is on the page.
pub(crate) fn frame(admin: Admin) -> AnyView {
    let shown = Memo::new(move |_| admin.standing.with(Frame::of));
    live(move || match shown.get() {
        Frame::Asking => view! { <main class="alone">{skeleton(3)}</main> }.into_any(),
        Frame::Unreachable => unreachable(admin),
        Frame::SignedOut => sign_in::page(admin),
        Frame::NotAllowed(name) => not_allowed(admin, &name),
        Frame::Inside(name, role) => inside(admin, name, role),
    })
}

fn inside(admin: Admin, name: String, role: Role) -> AnyView {
    let at = Memo::new(move |_| admin.place.get());
    let moved = StoredValue::new(false);
    Effect::new(move |_| {
        let title = at.with(|at| find(at).map_or("", |(screen, _)| (screen.name)()));
        page::set_title(&[title, " · Softphone admin"].concat());
        // Who follows a link by keyboard or ear goes on at the new screen's title.
        if moved.get_value() {
            page::focus("screen-title");
        }
        moved.set_value(true);
    });
    let expired = Memo::new(move |_| matches!(admin.standing.get(), Standing::Expired(_)));
    view! {
        <div class="frame">
            <a class="skip" href="#main">{t("Skip to the content")}</a>
            <div class="side">
                <p class="brand"><Icon d=icon::PHONE/> "Softphone"</p>
                <nav aria-label=t("Screens")>{navigation(at, role)}</nav>
                <div class="who">
                    <p><span class="who-name">{name}</span><span class="hint">{role_word(role)}</span></p>
                    <button type="button" class="button quiet small" on:click=press(move || spawn(admin.sign_out()))>
                        <Icon d=icon::LOG_OUT/>{t("Sign out")}
                    </button>
                </div>
            </div>
            <main id="main" class="main" tabindex="-1">
                {maybe(move || (!admin.news.is_live()).then(|| offline(admin)))}
                {live(move || screen(admin, &at.get(), role))}
            </main>
            {maybe(move || expired.get().then(|| {
                dialog(t("Your session has ended"), false, || {}, sign_in::again(admin))
            }))}
        </div>
    }
    .into_any()
}

/// Said in place, without moving anything, once the stream has been away for a moment.
fn offline(admin: Admin) -> AnyView {
    view! {
        <p class="offline" role="status">
            {text(move || if admin.news.is_live() { String::new() } else { t("Live news are paused: connecting to the server…").to_owned() })}
        </p>
    }
    .into_any()
}

fn navigation(at: Memo<String>, role: Role) -> AnyView {
    let groups: Vec<AnyView> = GROUPS
        .iter()
        .filter_map(|group| {
            let links: Vec<AnyView> = group
                .screens
                .iter()
                .filter(|screen| role >= screen.from)
                .map(|screen| link(at, screen))
                .collect();
            let some = !links.is_empty();
            some.then(|| view! { <h2>{(group.name)()}</h2> <ul class="plain">{links}</ul> }.into_any())
        })
        .collect();
    groups.into_any()
}

fn link(at: Memo<String>, screen: &'static Screen) -> AnyView {
    let current = move || {
        let here = at.with(|at| find(at).is_some_and(|(found, _)| std::ptr::eq(found, screen)));
        here.then_some("page")
    };
    view! { <li><a href=screen.path aria-current=current>{(screen.name)()}</a></li> }.into_any()
}

fn screen(admin: Admin, path: &str, role: Role) -> AnyView {
    match find(path) {
        Some((screen, rest)) if role >= screen.from => (screen.draw)(admin, rest),
        Some(_) => told(
            t("This screen is for admins."),
            t("You are signed in as a supervisor. Ask an admin, or sign in as one."),
        ),
        None => told(
            t("There is no such screen."),
            t("The address may be mistyped or old. Choose a screen from the list."),
        ),
    }
}

fn told(title: &'static str, about: &'static str) -> AnyView {
    view! { <div class="empty"><h1 id="screen-title" tabindex="-1">{title}</h1><p>{about}</p></div> }
        .into_any()
}

fn unreachable(admin: Admin) -> AnyView {
    view! {
        <main class="alone">
            <div class="card stack" role="alert">
                <h1>{t("The server does not answer.")}</h1>
                <p>{t("Check your connection. Whoever runs the server can see in its log whether it is up.")}</p>
                <button type="button" class="button primary" on:click=press(move || spawn(admin.look()))>{t("Try again")}</button>
            </div>
        </main>
    }
    .into_any()
}

fn not_allowed(admin: Admin, name: &str) -> AnyView {
    view! {
        <main class="alone">
            <div class="card stack">
                <h1>{t("These screens are for supervisors and admins.")}</h1>
                <p>{fill("You are signed in as {0}, who is an agent. Your phone is at the address without /admin.", &[name])}</p>
                <div class="actions">
                    <a class="button primary" href="/">{t("Open the phone")}</a>
                    <button type="button" class="button" on:click=press(move || spawn(admin.sign_out()))>{t("Sign in as somebody else")}</button>
                </div>
            </div>
        </main>
    }
    .into_any()
}

/// A role for people.
pub(crate) fn role_word(role: Role) -> &'static str {
    match role {
        Role::Agent => t("Agent"),
        Role::Supervisor => t("Supervisor"),
        Role::Admin => t("Admin"),
    }
}

/// Whether it is oneself.
pub(crate) fn is_oneself(admin: Admin, name: &str) -> bool {
    let session = |session: &Session| session.name == name;
    admin
        .standing
        .with_untracked(|standing| standing.session().is_some_and(session))
}
