-- Version 2. Push notifications that still hold their payload: few, since it goes after minutes.
CREATE INDEX events_with_payload ON events (at) WHERE kind = 'push';
