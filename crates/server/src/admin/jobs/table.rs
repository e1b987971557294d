//! Rows as text: pasted from a sheet, and taken away as a file that a sheet opens without running anything.

use protocol::admin::subscribers::NewSubscriber;
use protocol::admin::users::NewUser;
use serde_json::Value;

use super::MOST_ROWS;
use crate::store::StoredRow;
use crate::{Answer, Refused};

/// A column: our name, and what else it may be called, letters and digits only.
type Column = (&'static str, &'static [&'static str], bool);

/// Users' columns; whether each is needed.
const USERS: [Column; 6] = [
    ("id", &["id", "appuserid", "userid", "agent"], true),
    ("name", &["name", "appusername", "username"], true),
    ("vendor_name", &["vendorname", "exotelusername"], false),
    ("email", &["email", "mail", "emailaddress"], true),
    ("number", &["number", "agentnumber", "phone", "telephone"], false),
    ("virtual_number", &["virtualnumber", "exophone", "callerid"], true),
];
/// Subscribers' columns.
const SUBSCRIBERS: [Column; 2] = [
    ("name", &["name", "subscribername", "subscriber"], true),
    ("note", &["note", "customfield"], false),
];
/// Signs that make a sheet take a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Reads users.
///
/// # Errors
/// A column is missing, or it is no table; the sentence says what to write.
pub fn users(text: &str) -> Answer<Vec<NewUser>> {
    let rows = read(text, &USERS)?;
    let user = |mut cells: Vec<String>| {
        let mut cell = |index: usize| cells.get_mut(index).map(std::mem::take).unwrap_or_default();
        NewUser {
            id: cell(0),
            name: cell(1),
            vendor_name: cell(2),
            email: cell(3),
            number: protocol::PhoneNumber::new(cell(4)),
            virtual_number: protocol::PhoneNumber::new(cell(5)),
        }
    };
    Ok(rows.into_iter().map(user).collect())
}

/// Reads subscribers.
///
/// # Errors
/// As [`users`].
pub fn subscribers(text: &str) -> Answer<Vec<NewSubscriber>> {
    let rows = read(text, &SUBSCRIBERS)?;
    let subscriber = |mut cells: Vec<String>| {
        let mut cell = |index: usize| cells.get_mut(index).map(std::mem::take).unwrap_or_default();
        NewSubscriber {
            name: cell(0),
            note: cell(1),
        }
    };
    Ok(rows.into_iter().map(subscriber).collect())
}

/// Rows of a job in the form they are taken in, with the reason as last column.
pub fn failures(rows: &[StoredRow], with_names: bool) -> String {
    let columns: Vec<&str> = match rows.first().is_some_and(|row| row.entry.get("email").is_some()) {
        true => USERS.iter().map(|(name, ..)| *name).collect(),
        false => SUBSCRIBERS.iter().map(|(name, ..)| *name).collect(),
    };
    let mut lines = Vec::new();
    if with_names {
        lines.push(
            columns
                .iter()
                .copied()
                .chain(["row", "why"])
                .map(str::to_owned)
                .collect(),
        );
    }
    for row in rows {
        let cell = |name: &&str| {
            row.entry
                .get(*name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let mut line: Vec<String> = columns.iter().map(cell).collect();
        line.push(row.no.to_string());
        let words = row
            .vendor
            .as_deref()
            .filter(|words| !row.message.contains(*words));
        line.push(
            [row.message.as_str(), words.unwrap_or_default()]
                .join(" ")
                .trim()
                .to_owned(),
        );
        lines.push(line);
    }
    write(lines)
}

/// Lines of cells as CSV (RFC 4180). A cell that a sheet would take for a formula begins with an apostrophe.
pub fn write(lines: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for line in lines {
        let cells = line.into_iter().map(|cell| match cell.starts_with(FORMULA) {
            true => format!("'{cell}"),
            false => cell,
        });
        // Memory takes whatever is written.
        let _ = writer.write_record(cells);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// The cells of each row in the order of `columns`; empty where a column is missing.
fn read(text: &str, columns: &[Column]) -> Answer<Vec<Vec<String>>> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|sign| count(char::from(*sign)));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes());
    let names = reader.headers().map_err(|_| no_table(columns))?.clone();
    let mut places = Vec::new();
    for (_, names_of, needed) in columns {
        let place = names
            .iter()
            .position(|name| names_of.contains(&bare(name).as_str()));
        if place.is_none() && *needed {
            return Err(no_table(columns));
        }
        places.push(place);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            Refused::field(
                "csv",
                format!("Line {line} cannot be read: look for a quotation mark that is not closed."),
            )
        })?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cell = |place: &Option<usize>| {
            place
                .and_then(|place| record.get(place))
                .map_or(String::new(), plain)
        };
        rows.push(places.iter().map(cell).collect());
        if rows.len() > MOST_ROWS {
            let message = format!("A job has at most {MOST_ROWS} rows. Split the list.");
            return Err(Refused::field("csv", message));
        }
    }
    Ok(rows)
}

/// A cell without blanks around it, and without the apostrophe that hid a formula.
fn plain(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

fn bare(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

fn no_table(columns: &[Column]) -> Refused {
    let needed: Vec<&str> = columns
        .iter()
        .filter(|(.., needed)| *needed)
        .map(|(name, ..)| *name)
        .collect();
    let message = format!(
        "The first line must name the columns, at least: {}. Put them there.",
        needed.join(", ")
    );
    Refused::field("csv", message)
}

#[cfg(test)]
mod tests {
    use protocol::admin::jobs::RowState;

    use super::*;

    #[test]
    fn tables_are_read_as_people_paste_them() {
        let commas = "id,name,email,virtual_number\na1,Asha Agent,a@x.in,+9180\n\n";
        let semicolons = "\u{feff}VirtualNumber;Email;AppUsername;AppUserId;AgentNumber\n'+9180; a@x.in ;\"Asha Agent\";a1;\n";
        let tabs = "Email\tid\tname\tvirtual number\r\na@x.in\ta1\tAsha Agent\t+9180\textra\r\n";
        for text in [commas, semicolons, tabs] {
            let read = users(text).unwrap();
            assert_eq!(read.len(), 1, "{text}");
            assert_eq!((read[0].id.as_str(), read[0].name.as_str()), ("a1", "Asha Agent"));
            assert_eq!(read[0].virtual_number.reveal(), "+9180");
        }
        for text in ["", "a1,Asha", "id;name\na;b"] {
            assert_eq!(users(text).unwrap_err().problem.field.as_deref(), Some("csv"));
        }
        assert_eq!(subscribers("name\nasha\nravi").unwrap().len(), 2);
    }

    #[test]
    fn no_cell_becomes_a_formula_and_failures_can_be_taken_in_again() {
        let row = StoredRow {
            no: 7,
            id: "a1".to_owned(),
            entry: serde_json::json!({
                "id": "=cmd|'/c calc'!A1", "name": "Asha Agent", "vendor_name": "", "email": "a@x.in",
                "number": "+919811111003", "virtual_number": "+9180",
            }),
            state: RowState::Failed,
            field: None,
            message: "The vendor refused.".to_owned(),
            vendor: Some("-1 \"no\"".to_owned()),
        };
        let text = failures(&[row], true);
        let line = text.lines().nth(1).unwrap();
        assert!(line.starts_with("'=cmd|"), "{line}");
        assert!(line.contains(",'+919811111003,"), "{line}");
        let again = users(&text).unwrap();
        assert_eq!(again[0].id, "=cmd|'/c calc'!A1");
        assert_eq!(again[0].number.reveal(), "+919811111003");
    }
}
