//! What a page's own code meets of these types, for TypeScript: `packages/softphone/protocol.d.ts` is made of them, and a test holds the two together.

use std::path::Path;
use std::{env, fs};

use ts_rs::{Config, TS};

use super::{
    Agent, Call, Ended, EndedBy, Event, EventName, Fault, FaultCode, LogEntry, Phone, PhoneState, Ringing,
    SavedNote, SignInWanted, Snapshot, State, Statistics,
};
use crate::call::{Direction, Outcome};

const HEAD: &str = "// What the phone tells the page around it. Made of crates/protocol/src/embed by\n\
    // `WRITE_TYPES=1 cargo test -p protocol typescript`; a test fails when the two differ.\n";

fn declared<T: TS + 'static>() -> String {
    // Moments in milliseconds are exact in a JavaScript number.
    let config = Config::new().with_large_int("number");
    format!("\n{}export {}\n", T::docs().unwrap_or_default(), T::decl(&config))
}

fn written() -> String {
    let types = [
        declared::<SavedNote>(),
        declared::<Statistics>(),
        declared::<Fault>(),
        declared::<FaultCode>(),
        declared::<Event>(),
        declared::<EventName>(),
        declared::<SignInWanted>(),
        declared::<Snapshot>(),
        declared::<Phone>(),
        declared::<PhoneState>(),
        declared::<Agent>(),
        declared::<Ringing>(),
        declared::<Call>(),
        declared::<State>(),
        declared::<Direction>(),
        declared::<Ended>(),
        declared::<EndedBy>(),
        declared::<LogEntry>(),
        declared::<Outcome>(),
    ];
    [HEAD, &types.concat()].concat()
}

#[test]
fn typescript_says_the_same() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages/softphone/protocol.d.ts");
    let now = written();
    if env::var_os("WRITE_TYPES").is_some() {
        fs::write(&file, &now).expect("a writable folder");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == now,
        "{} is not what the types say: run `WRITE_TYPES=1 cargo test -p protocol typescript`",
        file.display()
    );
}
