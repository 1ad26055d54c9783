-- What the database knows about itself: its schema, and a text by which its key is recognised.

-- name: load_meta(name)^
SELECT value FROM meta WHERE name = :name;

-- name: keep_meta(name, value)!
-- The first writer wins; all read it back.
INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING;
