-- name: claim_reminders(now, lease_until, token, batch)
-- Rows that another claim holds are passed over. The array keeps the planner on the primary key.
UPDATE reminders SET
    ambiguous = ambiguous + CASE WHEN state = 'sending' THEN 1 ELSE 0 END, -- a lease that ran out: perhaps sent
    state = 'sending', attempt = attempt + 1, token = :token, wake_at = :lease_until
WHERE id = ANY (ARRAY(
    SELECT id FROM reminders
    WHERE wake_at <= :now AND wake_at IS NOT NULL AND replaced_by = 0
    ORDER BY wake_at LIMIT :batch
    FOR UPDATE SKIP LOCKED))
RETURNING id, user_id, vacancy_id, key, due_at, attempt, ambiguous, token;
