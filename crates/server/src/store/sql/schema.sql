-- Version 1. {id}, {seq}, {bytes} and {rowid} are the engine's own words.
CREATE TABLE events (
    seq {seq},
    at BIGINT NOT NULL,
    agent TEXT,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX events_of_agent ON events (agent, seq);

CREATE TABLE deliveries (
    id {id},
    received_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    call_sid TEXT,
    body TEXT NOT NULL,
    unread TEXT
);

CREATE TABLE calls (
    {rowid}
    sid TEXT NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL,
    facts TEXT NOT NULL,
    first_news BIGINT NOT NULL,
    quiet_since BIGINT NOT NULL,
    settled BOOLEAN NOT NULL
);
CREATE INDEX calls_by_age ON calls (first_news);
CREATE INDEX calls_unsettled ON calls (quiet_since, sid) WHERE NOT settled;

-- A call as each of its agents sees it; agent is empty where the platform has named none.
CREATE TABLE call_views (
    sid TEXT NOT NULL,
    agent TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    digits TEXT NOT NULL,
    view TEXT NOT NULL,
    PRIMARY KEY (sid, agent)
);
CREATE INDEX call_views_of_agent ON call_views (agent, started_at, sid);
CREATE INDEX call_views_by_start ON call_views (started_at, sid, agent);

CREATE TABLE notes (
    {rowid}
    sid TEXT NOT NULL,
    agent TEXT NOT NULL,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,
    disposition TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (sid, agent)
);

CREATE TABLE feedback (
    {rowid}
    sid TEXT NOT NULL,
    agent TEXT NOT NULL,
    at BIGINT NOT NULL,
    rating BIGINT NOT NULL,
    issue TEXT NOT NULL,
    statistics TEXT,
    PRIMARY KEY (sid, agent)
);

CREATE TABLE logs (
    {rowid}
    id TEXT NOT NULL PRIMARY KEY,
    agent TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX logs_by_age ON logs (at);

CREATE TABLE placements (
    agent TEXT NOT NULL,
    key TEXT NOT NULL,
    at BIGINT NOT NULL,
    outcome TEXT,
    PRIMARY KEY (agent, key)
);
CREATE INDEX placements_by_age ON placements (at);

CREATE TABLE allocations (
    {rowid}
    greenpin_id TEXT NOT NULL PRIMARY KEY,
    transaction_id TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    calls BIGINT NOT NULL,
    verified BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX allocations_by_age ON allocations (updated_at);

CREATE TABLE dial_contexts (
    {rowid}
    key TEXT NOT NULL PRIMARY KEY,
    context TEXT NOT NULL,
    expires_at BIGINT
);
CREATE INDEX dial_contexts_by_end ON dial_contexts (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE people (
    {rowid}
    name TEXT NOT NULL PRIMARY KEY,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    agent TEXT,
    subscriber TEXT,
    disabled BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX people_by_agent ON people (agent);

CREATE TABLE sessions (
    hash {bytes} NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    agent TEXT,
    embedded_in TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_person ON sessions (name);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE tickets (
    hash {bytes} NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    origin TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX tickets_by_end ON tickets (expires_at);

CREATE TABLE api_keys (
    hash {bytes} NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked BOOLEAN NOT NULL
);

CREATE TABLE audit (
    id {id},
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    target TEXT NOT NULL,
    result TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    held_until BIGINT NOT NULL
);
