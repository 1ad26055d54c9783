-- Conversations, and the updates that are done with: what one update reads and leaves behind.

-- name: open_session(user_id, update_id)^
-- Everything that is read before an update is handled, in one statement; always one row.
SELECT
    users.id, users.settings, users.blocked_at,
    conversations.name, conversations.step, conversations.draft, conversations.updated_at,
    handled_updates.update_id AS handled
FROM (SELECT 1 AS one) AS always
LEFT JOIN users ON users.id = :user_id
LEFT JOIN conversations ON conversations.user_id = :user_id
LEFT JOIN handled_updates ON handled_updates.update_id = :update_id;

-- name: load_conversation(user_id)^
SELECT name, step, draft, updated_at FROM conversations WHERE user_id = :user_id;

-- name: save_conversation(user_id, name, step, draft, updated_at)!
INSERT INTO conversations (user_id, name, step, draft, updated_at)
VALUES (:user_id, :name, :step, :draft, :updated_at)
ON CONFLICT (user_id) DO UPDATE SET
    name = excluded.name, step = excluded.step, draft = excluded.draft, updated_at = excluded.updated_at;

-- name: erase_conversation(user_id)!
DELETE FROM conversations WHERE user_id = :user_id;

-- name: mark_handled(update_id, user_id, now)!
-- The primary key refuses an update that another replica has handled.
INSERT INTO handled_updates (update_id, user_id, at) VALUES (:update_id, :user_id, :now);

-- name: erase_handled(user_id)!
-- The numbers of updates say nothing about a person and still keep a repeated one from doing anything.
UPDATE handled_updates SET user_id = 0 WHERE user_id = :user_id;

-- name: prune_handled(before)!
DELETE FROM handled_updates WHERE at < :before;
