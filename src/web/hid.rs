//! Headsets as WebHID shows them (wicg.github.io/webhid): their descriptor, their reports, and reports back. Chromium's
//! browsers have it; others do not.

use headset::{Field, Kind, Report, Wire};
use js_sys::{Array, DataView, Object, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, EventTarget};

use super::{Listener, page, reflect};

/// HID Usage Tables 1.5: the telephony page.
const TELEPHONY: f64 = 11.0;

/// A headset that this site may use.
#[derive(Clone, PartialEq)]
pub struct Device(JsValue);

/// A headset in use. Dropping it closes it.
pub struct Opened(JsValue);

/// Where reports to a headset go.
pub struct Lights(JsValue);

/// The browser has WebHID, and the page may use it.
pub fn is_there() -> bool {
    hid().is_some()
}

fn hid() -> Option<JsValue> {
    reflect::get(&page::window().navigator(), "hid")
}

/// Has the person choose headsets; only from a press.
pub fn ask() -> impl Future<Output = Vec<Device>> + use<> {
    let filter = Object::new();
    reflect::set(&filter, "usagePage", &JsValue::from_f64(TELEPHONY));
    let options = Object::new();
    reflect::set(&options, "filters", &Array::of1(&filter));
    let asked = hid().and_then(|hid| reflect::method(&hid, "requestDevice")?.call1(&hid, &options).ok());
    listed(asked)
}

/// Headsets that the person has chosen before and that are plugged in.
pub fn granted() -> impl Future<Output = Vec<Device>> + use<> {
    let asked = hid().and_then(|hid| reflect::method(&hid, "getDevices")?.call0(&hid).ok());
    listed(asked)
}

async fn listed(asked: Option<JsValue>) -> Vec<Device> {
    let told = settled(asked).await.unwrap_or_default();
    Array::from(&told).iter().map(Device).collect()
}

/// Hears headsets coming and going.
pub fn on_change(hear: impl Fn() + 'static) -> Option<Listener> {
    let hid: EventTarget = hid()?.unchecked_into();
    Some(Listener::new(
        &hid,
        &["connect", "disconnect"],
        move |_: Event| hear(),
    ))
}

impl Device {
    /// Its name for people.
    pub fn name(&self) -> String {
        reflect::text(&self.0, "productName")
    }

    /// What its descriptor says.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        for collection in list(&self.0, "collections") {
            read(&collection, &mut fields);
        }
        fields
    }

    /// Takes it into use; `None` if the browser cannot.
    pub async fn open(&self) -> Option<Opened> {
        if !reflect::get(&self.0, "opened").is_some_and(|opened| opened.is_truthy()) {
            let open = reflect::method(&self.0, "open")?;
            settled(open.call0(&self.0).ok()).await?;
        }
        Some(Opened(self.0.clone()))
    }

    /// Hears its reports: number and bytes.
    pub fn on_report(&self, hear: impl Fn(u8, &[u8]) + 'static) -> Listener {
        let target: &EventTarget = self.0.unchecked_ref();
        Listener::new(target, &["inputreport"], move |event: Event| {
            let Some(data) = reflect::get(&event, "data").and_then(|data| data.dyn_into::<DataView>().ok())
            else {
                return;
            };
            let bytes: Vec<u8> = (0..data.byte_length())
                .map(|index| data.get_uint8(index))
                .collect();
            hear(byte(&event, "reportId"), &bytes);
        })
    }

    /// Its lights.
    pub fn lights(&self) -> Lights {
        Lights(self.0.clone())
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if let Some(close) = reflect::method(&self.0, "close") {
            let closing = close.call0(&self.0).ok();
            super::spawn(async move {
                settled(closing).await;
            });
        }
    }
}

impl Wire for Lights {
    fn send(&self, report: &Report) {
        let data = Uint8Array::from(report.bytes.as_slice());
        let send = reflect::method(&self.0, "sendReport");
        let sending = send.and_then(|send| send.call2(&self.0, &JsValue::from(report.id), &data).ok());
        super::spawn(async move {
            settled(sending).await;
        });
    }
}

/// A collection's reports, or those of the collections in it: browsers differ in whether the outer one repeats them.
fn read(collection: &JsValue, fields: &mut Vec<Field>) {
    let before = fields.len();
    for (name, kind) in [("inputReports", Kind::Input), ("outputReports", Kind::Output)] {
        for report in list(collection, name) {
            let id = byte(&report, "reportId");
            let items = list(&report, "items");
            fields.extend(items.iter().map(|item| field(kind, id, item)));
        }
    }
    if fields.len() == before {
        for child in list(collection, "children") {
            read(&child, fields);
        }
    }
}

fn field(kind: Kind, report: u8, item: &JsValue) -> Field {
    let is = |name| reflect::get(item, name).is_some_and(|value| value.is_truthy());
    let whole = |name| number(item, name) as u32;
    let usages = if is("isRange") {
        // A malformed descriptor may name a range without end.
        let (first, last) = (whole("usageMinimum"), whole("usageMaximum"));
        (first..=last).take(256).collect()
    } else {
        let usages = list(item, "usages");
        usages
            .iter()
            .filter_map(JsValue::as_f64)
            .map(|usage| usage as u32)
            .collect()
    };
    Field {
        kind,
        report,
        size: number(item, "reportSize") as usize,
        count: number(item, "reportCount") as usize,
        array: is("isArray"),
        absolute: is("isAbsolute"),
        constant: is("isConstant"),
        least: whole("logicalMinimum"),
        usages,
    }
}

fn list(of: &JsValue, name: &str) -> Vec<JsValue> {
    reflect::get(of, name)
        .map(|list| Array::from(&list).iter().collect())
        .unwrap_or_default()
}

fn number(of: &JsValue, name: &str) -> f64 {
    reflect::get(of, name)
        .and_then(|value| value.as_f64())
        .unwrap_or_default()
}

fn byte(of: &JsValue, name: &str) -> u8 {
    number(of, name) as u8
}

/// What a promise has come to; `None` if it failed or there is none.
async fn settled(promise: Option<JsValue>) -> Option<JsValue> {
    let promise: Promise = promise?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}
