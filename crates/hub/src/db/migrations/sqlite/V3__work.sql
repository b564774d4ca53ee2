CREATE TABLE resolution_type (
    id BLOB PRIMARY KEY,
    rev INTEGER NOT NULL,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE template (
    id BLOB PRIMARY KEY,
    rev INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('ticket', 'note')),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    -- What a ticket is filled with beside title and body; NULL: left as it is.
    category_id BLOB REFERENCES category (id),
    priority TEXT CHECK (priority IN ('URGENT', 'HIGH', 'MEDIUM', 'LOW'))
) STRICT;

CREATE TABLE ticket (
    id BLOB PRIMARY KEY,
    -- What people say: counted.
    number INTEGER NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    created_by BLOB NOT NULL REFERENCES hub_user (id),
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    state TEXT NOT NULL,
    priority TEXT NOT NULL CHECK (priority IN ('URGENT', 'HIGH', 'MEDIUM', 'LOW')),
    category_id BLOB NOT NULL REFERENCES category (id),
    team_id BLOB REFERENCES team (id),
    assignee_id BLOB REFERENCES hub_user (id),
    contact_id BLOB NOT NULL REFERENCES contact (id),
    -- call, manual
    channel TEXT NOT NULL,
    call_id BLOB REFERENCES call (id),
    first_reply_due INTEGER,
    resolve_due INTEGER,
    resolved_at INTEGER,
    closed_at INTEGER,
    reopened INTEGER NOT NULL,
    resolution_type_id BLOB REFERENCES resolution_type (id),
    resolution_text TEXT NOT NULL,
    CHECK (assignee_id IS NOT NULL OR team_id IS NOT NULL),
    -- TK-07
    CHECK (state NOT IN ('RESOLVED', 'CLOSED')
        OR (resolution_type_id IS NOT NULL AND resolution_text <> ''))
) STRICT;
CREATE INDEX ticket_contact ON ticket (contact_id, created_at, id);
CREATE INDEX ticket_assignee ON ticket (assignee_id, created_at, id);
CREATE INDEX ticket_created ON ticket (created_at, id);

