-- Version 5: webhooks to CRMs. meta.crm_cursor says how far the log has been told.
CREATE TABLE outgoing (
    id {id},
    message TEXT NOT NULL UNIQUE,
    endpoint TEXT NOT NULL,
    news TEXT NOT NULL,
    sid TEXT NOT NULL,
    agent TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    until BIGINT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX outgoing_due ON outgoing (not_before) WHERE state = 'waiting';
-- What has not been tried yet gives way to newer words of the same thing.
CREATE UNIQUE INDEX outgoing_untried ON outgoing (endpoint, news, sid, agent) WHERE state = 'waiting' AND tries = 0;

CREATE TABLE endpoints (
    name TEXT NOT NULL PRIMARY KEY,
    failing_since BIGINT,
    off TEXT
);
