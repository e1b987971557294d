//! The built phone, and the headers around every answer.
