//! Reads what `postcard` has packed, and cannot fail: page and worker are built together, so a message that cannot be read
//! is a fault in the program and ends it as any other does, by a trap. What would let go of a half-read message and report it
//! was half of the code that reads.

use core::fmt;

use serde::de::value::U32Deserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, SeqAccess,
    VariantAccess, Visitor,
};

/// The message in `bytes`.
#[must_use]
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> T {
    let Ok(message) = T::deserialize(&mut Packed(bytes));
    message
}

/// What is left to read, in postcard's format: numbers of more than a byte seven bits at a time, the low ones first;
/// lengths before what is long, a byte before what may be absent, a variant's number before its fields.
struct Packed<'a>(&'a [u8]);

impl Packed<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    #[inline(never)]
    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f).wrapping_shl(shift);
            shift += 7;
            if byte < 0x80 {
                return number;
            }
        }
    }

    fn length(&mut self) -> usize {
        usize::try_from(self.number()).unwrap_or_default()
    }

    #[inline(never)]
    fn text(&mut self) -> String {
        let length = self.length();
        let (text, rest) = self.0.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        String::from_utf8(text.to_vec()).unwrap_or_default()
    }
}

/// The error that does not occur.
#[derive(Debug)]
enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        unreachable!("page and worker are built together")
    }
}

/// No type of `wire` asks for these.
macro_rules! unused {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Never> {
            unreachable!("no message holds one")
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Packed<'_> {
    type Error = Never;

    unused! {
        deserialize_any deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_f32 deserialize_str
        deserialize_bytes deserialize_byte_buf deserialize_unit deserialize_map deserialize_identifier
        deserialize_ignored_any
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_bool(self.byte() != 0)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_u8(self.byte())
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_u16(self.number() as u16)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_u32(self.number() as u32)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_u64(self.number())
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        let bytes = core::array::from_fn(|_| self.byte());
        visitor.visit_f64(f64::from_le_bytes(bytes))
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_char(self.text().chars().next().unwrap_or_default())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_string(self.text())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        match self.byte() {
            0 => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        let left = self.length();
        visitor.visit_seq(Elements { packed: self, left })
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_enum(Fields(self))
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

/// Fields one after the other: their type knows how many.
struct Fields<'a, 'b>(&'a mut Packed<'b>);

impl<'de> SeqAccess<'de> for Fields<'_, '_> {
    type Error = Never;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Never> {
        seed.deserialize(&mut *self.0).map(Some)
    }
}

impl<'de> EnumAccess<'de> for Fields<'_, '_> {
    type Error = Never;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Never> {
        let variant: U32Deserializer<Never> = (self.0.number() as u32).into_deserializer();
        Ok((seed.deserialize(variant)?, self))
    }
}

impl<'de> VariantAccess<'de> for Fields<'_, '_> {
    type Error = Never;

    fn unit_variant(self) -> Result<(), Never> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Never> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(self)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(self)
    }
}

/// As many as their number said.
struct Elements<'a, 'b> {
    packed: &'a mut Packed<'b>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_, '_> {
    type Error = Never;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Never> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(&mut *self.packed).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use phone::{Account, CallId, Command, MediaEvent, MediaFault, PageId, View};
    use serde::Serialize;

    use super::*;
    use crate::wire::{Session, ToPage, ToWorker};

    /// What was packed reads as what packs the same.
    #[track_caller]
    fn comes_back<T: Serialize + DeserializeOwned>(message: &T) {
        let packed = postcard::to_allocvec(message).unwrap();
        let read: T = unpack(&packed);
        assert_eq!(postcard::to_allocvec(&read).unwrap(), packed);
    }

    #[test]
    fn every_kind_of_message_comes_back() {
        let account = Account {
            server: String::from("wss://a.test"),
            spares: vec![String::from("wss://b.test"), String::new()],
            address: String::from("sip:\u{e9}@a.test"),
            auth_user: None,
            display_name: Some(String::from("Asha")),
            password: "x".repeat(300),
        };
        let session = Session {
            agent: String::from("a"),
            bearer: None,
            whole_numbers: Some(true),
            seen_until: u64::MAX,
        };
        for message in [
            ToWorker::Attach { lock: None },
            ToWorker::Command(Command::Connect(account)),
            ToWorker::Command(Command::Digit(CallId(u32::MAX), '#')),
            ToWorker::Command(Command::Hold(CallId(3), true)),
            ToWorker::Command(Command::MissedSeen),
            ToWorker::Session(Some(session)),
            ToWorker::Session(None),
            ToWorker::Media(CallId(200), MediaEvent::Failed(MediaFault::NoReply)),
            ToWorker::Leaving,
        ] {
            comes_back(&message);
        }
        comes_back(&ToPage::Mark(phone::Mark::Ended, 1.5));
        comes_back(&ToPage::View(PageId(1), Box::new(view())));
    }

    fn view() -> View {
        let peer = r#"{"name":null,"number":"+9180","uri":""}"#;
        let missed = format!(
            r#"{{"id":2,"peer":{peer},"call_sid":null,"virtual_number":"1","outcome":"Missed","at":1799999999999,"busy":false,"seen":true}}"#
        );
        let ended = format!(
            r#"{{"id":1,"way":"Out","peer":{peer},"call_sid":"s","reason":{{"Refused":{{"status":503,"phrase":"no"}}}},"talked":7,"at":0}}"#
        );
        let json = format!(
            r#"{{"link":{{"Waiting":{{"until":300,"fault":"Lost"}}}},"news":"Live","address":null,"call":null,"ended":{ended},"missed":[{missed},{missed}],"refusal":"InCall"}}"#
        );
        serde_json::from_str(&json).unwrap()
    }
}
