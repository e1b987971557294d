//! Session descriptions, scanned line by line.
