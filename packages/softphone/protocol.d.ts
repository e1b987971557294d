// What the phone tells the page around it. Made of crates/protocol/src/embed by
// `WRITE_TYPES=1 cargo test -p protocol typescript`; a test fails when the two differ.

/**
 * A note as it is kept.
 */
export type SavedNote = { 
/**
 * The text.
 */
text: string, 
/**
 * A word of the configured list; empty for none.
 */
disposition: string, 
/**
 * When it was written.
 */
updatedAt: number, };

/**
 * The figures of a call's audio as they were measured over one second. Whole numbers: a share of 25 is 2.5 %.
 */
export type Statistics = { 
/**
 * What the sound is encoded by: `opus`, `PCMA`; empty while nothing has come.
 */
codec: string, 
/**
 * Packets that came since the beginning.
 */
received: number, 
/**
 * Packets that never came since the beginning.
 */
lost: number, 
/**
 * Packets that went since the beginning.
 */
sent: number, 
/**
 * Of a thousand packets in this second, how many did not come.
 */
lossPermille: number, 
/**
 * The same of our packets at the far side, by its last report.
 */
farLossPermille: number | null, 
/**
 * Jitter of arrival, ms.
 */
jitterMs: number, 
/**
 * Round trip, ms.
 */
roundTripMs: number | null, 
/**
 * Audio that came in this second, kbit/s.
 */
kbpsIn: number, 
/**
 * Audio that went in this second, kbit/s.
 */
kbpsOut: number, 
/**
 * Tenths of the mean opinion score, from 10 to 45: 43 is 4.3.
 */
mosTenths: number, };

/**
 * For people and for programs.
 */
export type Fault = { 
/**
 * A word that never changes once released.
 */
code: FaultCode, 
/**
 * What happened and what to do, one or two sentences.
 */
message: string, 
/**
 * The same may work a little later.
 */
retry: boolean, };

/**
 * A fault in a word.
 */
export type FaultCode = "badMessage" | "unknownCommand" | "tooMany" | "signedOut" | "notReady" | "badNumber" | "badDigit" | "inCall" | "noCall" | "wrongState" | "refused" | "noServer" | "unknown" | "timedOut" | "lost";

/**
 * Something has changed. Each says how that part stands from now on.
 */
export type Event = { "phone": Phone } | { "agent": Agent | null } | { "call": Call | null } | { "ended": Ended } | { "ringing": Ringing } | { "missed": number } | { "signIn": SignInWanted } | { "log": LogEntry };

/**
 * An event's name.
 */
export type EventName = "phone" | "agent" | "call" | "ended" | "ringing" | "missed" | "signIn" | "log";

/**
 * Why the agent is to be signed in.
 */
export type SignInWanted = "start" | "ended";

/**
 * All of it.
 */
export type Snapshot = { 
/**
 * The phone's registration.
 */
phone: Phone, 
/**
 * Who is signed in.
 */
agent: Agent | null, 
/**
 * The call that rings or goes on.
 */
call: Call | null, 
/**
 * The last one, until the agent takes it off the screen.
 */
ended: Ended | null, 
/**
 * What the platform rings; none where it has not said.
 */
ringing: Ringing | null, 
/**
 * Missed calls that the agent has not looked at.
 */
missed: number, };

/**
 * The registration.
 */
export type Phone = { 
/**
 * In a word.
 */
state: PhoneState, 
/**
 * In a sentence, as the phone's own screen says it.
 */
words: string, };

/**
 * The registration in a word.
 */
export type PhoneState = "signedOut" | "connecting" | "ready" | "waiting" | "offline" | "refused" | "stopped";

/**
 * Who is signed in.
 */
export type Agent = { 
/**
 * Their `AppUserId`; empty for somebody without a phone.
 */
id: string, };

/**
 * A device of the agent's, as the platform rings it.
 */
export type Ringing = "browser" | "telephone" | "nothing";

/**
 * A call. Redacted in Debug.
 */
export type Call = { 
/**
 * This phone's number of it.
 */
id: number, 
/**
 * The platform's id, once it is known: the key to log a call by.
 */
sid: string | null, 
/**
 * Who called whom.
 */
direction: Direction, 
/**
 * The far end's name, where one was sent.
 */
name: string | null, 
/**
 * Their number or address.
 */
number: string, 
/**
 * The number that was called or called with, once it is known.
 */
virtualNumber: string | null, 
/**
 * How far it is.
 */
state: State, 
/**
 * It can be answered now.
 */
canAnswer: boolean, 
/**
 * Its audio is in this frame, not in another page of this browser.
 */
here: boolean, 
/**
 * The agent's voice is not sent.
 */
muted: boolean, 
/**
 * The customer is on hold.
 */
held: boolean, 
/**
 * The customer has put the agent on hold.
 */
heldByCustomer: boolean, 
/**
 * When it was dialled or first rang.
 */
startedAt: number, 
/**
 * When it was connected.
 */
connectedAt: number | null, };

/**
 * How far a call is (seed: voice-client-sdk-guide §4.5).
 */
export type State = "OUTGOING_INITIATED" | "EARLY" | "RINGING" | "CONNECTING" | "INCOMING" | "ANSWERING" | "ESTABLISHED" | "MEDIA_DISRUPTED" | "RENEWING_MEDIA" | "ENDING";

/**
 * Who called whom.
 */
export type Direction = "inbound" | "outbound";

/**
 * A call that is over. Redacted in Debug.
 */
export type Ended = { 
/**
 * This phone's number of it.
 */
id: number, 
/**
 * The platform's id of it.
 */
sid: string | null, 
/**
 * Who called whom.
 */
direction: Direction, 
/**
 * The far end's name, where one was sent.
 */
name: string | null, 
/**
 * Their number or address.
 */
number: string, 
/**
 * Whose doing it was.
 */
by: EndedBy, 
/**
 * Why, in a sentence.
 */
words: string, 
/**
 * Seconds of talk; 0 if it was never connected.
 */
talked: number, 
/**
 * When it ended.
 */
endedAt: number, };

/**
 * Whose doing the end of a call was.
 */
export type EndedBy = "agent" | "customer" | "elsewhere" | "noAnswer" | "trouble";

/**
 * A call to be written. Redacted in Debug.
 */
export type LogEntry = { 
/**
 * The platform's id of the call.
 */
sid: string, 
/**
 * Grows with each change of the call or its note.
 */
revision: number, 
/**
 * What the host answered earlier: write over that. None: write it anew.
 */
reference: string | null, 
/**
 * Who called whom.
 */
direction: Direction, 
/**
 * The customer's number, masked where the agent may not see it.
 */
number: string, 
/**
 * The platform's number.
 */
virtualNumber: string, 
/**
 * When it began.
 */
startedAt: number, 
/**
 * When it ended.
 */
endedAt: number, 
/**
 * Seconds of talk; 0 if there was none, or nobody said.
 */
talked: number, 
/**
 * How it ended for this agent.
 */
outcome: Outcome, 
/**
 * The agent's note; may be empty.
 */
note: string, 
/**
 * What the agent chose after the call; may be empty.
 */
disposition: string, };

/**
 * How a call ended for this agent.
 */
export type Outcome = "completed" | "missed" | "declined" | "answered_elsewhere" | "customer_unanswered" | "agent_unanswered" | "agent_cancelled" | "not_dialled" | "unknown";
