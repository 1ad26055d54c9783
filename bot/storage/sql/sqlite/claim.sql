-- A claim, and what the claimed reminders are about.

-- name: claim_reminders(now, lease_until, token, users)
-- Whoever's reminder is among the first gets all of theirs: a digest is whole. SQLite has one writer: no other
-- claim can be under way.
UPDATE reminders SET
    ambiguous = ambiguous + CASE WHEN state = 'sending' THEN 1 ELSE 0 END, -- a lease that ran out: perhaps sent
    state = 'sending', attempt = attempt + 1, token = :token, wake_at = :lease_until
WHERE id IN (
    SELECT theirs.id FROM reminders AS theirs
    WHERE theirs.wake_at <= :now AND theirs.wake_at IS NOT NULL AND theirs.replaced_by = 0
        AND theirs.user_id IN (
            SELECT user_id FROM reminders
            WHERE wake_at <= :now AND wake_at IS NOT NULL AND replaced_by = 0
            ORDER BY wake_at LIMIT :users))
RETURNING id, user_id, vacancy_id, key, due_at, attempt, ambiguous, token;

-- name: load_users_of(claimed)
-- Of a JSON array of [user, vacancy].
SELECT id, settings, blocked_at FROM users
WHERE id IN (SELECT json_extract(value, '$[0]') FROM json_each(:claimed));

-- name: load_histories_of(claimed, span)
-- The claimed vacancies, and beside them those of the same users that are open or, within `span` of the user's
-- last report, recent.
SELECT events.user_id, events.vacancy_id, events.seq, events.at, events.facts
FROM (SELECT DISTINCT json_extract(value, '$[0]') AS user_id FROM json_each(:claimed)) AS theirs
CROSS JOIN vacancies ON vacancies.user_id = theirs.user_id
CROSS JOIN events ON events.vacancy_id = vacancies.id AND events.user_id = vacancies.user_id
WHERE vacancies.closed = 0
    OR vacancies.id IN (SELECT json_extract(value, '$[1]') FROM json_each(:claimed))
    OR vacancies.updated_at >= (
        SELECT MAX(latest.updated_at) FROM vacancies AS latest WHERE latest.user_id = theirs.user_id) - :span
ORDER BY events.vacancy_id, events.seq;
