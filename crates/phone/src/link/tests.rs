use super::*;

const NOW: Millis = 1_000_000;

/// A transition as a value, so that the stories below read in one line.
trait Then {
    fn then(self, step: impl FnOnce(&mut Link) -> Act) -> (Link, Act);
}

impl Then for Link {
    fn then(mut self, step: impl FnOnce(&mut Self) -> Act) -> (Self, Act) {
        let act = step(&mut self);
        (self, act)
    }
}

fn start(now: Millis) -> (Link, Act) {
    Link::Idle.then(|link| link.start(now))
}

fn registering() -> Link {
    start(NOW).0.then(|link| link.opened(NOW)).0
}

fn ready(now: Millis) -> Link {
    start(now)
        .0
        .then(|link| link.opened(now))
        .0
        .then(|link| link.registered(now, 300))
        .0
}

fn refused(status: u16) -> Failure {
    Failure::Later(
        LinkFault::Refused {
            status,
            phrase: String::new(),
        },
        None,
    )
}

#[track_caller]
fn opens((link, act): (Link, Act)) -> Link {
    assert!(matches!(act, Act::Open), "{act:?} in {link:?}");
    assert_eq!(link.view(), LinkView::Connecting);
    link
}

#[track_caller]
fn waits((link, _): &(Link, Act)) -> Millis {
    match link {
        Link::Waiting { until, .. } => *until,
        other => panic!("{other:?}"),
    }
}

#[test]
fn registration_makes_it_ready_until_it_expires() {
    let (link, act) = start(NOW);
    assert!(matches!(act, Act::Open) && !link.flow());
    let (link, act) = link.then(|link| link.opened(NOW + 5));
    assert!(matches!(act, Act::Register) && link.flow() && !link.usable());
    let (link, _) = link.then(|link| link.registered(NOW + 9, 300));
    assert!(link.ready() && link.usable());
    assert_eq!(link.deadline(), Some(NOW + 9 + 300_000));
    opens(link.then(|link| link.time(NOW + 300_009, 0)));
}

#[test]
fn a_socket_that_does_not_open_is_unreachable() {
    let link = start(NOW).0;
    assert_eq!(link.deadline(), Some(NOW + 5_000));
    let link = opens(link.then(|link| link.time(NOW + 5_000, 0)));
    let failed = link.then(|link| link.closed(NOW + 6_000, 300));
    assert_eq!(waits(&failed), NOW + 6_300);
    assert_eq!(
        failed.0.view(),
        LinkView::Waiting {
            until: NOW + 6_300,
            fault: LinkFault::Unreachable
        }
    );
    opens(failed.0.then(|link| link.time(NOW + 6_300, 0)));
}

#[test]
fn waits_grow_while_nothing_works() {
    let mut link = start(NOW).0;
    let mut longest = Vec::new();
    for _ in 0..9 {
        let failed = link.then(|link| link.closed(NOW, u64::MAX / 2));
        longest.push(match &failed.0 {
            Link::Waiting { until, .. } => until - NOW,
            _ => 0,
        });
        link = match failed.0 {
            waiting @ Link::Waiting { .. } => waiting.then(|link| link.time(NOW, 0)).0,
            connecting => connecting,
        };
    }
    assert_eq!(longest[0], 0);
    assert!(
        longest[5] >= 15_000 && longest[8] >= 30_000 && longest[8] <= 60_000,
        "{longest:?}"
    );
}

#[test]
fn a_steady_registration_starts_a_new_row() {
    let link = opens(ready(NOW).then(|link| link.closed(NOW + 10_000, 7)));
    assert!(matches!(link, Link::Connecting { failures: 1, .. }));
}

#[test]
fn a_server_that_closes_at_once_is_not_hammered() {
    let mut link = ready(NOW);
    for expected in 1..=8 {
        link = match link.then(|link| link.closed(NOW + 50, 1)).0 {
            waiting @ Link::Waiting { .. } => waiting.then(|link| link.time(NOW + 50, 0)).0,
            other => other,
        };
        assert!(matches!(link, Link::Connecting { failures, .. } if failures == expected));
        link = link
            .then(|link| link.opened(NOW + 50))
            .0
            .then(|link| link.registered(NOW + 50, 300))
            .0;
    }
    assert!(waits(&link.then(|link| link.closed(NOW + 50, 1))) >= NOW + 50 + 30_000);
}

#[test]
fn a_dead_flow_is_replaced_at_once() {
    opens(ready(NOW).then(|link| link.dead(NOW + 35_000, 99)));
}

#[test]
fn closing_before_registration_is_its_own_fault() {
    let (link, _) = registering().then(|link| link.closed(NOW, 1));
    let (link, _) = link
        .then(|link| link.opened(NOW))
        .0
        .then(|link| link.closed(NOW, 300));
    assert!(matches!(
        link.view(),
        LinkView::Waiting {
            fault: LinkFault::ClosedEarly,
            ..
        }
    ));
}

