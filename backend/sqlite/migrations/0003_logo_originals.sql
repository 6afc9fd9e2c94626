-- The files of logos that were set or replaced, so that one can be set again.

-- hash is the thumbnail's; sum is the SHA-256 of content.
CREATE TABLE logo_originals (
    account      TEXT    NOT NULL,
    organization TEXT    NOT NULL CHECK (organization <> ''),
    hash         TEXT    NOT NULL,
    kept_at      INTEGER NOT NULL,
    media_type   TEXT    NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/gif')),
    sum          TEXT    NOT NULL CHECK (length(sum) = 64),
    content      BLOB    NOT NULL CHECK (length(content) BETWEEN 1 AND 2097152),
    PRIMARY KEY (account, organization, hash),
    FOREIGN KEY (account, hash) REFERENCES logos (account, hash) ON DELETE CASCADE
) STRICT;

CREATE INDEX logo_originals_by_hash ON logo_originals (account, hash);

-- What the history tells of logos: asked when thumbnails are pruned.
CREATE INDEX activity_of_logos ON activity (account) WHERE kind = 'logo_changed';
