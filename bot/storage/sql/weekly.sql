-- The weekly messages: reminders of a user and of no vacancy. Claims and settlements are those of all reminders.

-- name: plan_weekly(id, user_id, key, due_at, kind)*!
-- Each kind stands once, and a week that was pushed is done with. Without an open vacancy there is none.
INSERT INTO reminders (id, user_id, key, due_at, wake_at, state, planned_by)
SELECT
    CAST(:id AS BIGINT), CAST(:user_id AS BIGINT), CAST(:key AS TEXT), CAST(:due_at AS BIGINT),
    CASE WHEN EXISTS (SELECT 1 FROM users WHERE users.id = :user_id AND users.blocked_at IS NOT NULL)
        THEN NULL ELSE CAST(:due_at AS BIGINT) END,
    'pending', 0
WHERE EXISTS (SELECT 1 FROM vacancies WHERE vacancies.user_id = :user_id AND vacancies.closed = 0)
    AND NOT EXISTS (
        SELECT 1 FROM reminders AS known
        WHERE known.user_id = :user_id AND known.vacancy_id IS NULL
            AND (known.key = :key OR (known.key LIKE :kind AND known.state IN ('pending', 'sending'))))
ON CONFLICT DO NOTHING;

-- name: drop_weekly(user_id)!
DELETE FROM reminders WHERE user_id = :user_id AND vacancy_id IS NULL AND state = 'pending';

-- name: pause_weekly(user_id)!
-- A blocked user's are not looked at.
UPDATE reminders SET wake_at = NULL WHERE user_id = :user_id AND vacancy_id IS NULL AND state = 'pending';

-- name: resume_weekly(user_id)!
UPDATE reminders SET wake_at = due_at
WHERE user_id = :user_id AND vacancy_id IS NULL AND state = 'pending' AND wake_at IS NULL;

-- name: load_weekly(user_id)
SELECT id, vacancy_id, key, due_at, state, attempt, ambiguous, planned_by, replaced_by, message_id, settled_at
FROM reminders WHERE user_id = :user_id AND vacancy_id IS NULL
ORDER BY due_at, id;

-- name: erase_weekly(user_id)!
DELETE FROM reminders WHERE user_id = :user_id AND vacancy_id IS NULL;
