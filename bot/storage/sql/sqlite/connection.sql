-- The connection and the file.

-- name: apply_settings#
-- FULL: "saved" survives a power cut. secure_delete: what was erased is overwritten.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA busy_timeout = 5000;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA trusted_schema = OFF;
PRAGMA temp_store = MEMORY;

-- name: begin_write()!
-- A deferred transaction could fail at its first write, after it has read (SQLITE_BUSY_SNAPSHOT).
BEGIN IMMEDIATE;

-- name: check_health()^
SELECT quick_check AS verdict FROM pragma_quick_check LIMIT 1;

-- name: find_meta()^
SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'meta';

-- name: empty_log#
-- Moves the write-ahead log into the file and cuts it: nothing erased remains in it.
PRAGMA wal_checkpoint(TRUNCATE);

-- name: use_one_file#
-- A backup has no log beside it.
PRAGMA journal_mode = DELETE;
