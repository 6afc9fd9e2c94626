-- A missing user cap is none, or one that no listing told. What older files hold
-- does not say which: a missing cap is unknown until the next listing.
ALTER TABLE organizations ADD COLUMN cap_known INTEGER NOT NULL DEFAULT 0 CHECK (cap_known IN (0, 1));

UPDATE organizations SET cap_known = 1 WHERE max_system_users IS NOT NULL;
