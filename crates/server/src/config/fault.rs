//! What is wrong with a configuration, in sentences.

use std::fmt;

/// Where a value was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the file, on this line, counted from 1.
    Line(usize),
    /// In this variable of the environment.
    Variable(String),
    /// Nowhere: it is missing, or two places disagree.
    File,
}

/// One thing that is wrong, and what to write instead. Holds no value from the file: it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// The whole key, `phone.country`; empty if the file itself is at fault.
    pub key: String,
    /// Sentences: what is wrong, and what to write.
    pub words: String,
}

/// Everything that is wrong, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults {
    /// The file as it was named.
    pub file: String,
    /// At least one.
    pub faults: Vec<Fault>,
}

impl Faults {
    /// In the order of the file: what is missing last.
    pub(super) fn new(file: String, mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|fault| match &fault.place {
            Place::Line(line) => (*line, String::new()),
            Place::Variable(name) => (usize::MAX - 1, name.clone()),
            Place::File => (usize::MAX, fault.key.clone()),
        });
        Self { file, faults }
    }
}

/// One line each: `softphone.toml:12: phone.country: Two letters are needed. Write "IN".`
impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            match &fault.place {
                Place::Line(line) => write!(f, "{}:{line}: ", self.file)?,
                Place::Variable(name) => write!(f, "{name}: ")?,
                Place::File => write!(f, "{}: ", self.file)?,
            }
            if !fault.key.is_empty() {
                write!(f, "{}: ", fault.key)?;
            }
            f.write_str(&fault.words)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
