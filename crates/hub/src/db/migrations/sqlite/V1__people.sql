-- Times are epoch milliseconds. A row that people change has a rev, which grows with each change.
-- The account a person signs in with; `user` is a word of PostgreSQL.
CREATE TABLE hub_user (
    id BLOB PRIMARY KEY,
    rev INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    username TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT,
    role TEXT NOT NULL CHECK (role IN ('agent', 'lead', 'admin')),
    -- NULL: nobody signs in by password, as the one person of an embedded hub.
    password_hash TEXT,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    extension TEXT UNIQUE,
    -- Sealed: what the desktop registers with at the exchange.
    sip_secret BLOB
) STRICT;

CREATE TABLE team (
    id BLOB PRIMARY KEY,
    rev INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL UNIQUE,
    active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE team_member (
    team_id BLOB NOT NULL REFERENCES team (id) ON DELETE CASCADE,
    user_id BLOB NOT NULL REFERENCES hub_user (id) ON DELETE CASCADE,
    is_lead INTEGER NOT NULL CHECK (is_lead IN (0, 1)),
    PRIMARY KEY (team_id, user_id)
) STRICT;
CREATE INDEX team_member_user ON team_member (user_id);

CREATE TABLE session (
    -- SHA-256 of the token: who reads this table cannot sign in.
    token_hash BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES hub_user (id) ON DELETE CASCADE,
    -- desktop, browser, tool
    client TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    -- The code that its holder is answered.
    revoked_because TEXT
) STRICT;
CREATE INDEX session_user ON session (user_id);

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    rev INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    value TEXT NOT NULL
) STRICT;

-- Numbers for the codes that people say aloud.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;

-- What was done, for history tabs, audit and push. Append only.
CREATE TABLE change_log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    -- NULL: the hub itself.
    actor_id BLOB,
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    -- Of the subject, after it.
    rev INTEGER NOT NULL,
    -- created, changed, removed, and what the subject's own rules add.
    op TEXT NOT NULL,
    -- {"field": [before, after]}
    patch TEXT NOT NULL,
    -- NULL: everybody may be told.
    only_for BLOB
) STRICT;
CREATE INDEX change_log_subject ON change_log (subject_kind, subject_id, seq);

-- A command that comes again is answered as the first time.
CREATE TABLE idempotency (
    command_id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL,
    request_hash BLOB NOT NULL,
    response TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX idempotency_at ON idempotency (at);
