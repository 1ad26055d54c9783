-- Vacancies and their histories. Every statement names the owner.

-- name: open_vacancy(vacancy_id, user_id, status, closed, now)!
INSERT INTO vacancies (id, user_id, status, closed, seq, updated_at)
VALUES (:vacancy_id, :user_id, :status, :closed, 1, :now);

-- name: change_vacancy(vacancy_id, user_id, status, closed, seq, now)^
UPDATE vacancies SET status = :status, closed = :closed, seq = :seq, updated_at = :now
WHERE id = :vacancy_id AND user_id = :user_id
RETURNING id;

-- name: append_event(vacancy_id, seq, user_id, at, facts)!
-- The primary key refuses a second event with the same number: two writers have read the same history.
INSERT INTO events (vacancy_id, seq, user_id, at, facts) VALUES (:vacancy_id, :seq, :user_id, :at, :facts);

-- name: load_history(vacancy_id, user_id)
SELECT vacancy_id, seq, at, facts FROM events
WHERE vacancy_id = :vacancy_id AND user_id = :user_id
ORDER BY seq;

-- name: load_recent_histories(user_id, vacancy_id, span)
-- A vacancy, and those that anything was reported about within `span` of the user's last report: whatever was
-- done at an employer of late is among it.
SELECT events.vacancy_id, events.seq, events.at, events.facts
FROM vacancies JOIN events ON events.vacancy_id = vacancies.id
WHERE vacancies.user_id = :user_id AND (vacancies.id = :vacancy_id OR vacancies.updated_at >= (
    SELECT MAX(latest.updated_at) FROM vacancies AS latest WHERE latest.user_id = :user_id) - :span)
ORDER BY events.vacancy_id, events.seq;

-- name: load_active_histories(user_id, span)
-- The open ones and, as above, the recent ones.
SELECT events.vacancy_id, events.seq, events.at, events.facts, vacancies.closed
FROM vacancies JOIN events ON events.vacancy_id = vacancies.id
WHERE vacancies.user_id = :user_id AND (vacancies.closed = 0 OR vacancies.updated_at >= (
    SELECT MAX(latest.updated_at) FROM vacancies AS latest WHERE latest.user_id = :user_id) - :span)
ORDER BY events.vacancy_id, events.seq;

-- name: load_all_histories(user_id)
SELECT events.vacancy_id, events.seq, events.at, events.facts
FROM vacancies JOIN events ON events.vacancy_id = vacancies.id
WHERE vacancies.user_id = :user_id
ORDER BY events.vacancy_id, events.seq;

-- name: erase_events(user_id)!
DELETE FROM events WHERE vacancy_id IN (SELECT id FROM vacancies WHERE user_id = :user_id);

-- name: erase_vacancies(user_id)!
DELETE FROM vacancies WHERE user_id = :user_id;
