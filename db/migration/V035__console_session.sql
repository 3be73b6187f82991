-- People signed in to the console. A session acts by its token: when that expires or is revoked, so does the session.
create table console_session (
    -- SHA-256 of the id in the browser's cookie; the id itself is stored nowhere.
    digest     bytea       not null,
    token_id   uuid        not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint pk_console_session primary key (digest)
);
create index ix_console_session_expires on console_session (expires_at);
