//! Webhooks about calls: the documented fields, filled from the call table and the records around it.

use exotel::hooks::{CallDetail, CallNotice, CallState, Direction as Way, HookKind, NoticeStatus};
use exotel::integrations::SettingKey;
use exotel::{IST, PhoneNumber, Secret, Timestamp};
use serde_json::{Map, Value, json};
use sip::Instant;

use super::World;
use crate::exchange::{Ending, Times};
use crate::platform::{CallRecord, Direction};
use crate::webhooks::{Letter, Shape};

/// The placeholder of times that are never set.
const YEAR_ONE: &str = "0001-01-01T00:00:00Z";

/// What a callback says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    /// The customer answered.
    Answered,
    /// The recording is there.
    RecordingClosed,
    /// It is over.
    Over(Ending),
}

impl World {
    /// A setting of an app.
    pub(super) fn setting(&self, app_id: &str, key: &SettingKey) -> Option<Secret> {
        let setting = self.platform.records.settings.get(app_id)?.get(key.as_str())?;
        Some(setting.value.clone()).filter(|value| !value.is_empty())
    }

    /// Gives the courier's requests to the host; true if there was any.
    pub(super) fn hand_out_webhooks(&mut self) -> bool {
        let mut moved = false;
        while let Some(sending) = self.courier.poll() {
            moved = true;
            let ticket = super::HttpTicket::Webhook(sending.ticket);
            self.out.push_back(super::Output::Http(ticket, sending.request));
        }
        moved
    }

    /// Posts the news of an outbound call to the app's `callback`.
    pub(super) fn tell_callback(&mut self, now: Instant, sid: &str, news: News) {
        let Some(record) = self.platform.records.calls.get(sid).cloned() else {
            return;
        };
        let mut notice = self.about(&record);
        notice.direction = Way::Outbound;
        // The agent's side: their SIP address, or their telephone.
        notice.from_number = PhoneNumber::as_given(local(&record.from));
        notice.to_number = PhoneNumber::as_given(local(&record.to));
        notice.virtual_number = PhoneNumber::as_given(record.virtual_number.clone());
        (notice.call_detail, notice.call_state) = match news {
            News::Answered => (CallDetail::Answered, CallState::Active),
            News::RecordingClosed => (CallDetail::RecordingStopSuccess, CallState::Active),
            News::Over(_) => (CallDetail::Terminal, CallState::Terminal),
        };
        if let News::Over(ending) = news {
            notice.call_status = NoticeStatus::from(ending.outcome().as_str());
            notice.call_recordings = Secret::new(record.recording_url.clone().unwrap_or_default());
        }
        let mut fields = fields(&notice);
        let over = matches!(news, News::Over(_));
        let end = record.ended.filter(|_| over);
        fields.insert("StartTime".to_owned(), json!(self.time(Some(record.started))));
        fields.insert("EndTime".to_owned(), json!(self.time(end)));
        fields.insert("TotalDuration".to_owned(), talked(&record, over));
        if self.exchange.habits().sparse {
            for absent in ["CustomerId", "ExotelAccountSid", "TicketId"] {
                fields.remove(absent);
            }
        }
        self.post(now, &record, HookKind::Callback, &SettingKey::Callback, fields);
    }

    /// Posts one of the three notices of an inbound call.
    pub(super) fn tell_inbound(&mut self, now: Instant, sid: &str, kind: HookKind) {
        if let Some(record) = self.platform.records.calls.get(sid).cloned() {
            self.tell_inbound_of(now, &record, kind);
        }
    }

    /// The same of a call that need not be in the table.
    pub(super) fn tell_inbound_of(&mut self, now: Instant, record: &CallRecord, kind: HookKind) {
        let mut notice = self.about(record);
        notice.from_number = PhoneNumber::as_given(local(&record.from));
        notice.to_number = PhoneNumber::as_given(local(&record.virtual_number));
        notice.virtual_number = notice.to_number.clone();
        notice.dial_whom_number = PhoneNumber::as_given(record.dial_whom.clone());
        let ringing = kind == HookKind::Popup;
        if ringing {
            notice.direction = Way::Inbound;
            notice.call_status = NoticeStatus::Busy;
            notice.call_state = CallState::Active;
        } else {
            notice.direction = Way::Incoming;
            notice.call_status = NoticeStatus::Free;
        }
        let mut fields = fields(&notice);
        fields.insert("TotalDuration".to_owned(), talked(record, !ringing));
        let key = match kind {
            HookKind::Popup => SettingKey::Popup,
            HookKind::MissedCall => SettingKey::MissedCall,
            _ => SettingKey::IncomingCallHangup,
        };
        self.post(now, record, kind, &key, fields);
    }

