-- A claim, and what the claimed reminders are about.

-- name: claim_reminders(now, lease_until, token, users)
-- Whoever's reminder is among the first gets all of theirs: a digest is whole. Rows that another claim holds are
-- passed over. The arrays keep the planner on the indexes.
UPDATE reminders SET
    ambiguous = ambiguous + CASE WHEN state = 'sending' THEN 1 ELSE 0 END, -- a lease that ran out: perhaps sent
    state = 'sending', attempt = attempt + 1, token = :token, wake_at = :lease_until
WHERE id = ANY (ARRAY(
    SELECT theirs.id FROM reminders AS theirs
    WHERE theirs.wake_at <= :now AND theirs.wake_at IS NOT NULL AND theirs.replaced_by = 0
        AND theirs.user_id = ANY (ARRAY(
            SELECT user_id FROM reminders
            WHERE wake_at <= :now AND wake_at IS NOT NULL AND replaced_by = 0
            ORDER BY wake_at LIMIT :users
            FOR UPDATE SKIP LOCKED))
    FOR UPDATE SKIP LOCKED))
RETURNING id, user_id, vacancy_id, key, due_at, attempt, ambiguous, token;

-- name: load_users_of(claimed)
-- Of a JSON array of [user, vacancy].
SELECT id, settings, blocked_at FROM users
WHERE id = ANY (ARRAY(
    SELECT CAST(pair ->> 0 AS BIGINT) FROM jsonb_array_elements(CAST(:claimed AS JSONB)) AS claimed (pair)));

-- name: load_histories_of(claimed, span)
-- The claimed vacancies, and beside them those of the same users that are open or, within `span` of the user's
-- last report, recent.
SELECT events.user_id, events.vacancy_id, events.seq, events.at, events.facts
FROM vacancies JOIN events ON events.vacancy_id = vacancies.id AND events.user_id = vacancies.user_id
WHERE vacancies.user_id = ANY (ARRAY(
        SELECT CAST(pair ->> 0 AS BIGINT) FROM jsonb_array_elements(CAST(:claimed AS JSONB)) AS claimed (pair)))
    AND (vacancies.closed = 0
        OR vacancies.id = ANY (ARRAY(
            SELECT CAST(pair ->> 1 AS BIGINT) FROM jsonb_array_elements(CAST(:claimed AS JSONB)) AS claimed (pair)))
        OR vacancies.updated_at >= (
            SELECT MAX(latest.updated_at) FROM vacancies AS latest
            WHERE latest.user_id = vacancies.user_id) - CAST(:span AS BIGINT))
ORDER BY events.vacancy_id, events.seq;
