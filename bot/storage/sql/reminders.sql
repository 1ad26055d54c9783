-- Reminders: planned with an event, claimed with a lease, settled after sending.
-- Claims differ by dialect: sqlite/claim.sql, postgresql/claim.sql.

-- name: replace_reminders(vacancy_id, key, seq)!
-- Whatever was planned before gives way; what is on its way out for the same silence stays.
UPDATE reminders SET replaced_by = :seq
WHERE vacancy_id = :vacancy_id AND replaced_by = 0 AND state <> 'sent'
    AND NOT (state = 'sending' AND key = :key);

-- name: plan_reminder(id, user_id, vacancy_id, key, due_at, seq)!
-- Nothing is planned for a silence that was pushed already.
INSERT INTO reminders (id, user_id, vacancy_id, key, due_at, wake_at, state, planned_by)
SELECT
    CAST(:id AS BIGINT), CAST(:user_id AS BIGINT), CAST(:vacancy_id AS BIGINT), CAST(:key AS TEXT),
    CAST(:due_at AS BIGINT),
    CASE WHEN EXISTS (SELECT 1 FROM users WHERE users.id = :user_id AND users.blocked_at IS NOT NULL)
        THEN NULL ELSE CAST(:due_at AS BIGINT) END,
    'pending', CAST(:seq AS BIGINT)
WHERE NOT EXISTS (
    SELECT 1 FROM reminders AS known
    WHERE known.vacancy_id = :vacancy_id AND known.key = :key AND known.state = 'sent')
ON CONFLICT DO NOTHING;

-- name: remove_planned(vacancy_id, seq)!
-- An undo takes back what the event planned, unless it was sent. No later event counts, but settings may have
-- planned under the number of a later undo.
DELETE FROM reminders WHERE vacancy_id = :vacancy_id AND planned_by >= :seq AND state <> 'sent';

-- name: restore_replaced(vacancy_id, seq)!
-- An undo brings back what the event replaced, unless its silence was pushed meanwhile.
UPDATE reminders SET replaced_by = 0
WHERE vacancy_id = :vacancy_id AND replaced_by = :seq
    AND NOT EXISTS (
        SELECT 1 FROM reminders AS standing
        WHERE standing.vacancy_id = :vacancy_id AND standing.key = reminders.key AND standing.replaced_by = 0);

-- name: plan_if_none(id, user_id, vacancy_id, key, due_at)!
-- What is planned, or what an undo brought back, may have been pushed already: then nothing would be to come.
INSERT INTO reminders (id, user_id, vacancy_id, key, due_at, wake_at, state, planned_by)
SELECT
    CAST(:id AS BIGINT), vacancies.user_id, vacancies.id, CAST(:key AS TEXT), CAST(:due_at AS BIGINT),
    CASE WHEN EXISTS (SELECT 1 FROM users WHERE users.id = :user_id AND users.blocked_at IS NOT NULL)
        THEN NULL ELSE CAST(:due_at AS BIGINT) END,
    'pending', vacancies.seq
FROM vacancies
WHERE vacancies.id = :vacancy_id AND vacancies.user_id = :user_id AND NOT EXISTS (
    SELECT 1 FROM reminders AS known
    WHERE known.vacancy_id = :vacancy_id
        AND ((known.key = :key AND known.state = 'sent') OR (known.replaced_by = 0 AND known.state <> 'sent')))
ON CONFLICT DO NOTHING;

-- name: replan_reminder(id, user_id, vacancy_id, key, due_at)!
-- The settings changed: the plan belongs to the event that the standing one belongs to. While a reminder is on
-- its way out, what follows is planned when it has been sent.
INSERT INTO reminders (id, user_id, vacancy_id, key, due_at, wake_at, state, planned_by)
SELECT
    CAST(:id AS BIGINT), vacancies.user_id, vacancies.id, CAST(:key AS TEXT), CAST(:due_at AS BIGINT),
    CASE WHEN EXISTS (SELECT 1 FROM users WHERE users.id = :user_id AND users.blocked_at IS NOT NULL)
        THEN NULL ELSE CAST(:due_at AS BIGINT) END,
    'pending',
    COALESCE(
        (SELECT MAX(standing.planned_by) FROM reminders AS standing
            WHERE standing.vacancy_id = :vacancy_id AND standing.replaced_by = 0 AND standing.state <> 'sent'),
        vacancies.seq)
FROM vacancies
WHERE vacancies.id = :vacancy_id AND vacancies.user_id = :user_id AND NOT EXISTS (
    SELECT 1 FROM reminders AS known
    WHERE known.vacancy_id = :vacancy_id
        AND ((known.key = :key AND known.state = 'sent') OR (known.replaced_by = 0 AND known.state = 'sending')))
ON CONFLICT (vacancy_id, key, replaced_by) DO UPDATE SET
    due_at = excluded.due_at, wake_at = excluded.wake_at, state = excluded.state
    WHERE reminders.state IN ('pending', 'parked');

