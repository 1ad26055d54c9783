-- Users: one row each, made by their first settings.

-- name: load_user(user_id)^
SELECT id, settings, blocked_at FROM users WHERE id = :user_id;

-- name: save_user(user_id, settings, blocked_at)!
INSERT INTO users (id, settings, blocked_at) VALUES (:user_id, :settings, :blocked_at)
ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, blocked_at = excluded.blocked_at;

-- name: mark_blocked(user_id, now)!
-- The first moment is kept.
UPDATE users SET blocked_at = :now WHERE id = :user_id AND blocked_at IS NULL;

-- name: mark_unblocked(user_id)!
UPDATE users SET blocked_at = NULL WHERE id = :user_id;

-- name: erase_user(user_id)!
DELETE FROM users WHERE id = :user_id;