    /// Posts a click-to-call's StatusCallback, where it asked for one.
    pub(super) fn tell_status(&mut self, now: Instant, sid: &str, event: &str) {
        let Some(record) = self.platform.records.calls.get(sid).cloned() else {
            return;
        };
        let Some(url) = record.status_callback.clone() else {
            return;
        };
        if event == "answered" && !record.callback_on_answer {
            return;
        }
        let clock = |at: Option<i64>| at.map_or_else(String::new, plain);
        let talk = record.talk_seconds().to_string();
        let pairs = [
            ("CallSid", record.sid.clone()),
            ("EventType", event.to_owned()),
            ("DateCreated", plain(record.started)),
            ("DateUpdated", plain(self.platform.wall(now))),
            ("Status", record.status.as_str().to_owned()),
            ("To", record.to.clone()),
            ("From", record.from.clone()),
            ("PhoneNumberSid", local(&record.virtual_number)),
            ("StartTime", plain(record.started)),
            ("EndTime", clock(record.ended)),
            ("ConversationDuration", talk.clone()),
            ("Direction", "outbound-api".to_owned()),
            ("RecordingUrl", record.recording_url.clone().unwrap_or_default()),
            ("CustomField", record.custom_field.clone().unwrap_or_default()),
            ("Legs[0][OnCallDuration]", record.seconds().to_string()),
            ("Legs[0][Status]", record.leg1.as_str().to_owned()),
            ("Legs[1][OnCallDuration]", talk),
            ("Legs[1][Status]", record.leg2.as_str().to_owned()),
        ];
        let fields = pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Value::String(value)));
        let letter = Letter {
            kind: HookKind::StatusCallback,
            about: record.sid,
            url,
            // Documented as a form.
            shape: Shape::Form,
            fields: fields.collect(),
        };
        self.courier.post(now, &letter);
    }

    /// What every notice says of its call.
    fn about(&self, record: &CallRecord) -> CallNotice {
        let app = record
            .app_id
            .as_ref()
            .and_then(|id| self.platform.records.apps.get(id));
        CallNotice {
            customer_id: app.map(|app| app.customer_id.clone()).unwrap_or_default(),
            app_id: record.app_id.clone().unwrap_or_default(),
            call_sid: record.sid.clone(),
            exotel_account_sid: record.tenant.clone(),
            app_user_id: record.app_user_id.clone().unwrap_or_default(),
            account_domain: match record.direction {
                // Both spellings are documented, each where it is used here.
                Direction::Inbound => "Mumbai".to_owned(),
                Direction::Outbound => "mumbai".to_owned(),
            },
            created_at: Timestamp::as_given(YEAR_ONE),
            updated_at: Timestamp::as_given(YEAR_ONE),
            ..CallNotice::default()
        }
    }

    /// Hands a notice to the courier, if the app has a URL for it.
    fn post(
        &mut self,
        now: Instant,
        record: &CallRecord,
        kind: HookKind,
        key: &SettingKey,
        fields: Map<String, Value>,
    ) {
        let url = record.app_id.as_deref().and_then(|app| self.setting(app, key));
        let Some(url) = url else { return };
        let letter = Letter {
            kind,
            about: record.sid.clone(),
            url,
            shape: self.courier.shape(),
            fields,
        };
        self.courier.post(now, &letter);
    }

    /// A time as call notices write it; the empty text for none.
    fn time(&self, at: Option<i64>) -> String {
        let offset = match self.exchange.habits().times {
            Times::Offset => IST,
            Times::Utc => 0,
        };
        at.map_or_else(String::new, |at| Timestamp::at(at, offset).as_str().to_owned())
    }
}

fn fields(notice: &CallNotice) -> Map<String, Value> {
    match serde_json::to_value(notice) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// Seconds of talk: the number 0 until there are any, then a text, as seen live.
fn talked(record: &CallRecord, over: bool) -> Value {
    match record.talk_seconds() {
        seconds if over && seconds > 0 => json!(seconds.to_string()),
        _ => json!(0),
    }
}

/// `0` and ten digits for an Indian number, as call notices write it; any other as it is.
pub(super) fn local(number: &str) -> String {
    match number.strip_prefix("+91") {
        Some(digits) if digits.len() == 10 => format!("0{digits}"),
        _ => number.to_owned(),
    }
}

/// `2026-09-28 14:31:02`, in the account's zone.
pub(super) fn plain(at: i64) -> String {
    let text = Timestamp::at(at, IST).as_str().replace('T', " ");
    text.get(..19).unwrap_or_default().to_owned()
}
