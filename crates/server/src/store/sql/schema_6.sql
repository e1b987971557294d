-- Version 6: what a click's key was for; calls by how they ended.
ALTER TABLE placements ADD COLUMN number TEXT;
CREATE INDEX call_views_by_outcome ON call_views (outcome, started_at, sid, agent);
