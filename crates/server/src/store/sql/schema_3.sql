-- Version 3: what admins write. {view} is a call's view as JSON.
CREATE TABLE revisions (
    {rowid}
    subject TEXT NOT NULL,
    no BIGINT NOT NULL,
    written_by TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (subject, no)
);

CREATE TABLE jobs (
    {rowid}
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    trouble TEXT,
    made_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX jobs_by_age ON jobs (created_at);

CREATE TABLE job_rows (
    job TEXT NOT NULL,
    no BIGINT NOT NULL,
    state TEXT NOT NULL,
    id TEXT NOT NULL,
    entry TEXT NOT NULL,
    field TEXT,
    message TEXT NOT NULL,
    vendor TEXT,
    PRIMARY KEY (job, no)
);
CREATE INDEX job_rows_by_state ON job_rows (job, state, no);

ALTER TABLE call_views ADD COLUMN direction TEXT NOT NULL DEFAULT '';
ALTER TABLE call_views ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
UPDATE call_views SET direction = {view} ->> 'direction', outcome = coalesce({view} ->> 'outcome', '');

CREATE INDEX events_of_devices ON events (agent, seq) WHERE kind = 'device';
CREATE INDEX feedback_by_age ON feedback (at);