-- name: drop_other_plans(user_id, vacancy_id, key)!
DELETE FROM reminders
WHERE vacancy_id = :vacancy_id AND user_id = :user_id AND replaced_by = 0
    AND state IN ('pending', 'parked') AND key <> :key;

-- name: next_wake()^
SELECT MIN(wake_at) AS wake_at FROM reminders WHERE wake_at IS NOT NULL AND replaced_by = 0;

-- name: mark_sent(id, token, message_id, now)*!
UPDATE reminders SET state = 'sent', wake_at = NULL, message_id = :message_id, settled_at = :now, error = NULL
WHERE id = :id AND token = :token AND state = 'sending';

-- name: plan_following(follower, id, token, key, due_at)*!
-- What comes after a sent reminder shares its fate: the same event planned it, the same one replaced it.
INSERT INTO reminders (id, user_id, vacancy_id, key, due_at, wake_at, state, planned_by, replaced_by)
SELECT
    CAST(:follower AS BIGINT), sent.user_id, sent.vacancy_id, CAST(:key AS TEXT), CAST(:due_at AS BIGINT),
    CASE WHEN EXISTS (SELECT 1 FROM users WHERE users.id = sent.user_id AND users.blocked_at IS NOT NULL)
        THEN NULL ELSE CAST(:due_at AS BIGINT) END,
    'pending', sent.planned_by, sent.replaced_by
FROM reminders AS sent
WHERE sent.id = :id AND sent.token = :token AND sent.state = 'sent' AND NOT EXISTS (
    SELECT 1 FROM reminders AS known
    WHERE known.vacancy_id = sent.vacancy_id
        AND ((known.key = :key AND known.state = 'sent')
            OR (known.replaced_by = sent.replaced_by AND known.state <> 'sent')))
ON CONFLICT DO NOTHING;

-- name: move_reminder(id, token, key, due_at, now)*!
-- The plan has moved since; a claim that sent nothing is no attempt.
UPDATE reminders SET
    state = 'pending', token = NULL, key = :key, due_at = :due_at, settled_at = :now,
    wake_at = CASE WHEN EXISTS (SELECT 1 FROM users WHERE users.id = reminders.user_id AND users.blocked_at IS NOT NULL)
        THEN NULL ELSE CAST(:due_at AS BIGINT) END,
    attempt = CASE WHEN key = :key THEN attempt - 1 ELSE 0 END,
    ambiguous = CASE WHEN key = :key THEN ambiguous ELSE 0 END
WHERE id = :id AND token = :token AND state = 'sending' AND NOT EXISTS (
    SELECT 1 FROM reminders AS known
    WHERE known.vacancy_id = reminders.vacancy_id AND known.key = :key AND known.id <> reminders.id
        AND (known.state = 'sent' OR known.replaced_by = reminders.replaced_by));

-- name: drop_claimed(id, token)*!
DELETE FROM reminders WHERE id = :id AND token = :token AND state = 'sending';

-- name: retry_reminder(id, token, at, tried, ambiguous, error)*!
-- The claim has counted an attempt; one that never got to Telegram is none.
UPDATE reminders SET
    state = 'pending', token = NULL, attempt = attempt - 1 + :tried, ambiguous = ambiguous + :ambiguous,
    error = :error,
    wake_at = CASE WHEN EXISTS (SELECT 1 FROM users WHERE users.id = reminders.user_id AND users.blocked_at IS NOT NULL)
        THEN NULL ELSE CAST(:at AS BIGINT) END
WHERE id = :id AND token = :token AND state = 'sending';

-- name: park_reminder(id, token, error, now)*!
UPDATE reminders SET state = 'parked', wake_at = NULL, error = :error, settled_at = :now
WHERE id = :id AND token = :token AND state = 'sending';

-- name: pause_reminders(user_id)!
-- A blocked user's reminders are not looked at.
UPDATE reminders SET wake_at = NULL
WHERE vacancy_id IN (SELECT id FROM vacancies WHERE user_id = :user_id) AND state = 'pending';

-- name: resume_reminders(user_id)!
UPDATE reminders SET wake_at = due_at
WHERE vacancy_id IN (SELECT id FROM vacancies WHERE user_id = :user_id) AND state = 'pending' AND wake_at IS NULL;

-- name: load_reminders(user_id)
SELECT id, vacancy_id, key, due_at, state, attempt, ambiguous, planned_by, replaced_by, message_id, settled_at
FROM reminders WHERE user_id = :user_id AND vacancy_id IN (SELECT id FROM vacancies WHERE user_id = :user_id)
ORDER BY due_at, id;

-- name: erase_reminders(user_id)!
DELETE FROM reminders WHERE vacancy_id IN (SELECT id FROM vacancies WHERE user_id = :user_id);
