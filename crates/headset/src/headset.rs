//! A headset in use: its reports become presses, and the line becomes its lights.

use crate::{Buttons, Field, Layout, Line, Press, Report};

/// Where reports to the headset go: WebHID in a browser, a list in a test.
pub trait Wire {
    /// Sends a report. What cannot be sent is lost: a light is no promise.
    fn send(&self, report: &Report);
}

/// One headset.
#[derive(Debug)]
pub struct Headset<W> {
    layout: Layout,
    buttons: Buttons,
    line: Option<Line>,
    wire: W,
}

impl<W: Wire> Headset<W> {
    /// `None` if these are no fields of a telephone.
    pub fn new(fields: &[Field], wire: W) -> Option<Self> {
        Some(Self {
            layout: Layout::read(fields)?,
            buttons: Buttons::default(),
            line: None,
            wire,
        })
    }

    /// The line stands like this: its lights say so, unless they do already.
    pub fn show(&mut self, line: Line) {
        if self.line.replace(line) == Some(line) {
            return;
        }
        self.buttons.show(line);
        for report in self.layout.show(line) {
            self.wire.send(&report);
        }
    }

    /// A report of its switches; what was pressed, if anything.
    pub fn hear(&mut self, report: u8, bytes: &[u8]) -> Option<Press> {
        self.buttons.press(self.layout.switches(report, bytes))
    }
}

#[cfg(test)]
mod tests {
    use core::cell::RefCell;

    use super::*;
    use crate::Kind;

    /// What was sent: the report, and its first byte.
    #[derive(Default)]
    struct Sent(RefCell<Vec<(u8, u8)>>);

    impl Wire for &Sent {
        fn send(&self, report: &Report) {
            self.0.borrow_mut().push((report.id, report.bytes[0]));
        }
    }

    /// The telephony part of a two-eared USB headset's descriptor, as WebHID gives it: hook, line and mute switches in
    /// report 8, and in report 9 the lights off-hook, mute and ring.
    fn recorded() -> Vec<Field> {
        let field = |kind, report, absolute, usages: &[u32], count| Field {
            kind,
            report,
            size: 1,
            count,
            array: false,
            absolute,
            constant: usages.is_empty(),
            least: 0,
            usages: usages.to_vec(),
        };
        vec![
            field(Kind::Input, 8, true, &[0x000B_0020], 1),
            field(Kind::Input, 8, true, &[0x000B_0097], 1),
            field(Kind::Input, 8, false, &[0x000B_002F], 1),
            field(Kind::Input, 8, false, &[0x000B_0021], 1),
            field(Kind::Input, 8, true, &[], 4),
            field(Kind::Output, 9, true, &[0x0008_0017, 0x0008_0009, 0x0008_0018], 3),
            field(Kind::Output, 9, true, &[], 5),
        ]
    }

    const TALKING: Line = Line::Talking { muted: false };

    #[test]
    fn a_recorded_call_is_answered_muted_and_ended_and_the_lights_follow() {
        let sent = Sent::default();
        let mut headset = Headset::new(&recorded(), &sent).unwrap();
        headset.show(Line::Free);
        headset.show(Line::Ringing);
        assert_eq!(headset.hear(8, &[0b0001]), Some(Press::Answer));
        headset.show(TALKING);
        headset.show(TALKING);
        // The mute button goes down and up.
        assert_eq!(headset.hear(8, &[0b0101]), Some(Press::Mute(true)));
        assert_eq!(headset.hear(8, &[0b0001]), None);
        headset.show(Line::Talking { muted: true });
        assert_eq!(headset.hear(8, &[0b0101]), Some(Press::Mute(false)));
        assert_eq!(headset.hear(8, &[0b0001]), None);
        headset.show(TALKING);
        assert_eq!(headset.hear(8, &[0b0000]), Some(Press::HangUp));
        headset.show(Line::Free);
        let lights = [0b000, 0b100, 0b001, 0b011, 0b001, 0b000];
        assert_eq!(*sent.0.borrow(), lights.map(|lights| (9, lights)));
    }

    #[test]
    fn reports_of_its_volume_buttons_mean_nothing() {
        let sent = Sent::default();
        let mut headset = Headset::new(&recorded(), &sent).unwrap();
        headset.show(Line::Ringing);
        assert_eq!(headset.hear(1, &[0xff]), None);
        assert_eq!(headset.hear(8, &[]), None);
    }
}