CREATE TABLE order_stage (
    id BLOB PRIMARY KEY,
    rev INTEGER NOT NULL,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('OPEN', 'WON', 'LOST')),
    active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE product (
    id BLOB PRIMARY KEY,
    rev INTEGER NOT NULL,
    position INTEGER NOT NULL,
    sku TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    price INTEGER NOT NULL CHECK (price >= 0),
    active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

-- Money in minor units of the currency; quantities in thousandths; percent in hundredths of one.
CREATE TABLE sales_order (
    id BLOB PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    created_by BLOB NOT NULL REFERENCES hub_user (id),
    title TEXT NOT NULL,
    contact_id BLOB NOT NULL REFERENCES contact (id),
    stage_id BLOB NOT NULL REFERENCES order_stage (id),
    owner_id BLOB NOT NULL REFERENCES hub_user (id),
    call_id BLOB REFERENCES call (id),
    currency TEXT NOT NULL,
    discount_kind TEXT CHECK (discount_kind IN ('AMOUNT', 'PERCENT')),
    discount INTEGER NOT NULL CHECK (discount >= 0),
    shipping INTEGER NOT NULL CHECK (shipping >= 0),
    subtotal INTEGER NOT NULL,
    total INTEGER NOT NULL,
    receiver_name TEXT NOT NULL,
    receiver_phone TEXT NOT NULL,
    receiver_address TEXT NOT NULL,
    remark TEXT NOT NULL
) STRICT;
CREATE INDEX sales_order_contact ON sales_order (contact_id, created_at, id);
CREATE INDEX sales_order_owner ON sales_order (owner_id, created_at, id);
CREATE INDEX sales_order_created ON sales_order (created_at, id);

CREATE TABLE order_line (
    id BLOB PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES sales_order (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    product_id BLOB REFERENCES product (id),
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    unit_price INTEGER NOT NULL CHECK (unit_price >= 0),
    discount_kind TEXT CHECK (discount_kind IN ('AMOUNT', 'PERCENT')),
    discount INTEGER NOT NULL CHECK (discount >= 0),
    total INTEGER NOT NULL
) STRICT;
CREATE INDEX order_line_order ON order_line (order_id, position);

CREATE TABLE task (
    id BLOB PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    created_by BLOB NOT NULL REFERENCES hub_user (id),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('TO_DO', 'IN_PROGRESS', 'DONE', 'CANCELLED')),
    priority TEXT NOT NULL CHECK (priority IN ('URGENT', 'HIGH', 'MEDIUM', 'LOW')),
    due_at INTEGER NOT NULL,
    assignee_id BLOB NOT NULL REFERENCES hub_user (id),
    -- What it is about: at most one of each.
    contact_id BLOB REFERENCES contact (id),
    ticket_id BLOB REFERENCES ticket (id),
    order_id BLOB REFERENCES sales_order (id),
    call_id BLOB REFERENCES call (id),
    done_at INTEGER,
    done_by BLOB REFERENCES hub_user (id),
    -- TS-14
    CHECK ((state = 'DONE') = (done_at IS NOT NULL))
) STRICT;
CREATE INDEX task_assignee ON task (assignee_id, created_at, id);
CREATE INDEX task_contact ON task (contact_id, created_at, id);
CREATE INDEX task_ticket ON task (ticket_id, created_at, id);
CREATE INDEX task_order ON task (order_id, created_at, id);
CREATE INDEX task_created ON task (created_at, id);

-- subject_kind: contact, ticket, task, order.
CREATE TABLE note (
    id BLOB PRIMARY KEY,
    rev INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    author_id BLOB NOT NULL REFERENCES hub_user (id),
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX note_subject ON note (subject_kind, subject_id, created_at);

CREATE TABLE follower (
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    user_id BLOB NOT NULL REFERENCES hub_user (id) ON DELETE CASCADE,
    PRIMARY KEY (subject_kind, subject_id, user_id)
) STRICT;

-- What Ctrl+K finds. `text` as written, for its tones; `folded` is what the indexes hold. Its
-- syllables have up to six letters, so that every beginning is a word of the index and no search
-- walks over many. Customers, of whom there are most, have an index of their own; in the other one
-- the kind is a word before the text (`_ticket`).
CREATE TABLE search_doc (
    id INTEGER PRIMARY KEY,
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (subject_kind, subject_id)
) STRICT;
CREATE VIRTUAL TABLE contact_index USING fts5 (
    folded, content = 'search_doc', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 0 tokenchars '_'", prefix = '1 2 3 4 5 6',
    detail = none, columnsize = 0
);
CREATE VIRTUAL TABLE work_index USING fts5 (
    folded, content = 'search_doc', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 0 tokenchars '_'", prefix = '1 2 3 4 5 6',
    detail = none, columnsize = 0
);
CREATE TRIGGER contact_doc_added AFTER INSERT ON search_doc
WHEN new.subject_kind = 'contact' BEGIN
    INSERT INTO contact_index (rowid, folded) VALUES (new.id, new.folded);
END;
CREATE TRIGGER contact_doc_removed AFTER DELETE ON search_doc
WHEN old.subject_kind = 'contact' BEGIN
    INSERT INTO contact_index (contact_index, rowid, folded) VALUES ('delete', old.id, old.folded);
END;
CREATE TRIGGER contact_doc_changed AFTER UPDATE ON search_doc
WHEN new.subject_kind = 'contact' BEGIN
    INSERT INTO contact_index (contact_index, rowid, folded) VALUES ('delete', old.id, old.folded);
    INSERT INTO contact_index (rowid, folded) VALUES (new.id, new.folded);
END;
CREATE TRIGGER work_doc_added AFTER INSERT ON search_doc
WHEN new.subject_kind <> 'contact' BEGIN
    INSERT INTO work_index (rowid, folded) VALUES (new.id, new.folded);
END;
CREATE TRIGGER work_doc_removed AFTER DELETE ON search_doc
WHEN old.subject_kind <> 'contact' BEGIN
    INSERT INTO work_index (work_index, rowid, folded) VALUES ('delete', old.id, old.folded);
END;
CREATE TRIGGER work_doc_changed AFTER UPDATE ON search_doc
WHEN new.subject_kind <> 'contact' BEGIN
    INSERT INTO work_index (work_index, rowid, folded) VALUES ('delete', old.id, old.folded);
    INSERT INTO work_index (rowid, folded) VALUES (new.id, new.folded);
END;
