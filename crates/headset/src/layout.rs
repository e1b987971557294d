//! Where a headset keeps its switches and lights, from its descriptor.

use crate::Line;
use crate::bits;

/// Usages are page and id, as WebHID writes them.
const HOOK_SWITCH: u32 = 0x000B_0020;
const FLASH: u32 = 0x000B_0021;
const DROP: u32 = 0x000B_0026;
const PHONE_MUTE: u32 = 0x000B_002F;
const LED_MUTE: u32 = 0x0008_0009;
const LED_OFF_HOOK: u32 = 0x0008_0017;
const LED_RING: u32 = 0x0008_0018;

/// One item of a report, as WebHID's `HIDReportItem` has it, in the order of the descriptor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Read from the headset or written to it.
    pub kind: Kind,
    /// The report it is in; 0 where reports have no ids.
    pub report: u8,
    /// Bits of one value.
    pub size: usize,
    /// Values.
    pub count: usize,
    /// Values are indices into `usages`, not one bit for each.
    pub array: bool,
    /// A value is a state; else a change.
    pub absolute: bool,
    /// Padding.
    pub constant: bool,
    /// The lowest value of an array: its first usage.
    pub least: u32,
    /// What the values mean.
    pub usages: Vec<u32>,
}

/// Which way an item goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// From the headset.
    Input,
    /// To it.
    Output,
}

/// Where one bit is, or that an array may name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Bit {
        report: u8,
        offset: usize,
        absolute: bool,
    },
    /// In an array of `count` values of `size` bits from `offset`, as `value`.
    Named {
        report: u8,
        offset: usize,
        size: usize,
        count: usize,
        value: u32,
    },
}

/// Whether a switch is on in a report; none where the report does not have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Switches {
    /// Off the hook: in use.
    pub hook: Option<bool>,
    /// The mute button. `mute_is_state` says what it means.
    pub mute: Option<bool>,
    /// Mute reports its state, not each press.
    pub mute_is_state: bool,
    /// Refuse or end.
    pub drop: Option<bool>,
    /// The flash button: hold on headsets that have it.
    pub flash: Option<bool>,
}

/// A report to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: u8,
    /// Its bytes, without the id.
    pub bytes: Vec<u8>,
}

/// A headset's switches and lights.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    hook: Option<Place>,
    mute: Option<Place>,
    drop: Option<Place>,
    flash: Option<Place>,
    off_hook_light: Option<Place>,
    mute_light: Option<Place>,
    ring_light: Option<Place>,
}

impl Layout {
    /// Finds them. None if there is no hook switch: no telephone.
    pub fn read(fields: &[Field]) -> Option<Self> {
        let mut layout = Self::default();
        let mut ends: Vec<(Kind, u8, usize)> = Vec::new();
        for field in fields {
            let end = ends
                .iter_mut()
                .find(|(kind, report, _)| (*kind, *report) == (field.kind, field.report));
            let offset = match end {
                Some((_, _, end)) => core::mem::replace(end, *end + field.size * field.count),
                None => {
                    ends.push((field.kind, field.report, field.size * field.count));
                    0
                }
            };
            if !field.constant {
                layout.take(field, offset);
            }
        }
        layout.hook.is_some().then_some(layout)
    }

    fn take(&mut self, field: &Field, offset: usize) {
        for (index, usage) in field.usages.iter().enumerate() {
            let slot = match (field.kind, *usage) {
                (Kind::Input, HOOK_SWITCH) => &mut self.hook,
                (Kind::Input, PHONE_MUTE) => &mut self.mute,
                (Kind::Input, DROP) => &mut self.drop,
                (Kind::Input, FLASH) => &mut self.flash,
                (Kind::Output, LED_OFF_HOOK) => &mut self.off_hook_light,
                (Kind::Output, LED_MUTE) => &mut self.mute_light,
                (Kind::Output, LED_RING) => &mut self.ring_light,
                (Kind::Input | Kind::Output, _) => continue,
            };
            let place = if field.array {
                Place::Named {
                    report: field.report,
                    offset,
                    size: field.size,
                    count: field.count,
                    value: field
                        .least
                        .saturating_add(u32::try_from(index).unwrap_or(u32::MAX)),
                }
            } else if index < field.count {
                Place::Bit {
                    report: field.report,
                    offset: offset + index * field.size,
                    absolute: field.absolute,
                }
            } else {
                continue;
            };
            slot.get_or_insert(place);
        }
    }

