//! What supervisors watch: who is there, what was called, what was missed, how it sounded.

pub(crate) mod board;
pub(crate) mod calls;
pub(crate) mod missed;
pub(crate) mod quality;
mod words;

use leptos::prelude::*;
use softphone::web::moments;

use super::pieces::field::Field;

/// A moment in ms for a query, from a field that holds a day and, perhaps, a time. Empty if it holds none.
fn moment(field: Field) -> String {
    let text = field.value.get();
    let text = text.trim();
    // A day alone would be read as UTC's.
    let whole = if text.len() == 10 {
        [text, "T00:00"].concat()
    } else {
        text.to_owned()
    };
    moments::read(&whole).map(|at| at.to_string()).unwrap_or_default()
}
