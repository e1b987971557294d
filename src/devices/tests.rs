//! A desk with a docking station, a headset that comes and goes, and what the phone makes of it.

use super::*;

fn device(kind: Kind, label: &str) -> Device {
    Device {
        kind,
        id: ["id of ", label].concat(),
        label: label.into(),
    }
}

fn headset() -> [Device; 2] {
    [device(Kind::Input, "Headset"), device(Kind::Output, "Headset")]
}

fn desk() -> Vec<Device> {
    vec![
        device(Kind::Input, "Webcam"),
        device(Kind::Output, "Loudspeaker"),
        device(Kind::Output, "Screen"),
    ]
}

fn with_headset() -> Vec<Device> {
    let mut all = desk();
    all.extend(headset());
    all
}

fn chosen_headset() -> Choice {
    let [microphone, speaker] = headset();
    Choice::default()
        .with(Role::Microphone, Some(microphone))
        .with(Role::Speaker, Some(speaker))
        .with(Role::Ringer, Some(device(Kind::Output, "Loudspeaker")))
}

fn label(choice: &Choice, role: Role) -> &str {
    choice.of(role).map_or("", |device| device.label.as_str())
}

#[test]
fn nothing_chosen_is_the_systems_own() {
    assert_eq!(Memory::default().choose(&with_headset()), Choice::default());
}

#[test]
fn a_headset_that_comes_back_takes_over_and_the_ringer_stays() {
    let mut memory = Memory::default();
    memory.keep(&with_headset(), chosen_headset());
    let away = memory.choose(&desk());
    assert_eq!(label(&away, Role::Microphone), "");
    assert_eq!(label(&away, Role::Ringer), "Loudspeaker");
    // Something else is chosen while it is away: that is remembered for the desk alone.
    let webcam = away.with(Role::Microphone, Some(device(Kind::Input, "Webcam")));
    memory.keep(&desk(), webcam);
    let back = memory.choose(&with_headset());
    assert_eq!(label(&back, Role::Microphone), "Headset");
    assert_eq!(label(&memory.choose(&desk()), Role::Microphone), "Webcam");
}

#[test]
fn an_unknown_set_takes_what_was_chosen_last_of_what_is_there() {
    let mut memory = Memory::default();
    memory.keep(&with_headset(), chosen_headset());
    let mut more = with_headset();
    more.push(device(Kind::Output, "Television"));
    assert_eq!(memory.choose(&more), chosen_headset());
}

#[test]
fn a_device_in_another_socket_is_known_by_its_name() {
    let mut memory = Memory::default();
    memory.keep(&with_headset(), chosen_headset());
    let mut moved = with_headset();
    for device in &mut moved {
        device.id.push_str(" in another socket");
    }
    let choice = memory.choose(&moved);
    assert_eq!(
        choice.of(Role::Speaker).map(|device| device.id.as_str()),
        Some("id of Headset in another socket")
    );
}

#[test]
fn the_note_reads_back_and_forgets_the_oldest() {
    let mut memory = Memory::default();
    memory.keep(&with_headset(), chosen_headset());
    memory.keep(&desk(), Choice::default());
    assert_eq!(Memory::read(&memory.write()), memory);
    assert_eq!(Memory::read("nonsense\n\n\tmore"), Memory::default());
    for n in 0..40 {
        memory.keep(&[device(Kind::Input, &n.to_string())], Choice::default());
    }
    assert_eq!(memory.write().lines().count(), 16);
}

#[test]
fn names_with_tabs_do_not_break_the_note() {
    let odd = Device {
        id: "odd".into(),
        ..device(Kind::Input, "Head\tset\n2")
    };
    let mut memory = Memory::default();
    memory.keep(
        std::slice::from_ref(&odd),
        Choice::default().with(Role::Microphone, Some(odd.clone())),
    );
    let choice = Memory::read(&memory.write()).choose(std::slice::from_ref(&odd));
    assert_eq!(choice.of(Role::Microphone), Some(&odd));
}

#[test]
fn the_page_reads_a_line_for_each_role() {
    let text = chosen_headset().in_force(true);
    let lines: Vec<&str> = text.split('\n').collect();
    assert_eq!(lines[Role::Microphone.line()], "id of Headset");
    assert_eq!(lines[Role::Ringer.line()], "id of Loudspeaker");
    assert_eq!(lines[CLEAN], "clean");
    assert_eq!(Choice::default().in_force(false), "\n\n\n");
}

#[test]
fn what_happens_by_itself_is_told() {
    let (chosen, none) = (chosen_headset(), Choice::default());
    let [microphone, _] = headset();
    assert_eq!(
        change(&chosen, &none, &desk()),
        Some(Change::Gone(microphone.clone(), None))
    );
    assert_eq!(
        change(&none, &chosen, &with_headset()),
        Some(Change::Back(microphone))
    );
    assert_eq!(change(&chosen, &chosen, &with_headset()), None);
}

#[test]
fn the_microphone_is_opened_anew_for_another_device_or_another_sound_of_it() {
    assert!(opens_anew("a\nb\nc\n", "x\nb\nc\n"));
    assert!(opens_anew("a\nb\nc\n", "a\nb\nc\nclean"));
    assert!(!opens_anew("a\nb\nc\n", "a\nx\ny\n"));
    // Nothing was ever chosen.
    assert!(!opens_anew("", "\nb\n\n"));
    assert!(opens_anew("", "a\n\n\n"));
}
