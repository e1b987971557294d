-- Version 4: which calls were written into a CRM. {view} is a call's view as JSON.
CREATE TABLE logged (
    {rowid}
    sid TEXT NOT NULL,
    agent TEXT NOT NULL,
    -- What was written last; 0 for nothing yet.
    revision BIGINT NOT NULL,
    reference TEXT,
    lease TEXT,
    not_before BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    trouble TEXT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (sid, agent)
);
CREATE INDEX logged_in_vain ON logged (updated_at) WHERE tries > 0;

-- Agents whose calls are written into a CRM, and from which start on.
CREATE TABLE logging (
    agent TEXT NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL
);

ALTER TABLE call_views ADD COLUMN ended_at BIGINT;
UPDATE call_views SET ended_at = CAST({view} ->> 'ended_at' AS BIGINT);
