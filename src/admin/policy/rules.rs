//! The rules for features: one line each.

use leptos::prelude::*;
use protocol::admin::apps::AppList;
use protocol::admin::policy::{Feature, FeatureRule, Rule};
use protocol::session::Role;
use softphone::language::{fill, t};

use super::words;
use crate::elements::live::{live, press};
use crate::screens::frame::role_word;
use crate::screens::pieces::field::{Field, choice};
use crate::screens::pieces::load::Loaded;

/// A line of the form.
#[derive(Clone, Copy)]
pub(super) struct Line {
    feature: Field,
    role: Field,
    app: Field,
    rule: Field,
}

impl Line {
    pub(super) fn of(rule: &FeatureRule) -> Self {
        let feature = words::FEATURES
            .iter()
            .find(|(_, feature)| *feature == rule.feature);
        Self {
            feature: Field::new("features", feature.map_or("hold", |(word, _)| word)),
            role: Field::new("features", rule.role.map_or("", role_value)),
            app: Field::new("features", rule.app.clone().unwrap_or_default()),
            rule: Field::new("features", rule_value(rule.rule)),
        }
    }

    pub(super) fn read(self) -> FeatureRule {
        let word = self.feature.value.get();
        let found = words::FEATURES.iter().find(|(other, _)| *other == word);
        FeatureRule {
            feature: found.map_or(Feature::Hold, |(_, feature)| *feature),
            role: role_of(&self.role.value.get()),
            app: Some(self.app.value.get()).filter(|app| !app.is_empty()),
            rule: match self.rule.value.get().as_str() {
                "forced" => Rule::Forced,
                "forbidden" => Rule::Forbidden,
                _ => Rule::Allowed,
            },
        }
    }
}

/// The lines and a button for one more.
pub(super) fn draw(lines: RwSignal<Vec<Line>>, apps: Loaded<AppList>) -> AnyView {
    let add = move || {
        let rule = FeatureRule {
            feature: Feature::Hold,
            role: None,
            app: None,
            rule: Rule::Allowed,
        };
        lines.update(|lines| lines.push(Line::of(&rule)));
    };
    view! {
        <p class="hint">{t("A feature without a rule is as the configuration says. Of several rules the one that says most wins.")}</p>
        {live(move || {
            let known = apps.here.with(|apps| apps.as_ref().map(|apps| {
                apps.apps.iter().map(|app| (app.id.clone(), app.name.clone())).collect::<Vec<_>>()
            }));
            let known = known.unwrap_or_default();
            let drawn: Vec<AnyView> = lines
                .with(|lines| lines.clone())
                .into_iter()
                .enumerate()
                .map(|(index, line)| one(lines, index, line, &known))
                .collect();
            view! { <div class="stack">{drawn}</div> }.into_any()
        })}
        <div class="actions"><button type="button" class="button small" on:click=press(add)>{t("Add a rule")}</button></div>
    }
    .into_any()
}

fn one(lines: RwSignal<Vec<Line>>, index: usize, line: Line, apps: &[(String, String)]) -> AnyView {
    let features =
        words::FEATURES.map(|(word, feature)| (word.to_owned(), words::feature(feature).to_owned()));
    let roles = [Role::Agent, Role::Supervisor, Role::Admin]
        .map(|role| (role_value(role).to_owned(), role_word(role).to_owned()));
    let everybody = (String::new(), t("Everybody").to_owned());
    let every_app = (String::new(), t("Every app").to_owned());
    // An app that is gone stays in its rule.
    let own = line.app.value.get_untracked();
    let gone = (!own.is_empty() && apps.iter().all(|(id, _)| *id != own)).then(|| (own.clone(), own));
    let apps = std::iter::once(every_app)
        .chain(apps.iter().cloned())
        .chain(gone)
        .collect();
    let rules = [Rule::Allowed, Rule::Forced, Rule::Forbidden]
        .map(|rule| (rule_value(rule).to_owned(), words::rule(rule).to_owned()));
    let remove = press(move || {
        lines.update(|lines| {
            lines.remove(index);
        });
    });
    view! {
        <fieldset class="rule">
            <legend class="unseen">{fill("Rule {0}", &[&(index + 1).to_string()])}</legend>
            {choice(line.feature, t("Feature"), "", features.to_vec())}
            {choice(line.rule, t("Rule"), "", rules.to_vec())}
            {choice(line.role, t("For"), "", std::iter::once(everybody).chain(roles).collect())}
            {choice(line.app, t("While in use"), "", apps)}
            <button type="button" class="button small quiet" aria-label=fill("Remove rule {0}", &[&(index + 1).to_string()]) on:click=remove>{t("Remove")}</button>
        </fieldset>
    }
    .into_any()
}

pub(super) fn role_value(role: Role) -> &'static str {
    match role {
        Role::Agent => "agent",
        Role::Supervisor => "supervisor",
        Role::Admin => "admin",
    }
}

pub(super) fn role_of(word: &str) -> Option<Role> {
    match word {
        "agent" => Some(Role::Agent),
        "supervisor" => Some(Role::Supervisor),
        "admin" => Some(Role::Admin),
        _ => None,
    }
}

fn rule_value(rule: Rule) -> &'static str {
    match rule {
        Rule::Allowed => "allowed",
        Rule::Forced => "forced",
        Rule::Forbidden => "forbidden",
    }
}
