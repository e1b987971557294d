//! Every operation of the three APIs is reached from a screen: the steps of the walks are held against the platform's table.

use exotel::operations::{Api, all};

use super::{Step, account, agents, greenpin};

/// Operations that no admin asks for: a phone places calls, and the platform's own news are what webhooks are for.
const NOT_ADMINS: [(Api, &str); 2] = [
    (Api::Integrations, "notify_inbound"),
    (Api::Integrations, "outbound_call"),
];

#[test]
fn every_operation_has_a_step_on_a_screen() {
    let steps: Vec<&Step> = [account::STEPS, agents::STEPS, greenpin::STEPS]
        .into_iter()
        .flatten()
        .collect();
    let asked = all().filter(|operation| {
        matches!(
            operation.api,
            Api::Subscribers | Api::Integrations | Api::GreenPin
        )
    });
    let missing: Vec<String> = asked
        .filter(|operation| !NOT_ADMINS.contains(&(operation.api, operation.name)))
        .filter(|operation| {
            !steps
                .iter()
                .any(|step| step.operation == (operation.api, operation.name))
        })
        .map(|operation| format!("{:?} {}", operation.api, operation.name))
        .collect();
    assert!(missing.is_empty(), "no screen completes {missing:?}");
    for step in steps {
        let (api, name) = step.operation;
        assert!(
            all().any(|operation| operation.api == api && operation.name == name),
            "{api:?} {name} is no operation"
        );
        assert!(step.path.starts_with('/'), "{}", step.path);
    }
}
