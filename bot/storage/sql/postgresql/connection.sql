-- The schema and the advisory locks. A lock is a number: users' own ids, and negative ones for the process.

-- name: find_meta()^
SELECT table_name FROM information_schema.tables WHERE table_name = 'meta' AND table_schema = current_schema();

-- name: lock_schema()^
-- Until the end of the transaction.
SELECT pg_advisory_xact_lock(-2);

-- name: lock_user(user_id)^
SELECT pg_advisory_lock(:user_id);

-- name: try_to_lead()^
SELECT pg_try_advisory_lock(-1) AS elected;

-- name: still_there()^
SELECT 1 AS one;