    /// Reads an input report.
    pub fn switches(&self, report: u8, bytes: &[u8]) -> Switches {
        let on = |place: &Option<Place>| place.as_ref().and_then(|place| place.read(report, bytes));
        Switches {
            hook: on(&self.hook),
            mute: on(&self.mute),
            mute_is_state: matches!(self.mute, Some(Place::Bit { absolute: true, .. })),
            drop: on(&self.drop),
            flash: on(&self.flash),
        }
    }

    /// The reports that show what the line does; lights that share a report go together.
    pub fn show(&self, line: Line) -> Vec<Report> {
        let (ringing, talking, muted) = match line {
            Line::Free => (false, false, false),
            Line::Ringing => (true, false, false),
            Line::Talking { muted } => (false, true, muted),
        };
        let lights = [
            (&self.off_hook_light, talking),
            (&self.mute_light, muted),
            (&self.ring_light, ringing),
        ];
        let mut reports: Vec<Report> = Vec::new();
        for (place, on) in lights {
            let Some(Place::Bit { report, offset, .. }) = place else {
                continue;
            };
            let known = reports.iter().position(|known| known.id == *report);
            let index = known.unwrap_or_else(|| {
                reports.push(Report {
                    id: *report,
                    bytes: Vec::new(),
                });
                reports.len() - 1
            });
            if let Some(report) = reports.get_mut(index) {
                bits::set(&mut report.bytes, *offset, on);
            }
        }
        reports
    }
}

impl Place {
    /// Whether it is on; none in another report.
    fn read(&self, id: u8, bytes: &[u8]) -> Option<bool> {
        match self {
            Self::Bit { report, offset, .. } => (*report == id).then(|| bits::get(bytes, *offset)),
            Self::Named {
                report,
                offset,
                size,
                count,
                value,
            } => (*report == id).then(|| {
                (0..*count).any(|index| bits::number(bytes, offset + index * size, *size) == *value)
            }),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn field(kind: Kind, report: u8, size: usize, usages: &[u32]) -> Field {
        Field {
            kind,
            report,
            size,
            count: usages.len().max(1),
            array: false,
            absolute: true,
            constant: usages.is_empty(),
            least: 0,
            usages: usages.to_vec(),
        }
    }

    /// As a common USB headset has it: hook and a mute that reports presses, then padding; lights in a report of their own.
    pub(crate) fn usual() -> Layout {
        let mute = Field {
            absolute: false,
            ..field(Kind::Input, 2, 1, &[PHONE_MUTE])
        };
        let fields = [
            field(Kind::Input, 1, 8, &[0x000C_00E9]),
            field(Kind::Input, 2, 1, &[HOOK_SWITCH]),
            mute,
            field(Kind::Input, 2, 1, &[DROP]),
            field(Kind::Input, 2, 5, &[]),
            field(Kind::Output, 3, 1, &[LED_OFF_HOOK, LED_MUTE]),
            field(Kind::Output, 3, 6, &[]),
            field(Kind::Output, 4, 1, &[LED_RING]),
        ];
        Layout::read(&fields).unwrap()
    }

    #[test]
    fn switches_are_found_behind_padding_and_other_reports() {
        let switches = usual().switches(2, &[0b101]);
        assert_eq!(
            (switches.hook, switches.mute, switches.drop),
            (Some(true), Some(false), Some(true))
        );
        assert!(!switches.mute_is_state);
        assert_eq!(usual().switches(1, &[0b101]), Switches::default());
    }

    #[test]
    fn arrays_name_what_is_on() {
        let array = Field {
            array: true,
            least: 1,
            count: 2,
            ..field(Kind::Input, 0, 4, &[HOOK_SWITCH, PHONE_MUTE, DROP])
        };
        let layout = Layout::read(&[array]).unwrap();
        let switches = layout.switches(0, &[0x21]);
        assert_eq!(
            (switches.hook, switches.mute, switches.drop),
            (Some(true), Some(true), Some(false))
        );
        assert_eq!(layout.switches(0, &[0]).hook, Some(false));
    }

    #[test]
    fn lights_of_one_report_go_together() {
        let shown = usual().show(Line::Talking { muted: true });
        let wanted = [(3, vec![0b11]), (4, vec![0])].map(|(id, bytes)| Report { id, bytes });
        assert_eq!(shown, wanted);
        assert_eq!(usual().show(Line::Ringing)[1].bytes, [1]);
    }

    #[test]
    fn what_has_no_hook_switch_is_no_telephone() {
        assert_eq!(Layout::read(&[field(Kind::Input, 0, 1, &[0x000C_00CD])]), None);
        assert_eq!(Layout::read(&[]), None);
    }

    #[test]
    fn a_report_that_is_too_short_reads_as_off() {
        assert_eq!(usual().switches(2, &[]).hook, Some(false));
    }
}
