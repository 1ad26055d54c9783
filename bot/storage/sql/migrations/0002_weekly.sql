-- The weekly messages are reminders of a user and of no vacancy. SQLite cannot change a column, so the table is
-- made anew, for both databases alike.

CREATE TABLE new_reminders (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    vacancy_id BIGINT REFERENCES vacancies (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    wake_at BIGINT,
    attempt BIGINT NOT NULL DEFAULT 0,
    ambiguous BIGINT NOT NULL DEFAULT 0,
    token TEXT,
    planned_by BIGINT NOT NULL,
    replaced_by BIGINT NOT NULL DEFAULT 0,
    message_id BIGINT,
    settled_at BIGINT,
    error TEXT,
    UNIQUE (vacancy_id, key, replaced_by)
);
INSERT INTO new_reminders (id, user_id, vacancy_id, key, due_at, state, wake_at, attempt, ambiguous, token,
    planned_by, replaced_by, message_id, settled_at, error)
SELECT id, user_id, vacancy_id, key, due_at, state, wake_at, attempt, ambiguous, token,
    planned_by, replaced_by, message_id, settled_at, error
FROM reminders;
DROP TABLE reminders;
ALTER TABLE new_reminders RENAME TO reminders;
CREATE INDEX reminders_to_wake ON reminders (wake_at) WHERE wake_at IS NOT NULL AND replaced_by = 0;
CREATE INDEX reminders_to_wake_of_user ON reminders (user_id, wake_at)
WHERE wake_at IS NOT NULL AND replaced_by = 0;

-- Each comes once a week, which its key names; no event plans it, so planned_by is 0.
CREATE UNIQUE INDEX weekly_of_user ON reminders (user_id, key) WHERE vacancy_id IS NULL;

-- Whoever has an open vacancy gets both: the dispatcher looks at each of these once and plans the real moment.
-- Spread over an hour, so that nobody else's reminder has to wait for them. Ids of others are positive.
INSERT INTO reminders (id, user_id, key, due_at, wake_at, state, planned_by)
SELECT
    -2 * theirs.user_id - kinds.number, theirs.user_id, kinds.key, theirs.due_at,
    CASE WHEN EXISTS (SELECT 1 FROM users WHERE users.id = theirs.user_id AND users.blocked_at IS NOT NULL)
        THEN NULL ELSE theirs.due_at END,
    'pending', 0
FROM (
    SELECT user_id, (SELECT MAX(updated_at) FROM vacancies) + user_id % 3600 * 1000000 AS due_at
    FROM vacancies WHERE closed = 0 GROUP BY user_id) AS theirs
CROSS JOIN (SELECT 0 AS number, 'sweep:' AS key UNION ALL SELECT 1, 'review:') AS kinds;

UPDATE meta SET value = '2' WHERE name = 'schema';
