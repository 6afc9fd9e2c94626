-- The first layout of the cache. Every row belongs to one account and goes with
-- it. Times are integer Unix milliseconds; NULL is "never".

PRAGMA application_id = 0x4F726764; -- "Orgd"

CREATE TABLE accounts (
    id                    TEXT    NOT NULL PRIMARY KEY CHECK (id <> ''),
    region                TEXT    NOT NULL,
    provider_id           TEXT    NOT NULL,
    label                 TEXT    NOT NULL,
    demo                  INTEGER NOT NULL CHECK (demo IN (0, 1)),
    email                 TEXT    NOT NULL,
    role_name             TEXT    NOT NULL,
    key_prefix            TEXT    NOT NULL,
    key_created_at        INTEGER,
    key_expires_at        INTEGER,
    disallow_org_creation INTEGER NOT NULL CHECK (disallow_org_creation IN (0, 1)),
    last_sync_at          INTEGER
) STRICT, WITHOUT ROWID;

-- Thumbnails, once for each content: many organizations may share one.
CREATE TABLE logos (
    account TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    hash    TEXT    NOT NULL CHECK (length(hash) = 64),
    png     BLOB    NOT NULL,
    width   INTEGER NOT NULL CHECK (width > 0),
    height  INTEGER NOT NULL CHECK (height > 0),
    PRIMARY KEY (account, hash)
) STRICT;

-- A figure has no column for its state, so that state and value cannot
-- contradict each other:
--   unknown    no count, no refusal
--   known      a count and when it was read
--   no access  when the key was last refused; a count read earlier stays
-- Details work the same way. remote_assist is NULL while unknown.
CREATE TABLE organizations (
    account                 TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id                      TEXT    NOT NULL CHECK (id <> ''),
    name                    TEXT    NOT NULL,
    max_system_users        INTEGER,
    logo_url                TEXT    NOT NULL DEFAULT '',
    logo_hash               TEXT,
    logo_source             TEXT    NOT NULL DEFAULT '',
    listed_at               INTEGER NOT NULL,
    gone_at                 INTEGER,
    details_fetched_at      INTEGER,
    details_denied_at       INTEGER,
    created_at              INTEGER,
    contact_name            TEXT    NOT NULL DEFAULT '',
    contact_email           TEXT    NOT NULL DEFAULT '',
    remote_assist           INTEGER CHECK (remote_assist IN (0, 1)),
    pending_delete          INTEGER NOT NULL DEFAULT 0 CHECK (pending_delete IN (0, 1)),
    billing                 TEXT    CHECK (json_valid(billing)),
    users                   INTEGER CHECK (users >= 0),
    users_fetched_at        INTEGER,
    users_denied_at         INTEGER,
    devices                 INTEGER CHECK (devices >= 0),
    devices_fetched_at      INTEGER,
    devices_denied_at       INTEGER,
    applications            INTEGER CHECK (applications >= 0),
    applications_fetched_at INTEGER,
    applications_denied_at  INTEGER,
    PRIMARY KEY (account, id),
    FOREIGN KEY (account, logo_hash) REFERENCES logos (account, hash),
    CHECK ((users IS NULL) = (users_fetched_at IS NULL)),
    CHECK ((devices IS NULL) = (devices_fetched_at IS NULL)),
    CHECK ((applications IS NULL) = (applications_fetched_at IS NULL))
) STRICT, WITHOUT ROWID;

-- Which organizations show a logo: asked when logos are pruned.
CREATE INDEX organizations_by_logo ON organizations (account, logo_hash) WHERE logo_hash IS NOT NULL;

CREATE TABLE sync_runs (
    id                  INTEGER PRIMARY KEY AUTOINCREMENT,
    account             TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    started_at          INTEGER NOT NULL,
    finished_at         INTEGER,
    state               TEXT    NOT NULL
        CHECK (state IN ('running', 'done', 'partial', 'failed', 'canceled', 'interrupted')),
    phase               TEXT    NOT NULL CHECK (phase IN ('provider', 'listing', 'figures', 'finished')),
    organizations       INTEGER NOT NULL,
    done                INTEGER NOT NULL,
    failed              INTEGER NOT NULL,
    changed             INTEGER NOT NULL,
    added               INTEGER NOT NULL,
    gone                INTEGER NOT NULL,
    listing_complete    INTEGER NOT NULL CHECK (listing_complete IN (0, 1)),
    problem_code        TEXT,
    problem_message     TEXT    NOT NULL DEFAULT '',
    problem_hint        TEXT    NOT NULL DEFAULT '',
    problem_retryable   INTEGER NOT NULL DEFAULT 0 CHECK (problem_retryable IN (0, 1)),
    problem_retry_after INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX sync_runs_by_account ON sync_runs (account, id);

CREATE TABLE activity (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    account      TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    organization TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind <> ''),
    source       TEXT    NOT NULL CHECK (source <> ''),
    actor        TEXT    NOT NULL,
    before       TEXT    NOT NULL,
    after        TEXT    NOT NULL,
    result       TEXT    NOT NULL
) STRICT;

CREATE INDEX activity_by_account ON activity (account, id);
CREATE INDEX activity_by_organization ON activity (account, organization, id);
