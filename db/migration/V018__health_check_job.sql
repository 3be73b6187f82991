-- Questions to a worker: check this member once, now. One worker claims a question and answers it in the row.
create table health_check_job (
    id                uuid        not null,
    project_id        text        not null,
    member_id         uuid        not null,
    listener_id       uuid        not null,
    created_at        timestamptz not null default now(),
    claimed_by        text,
    claimed_at        timestamptz,
    answered_at       timestamptz,
    is_passed         boolean,
    reason            text,
    expected_response text,
    received_response text,
    duration_millis   bigint,
    constraint pk_health_check_job primary key (id),
    constraint fk_health_check_job_member foreign key (member_id) references member (id) on delete cascade on update restrict,
    constraint ck_health_check_job_claim check (num_nulls(claimed_by, claimed_at) in (0, 2)),
    constraint ck_health_check_job_answer check (num_nulls(answered_at, is_passed, duration_millis) in (0, 3))
);
create index ix_health_check_job_open on health_check_job (created_at) where claimed_at is null;
create index ix_health_check_job_created_at on health_check_job (created_at);
create index ix_health_check_job_member on health_check_job (member_id);