#[test]
fn a_silent_registrar_is_given_ten_seconds() {
    let link = registering();
    assert_eq!(link.deadline(), Some(NOW + 10_000));
    opens(link.then(|link| link.time(NOW + 10_000, 0)));
}

#[test]
fn final_refusals_end_the_attempts() {
    for fault in [LinkFault::WrongPassword, LinkFault::UnsupportedAuth] {
        let (link, act) =
            registering().then(|link| link.failed(NOW, Failure::Final(fault.clone()), false, 0));
        assert!(matches!(act, Act::Close));
        assert_eq!(link.deadline(), None);
        let (link, act) = link.then(|link| link.online(NOW));
        assert!(matches!(act, Act::None));
        let (link, _) = link.then(|link| link.offline(NOW));
        assert_eq!(link.view(), LinkView::Refused(fault));
        opens(link.then(|link| link.retry(NOW)));
    }
}

#[test]
fn a_refused_refresh_keeps_the_socket_of_a_call() {
    let (link, act) =
        ready(NOW).then(|link| link.failed(NOW + 9, Failure::Final(LinkFault::WrongPassword), true, 0));
    assert!(matches!(act, Act::None) && link.usable());
    let (link, act) = link.then(|link| link.call_over());
    assert!(matches!(act, Act::Close) && !link.flow());
}

#[test]
fn other_refusals_are_tried_again_on_the_same_socket() {
    let failed = registering().then(|link| link.failed(NOW, refused(500), false, 700));
    assert!(matches!(failed.1, Act::None));
    assert_eq!(waits(&failed), NOW + 701);
    let (link, act) = failed.0.then(|link| link.time(NOW + 701, 0));
    assert!(matches!(act, Act::Register) && matches!(link, Link::Registering { failures: 1, .. }));
}

#[test]
fn retry_after_binds_the_phone_but_not_the_agent() {
    let later = Failure::Later(
        LinkFault::Refused {
            status: 503,
            phrase: String::new(),
        },
        Some(120),
    );
    let failed = registering().then(|link| link.failed(NOW, later, false, 0));
    assert_eq!(waits(&failed), NOW + 120_000);
    let (link, act) = failed.0.then(|link| link.online(NOW + 1_000));
    assert!(matches!(act, Act::None));
    let (_, act) = link.then(|link| link.retry(NOW + 1_000));
    assert!(matches!(act, Act::Register));
}

#[test]
fn online_and_retry_go_at_once() {
    let waiting = || {
        registering()
            .then(|link| link.failed(NOW, Failure::Silent(LinkFault::NoAnswer), false, 0))
            .0
            .then(|link| link.closed(NOW, 300))
            .0
    };
    assert!(matches!(waiting(), Link::Waiting { flow: false, .. }));
    opens(waiting().then(|link| link.online(NOW)));
    opens(waiting().then(|link| link.retry(NOW)));
    let (offline, act) = ready(NOW).then(|link| link.offline(NOW));
    assert!(matches!(act, Act::Close) && !offline.flow());
    assert_eq!(offline.view(), LinkView::Offline);
    opens(offline.then(|link| link.online(NOW)));
}

#[test]
fn offline_is_doubted_after_a_while() {
    let (offline, _) = ready(NOW).then(|link| link.offline(NOW));
    assert_eq!(offline.deadline(), Some(NOW + 30_000));
    opens(offline.then(|link| link.time(NOW + 30_000, 0)));
}

#[test]
fn leaving_ends_by_answer_by_time_or_by_loss() {
    let leaving = || {
        let (link, act) = ready(NOW).then(|link| link.leave(NOW, Next::Idle));
        assert!(matches!(act, Act::None) && link.flow() && !link.usable());
        assert_eq!(link.view(), LinkView::Idle);
        link
    };
    for (link, act) in [
        leaving().then(|link| link.left()),
        leaving().then(|link| link.time(NOW + 2_000, 0)),
        leaving().then(|link| link.closed(NOW, 0)),
    ] {
        assert!(matches!((link, act), (Link::Idle, Act::Depart(Next::Idle))));
    }
    assert!(matches!(
        start(NOW).0.then(|link| link.leave(NOW, Next::Idle)).1,
        Act::Depart(_)
    ));
}

#[test]
fn late_news_of_an_older_socket_changes_nothing() {
    let (link, act) = ready(NOW).then(|link| link.opened(NOW));
    assert!(matches!(act, Act::None) && link.ready());
    let (link, _) = ready(NOW)
        .then(|link| link.offline(NOW))
        .0
        .then(|link| link.closed(NOW, 0));
    assert_eq!(link.view(), LinkView::Offline);
    let (link, _) = link.then(|link| link.registered(NOW, 300));
    assert_eq!(link.view(), LinkView::Offline);
}

#[test]
fn online_restarts_an_attempt_of_the_old_network_only() {
    for link in [|| start(NOW).0, registering as fn() -> Link] {
        let (young, act) = link().then(|link| link.online(NOW + 999));
        assert!(matches!(act, Act::None), "{young:?}");
        opens(link().then(|link| link.online(NOW + 1_000)));
    }
}
