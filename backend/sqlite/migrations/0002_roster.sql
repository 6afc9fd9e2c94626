-- Administrators, what they may enter, invoices, and the months' highest
-- numbers of users.

-- When each list was read, and when it was last refused; a refusal does not
-- take what was read before. subject is what the list is of, '' for the
-- provider's own lists.
CREATE TABLE readings (
    account    TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    list       TEXT    NOT NULL CHECK (list <> ''),
    subject    TEXT    NOT NULL,
    fetched_at INTEGER,
    denied_at  INTEGER,
    PRIMARY KEY (account, list, subject)
) STRICT, WITHOUT ROWID;

-- organization is '' for the provider's administrators, and the organization's
-- id for those that are local to one.
CREATE TABLE administrators (
    account         TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    organization    TEXT    NOT NULL,
    id              TEXT    NOT NULL CHECK (id <> ''),
    email           TEXT    NOT NULL,
    first_name      TEXT    NOT NULL,
    last_name       TEXT    NOT NULL,
    role_name       TEXT    NOT NULL,
    multi_factor    INTEGER NOT NULL CHECK (multi_factor IN (0, 1)),
    suspended       INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    registered      INTEGER CHECK (registered IN (0, 1)),
    api_key_allowed INTEGER NOT NULL CHECK (api_key_allowed IN (0, 1)),
    api_key_set     INTEGER NOT NULL CHECK (api_key_set IN (0, 1)),
    key_prefix      TEXT    NOT NULL,
    key_created_at  INTEGER,
    key_expires_at  INTEGER,
    organizations   INTEGER CHECK (organizations >= 0),
    local           INTEGER NOT NULL CHECK (local IN (0, 1)),
    PRIMARY KEY (account, organization, id)
) STRICT, WITHOUT ROWID;

-- Which of the provider's administrators may enter which organization. It is
-- read from either side, and kept once. There is no index by organization: each
-- administrator saved would touch all of it, and there are few administrators
-- to look through.
CREATE TABLE access_links (
    account       TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    administrator TEXT NOT NULL,
    organization  TEXT NOT NULL,
    PRIMARY KEY (account, administrator, organization)
) STRICT, WITHOUT ROWID;

-- The highest number of users that syncs saw in a month of UTC ("2026-11").
CREATE TABLE usage_marks (
    account       TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    organization  TEXT    NOT NULL,
    month         TEXT    NOT NULL CHECK (length(month) = 7),
    users         INTEGER NOT NULL CHECK (users >= 0),
    at            INTEGER NOT NULL,
    first_seen_at INTEGER NOT NULL,
    PRIMARY KEY (account, organization, month),
    CHECK (first_seen_at <= at)
) STRICT, WITHOUT ROWID;

-- Amounts are decimal texts, as the API gives them.
CREATE TABLE invoices (
    account   TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id        TEXT NOT NULL CHECK (id <> ''),
    currency  TEXT NOT NULL,
    due_at    INTEGER,
    billed    TEXT NOT NULL,
    paid      TEXT NOT NULL,
    remaining TEXT NOT NULL,
    status    TEXT NOT NULL,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- Changed numbers of users are most of the history; old ones are dropped.
CREATE INDEX activity_of_users ON activity (account, at) WHERE kind = 'users_changed';
