CREATE TABLE contact (
    id BLOB PRIMARY KEY,
    rev INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    created_by BLOB REFERENCES hub_user (id),
    kind TEXT NOT NULL CHECK (kind IN ('lead', 'contact', 'account')),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    -- The business a person belongs to.
    account_id BLOB REFERENCES contact (id),
    owner_id BLOB REFERENCES hub_user (id)
) STRICT;
CREATE INDEX contact_updated ON contact (updated_at, id);

-- Not unique: families share numbers.
CREATE TABLE contact_point (
    contact_id BLOB NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'email')),
    -- As it was written.
    value TEXT NOT NULL,
    -- E.164, or lower case: what is compared.
    value_key TEXT NOT NULL,
    -- The digits from the end, for "ends with 5678"; NULL for an address.
    digits_reversed TEXT,
    PRIMARY KEY (contact_id, position)
) STRICT;
CREATE INDEX contact_point_key ON contact_point (kind, value_key);
CREATE INDEX contact_point_digits ON contact_point (digits_reversed);

-- Categories on three levels.
CREATE TABLE category (
    id BLOB PRIMARY KEY,
    rev INTEGER NOT NULL,
    parent_id BLOB REFERENCES category (id),
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    assignee_id BLOB REFERENCES hub_user (id),
    team_id BLOB REFERENCES team (id),
    -- Minutes.
    first_reply_min INTEGER CHECK (first_reply_min > 0),
    resolve_min INTEGER CHECK (resolve_min > 0)
) STRICT;

CREATE TABLE call_type (
    id BLOB PRIMARY KEY,
    rev INTEGER NOT NULL,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    -- CP-15: what a ticket from such a call is about.
    category_id BLOB REFERENCES category (id)
) STRICT;

CREATE TABLE disposition (
    id BLOB PRIMARY KEY,
    rev INTEGER NOT NULL,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE call (
    id BLOB PRIMARY KEY,
    -- X-Alobar-Call, else the first exchange's Linkedid, else made by the desktop.
    key TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- NULL: known by what was written about it only, its report has not come.
    direction TEXT CHECK (direction IN ('in', 'out')),
    -- As stored by `Dialable::as_text`; empty when hidden.
    peer TEXT NOT NULL,
    peer_name TEXT,
    did TEXT,
    queue TEXT,
    contact_id BLOB REFERENCES contact (id),
    started_at INTEGER NOT NULL,
    answered_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX call_peer ON call (peer, started_at, id);
CREATE INDEX call_contact ON call (contact_id, started_at, id);
CREATE INDEX call_started ON call (started_at, id);

-- One agent's part of a call; a call that rings again makes another.
CREATE TABLE call_leg (
    id BLOB PRIMARY KEY,
    call_id BLOB NOT NULL REFERENCES call (id),
    user_id BLOB NOT NULL REFERENCES hub_user (id),
    rang_at INTEGER NOT NULL,
    answered_at INTEGER,
    ended_at INTEGER,
    -- answered, missed, declined, elsewhere, not_reached
    result TEXT,
    -- As the phone's views name it.
    cause TEXT,
    sip_status INTEGER
) STRICT;
CREATE INDEX call_leg_call ON call_leg (call_id, user_id, rang_at, id);
CREATE INDEX call_leg_user ON call_leg (user_id, rang_at, id);

-- What the popup writes: one for each agent of a call.
CREATE TABLE call_form (
    call_id BLOB NOT NULL REFERENCES call (id),
    user_id BLOB NOT NULL REFERENCES hub_user (id),
    rev INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- By the writer's clock: the newer text stands.
    written_at INTEGER NOT NULL,
    contact_id BLOB REFERENCES contact (id),
    call_type_id BLOB REFERENCES call_type (id),
    disposition_id BLOB REFERENCES disposition (id),
    body TEXT NOT NULL,
    closed_at INTEGER,
    PRIMARY KEY (call_id, user_id)
) STRICT;
CREATE INDEX call_form_open ON call_form (user_id, updated_at) WHERE closed_at IS NULL;
