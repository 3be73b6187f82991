-- What a write with an Idempotency-Key answered; kept for a day. The row is inserted by the write's own transaction,
-- so status and answer are set in every row that others see.
create table idempotency_key (
    project_id     text        not null,
    key            text        not null,
    created_at     timestamptz not null,
    request_digest text        not null,
    status         integer,
    answer         bytea,
    constraint pk_idempotency_key primary key (project_id, key)
);
create index ix_idempotency_key_created on idempotency_key (created_at);
