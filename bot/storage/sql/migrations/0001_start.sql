-- Both databases read this file. Moments are microseconds since 1970 in UTC; facts, settings and drafts are
-- encrypted texts. BIGINT keys become INTEGER on SQLite, where only that spelling names the row itself.

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE users (
    id BIGINT NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL,
    blocked_at BIGINT
);

CREATE TABLE vacancies (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    status TEXT NOT NULL,
    closed BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX vacancies_of_user ON vacancies (user_id);

CREATE TABLE events (
    vacancy_id BIGINT NOT NULL REFERENCES vacancies (id) ON DELETE CASCADE,
    seq BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (vacancy_id, seq)
);

-- state: pending, sending, sent, parked.
-- wake_at: when the dispatcher has to look at the row: the due moment, a retry, or the end of a lease. Empty
-- once it is settled, and for a pending one while its user has blocked the bot.
-- planned_by and replaced_by are numbers of events of the vacancy; replaced_by 0: the row stands. A replaced
-- row keeps everything else, so that an undo brings it back exactly as it was.
CREATE TABLE reminders (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    vacancy_id BIGINT NOT NULL REFERENCES vacancies (id) ON DELETE CASCADE,
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
-- The only rows a claim reads, those of the first users and then theirs: its cost does not depend on how many
-- others there are.
CREATE INDEX reminders_to_wake ON reminders (wake_at) WHERE wake_at IS NOT NULL AND replaced_by = 0;
CREATE INDEX reminders_to_wake_of_user ON reminders (user_id, wake_at)
WHERE wake_at IS NOT NULL AND replaced_by = 0;

CREATE TABLE conversations (
    user_id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    step TEXT NOT NULL,
    draft TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE handled_updates (
    update_id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX handled_updates_by_age ON handled_updates (at);

INSERT INTO meta (name, value) VALUES ('schema', '1');
