-- What was written by whom, in the transaction that wrote it. Without foreign keys: a record outlives what it tells of.
-- Partitions by month are made ahead and dropped by age (AuditPartitions); the default one takes what has no other.
create table audit_record (
    id             uuid        not null,
    project_id     text        not null,
    happened_at    timestamptz not null,
    -- Null where no request asked for the write.
    request_id     text,
    caller         text        not null,
    caller_role    text,
    source_address text,
    operation      text        not null,
    action         text        not null,
    resource_kind  text        not null,
    resource_id    text        not null,
    generation     bigint,
    difference     jsonb       not null,
    constraint pk_audit_record primary key (happened_at, id),
    constraint ck_audit_record_action check (action in ('CREATE', 'UPDATE', 'DELETE'))
) partition by range (happened_at);
create table audit_record_default partition of audit_record default;
create index ix_audit_record_project on audit_record (project_id, id);
create index ix_audit_record_resource on audit_record (project_id, resource_id, id);
create index ix_audit_record_request on audit_record (request_id);

-- What happened of itself: health, coverage of zones, rejections, certificates that run out.
create table event (
    id            uuid        not null,
    project_id    text        not null,
    happened_at   timestamptz not null,
    kind          text        not null,
    resource_kind text        not null,
    resource_id   text        not null,
    message       text        not null,
    details       jsonb       not null,
    constraint pk_event primary key (happened_at, id),
    constraint ck_event_kind check (kind in ('MEMBER_ONLINE', 'MEMBER_OFFLINE', 'AZ_COVERED', 'AZ_UNCOVERED',
                                             'REJECTED', 'APPLIED', 'CERTIFICATE_EXPIRES'))
) partition by range (happened_at);
create table event_default partition of event default;
create index ix_event_project on event (project_id, id);
create index ix_event_resource on event (project_id, resource_id, id);

-- Each event once, however many nodes tell it: a unique index over partitions would have to contain their time, on
-- which two nodes need not agree. So the keys stand in a table that is not partitioned, and go with their events.
create table event_key (
    key         text        not null,
    happened_at timestamptz not null,
    constraint pk_event_key primary key (key)
);
create index ix_event_key_happened_at on event_key (happened_at);

-- What status last told of a thing, so that each change of it is told once: the row is locked, what it shall say is
-- read anew, and only a difference is told. changes counts, so that each change has a name.
--
-- A member: null until a check gave a verdict.
create table member_verdict (
    member_id uuid        not null,
    is_online boolean,
    changes   bigint      not null default 0,
    since     timestamptz not null,
    constraint pk_member_verdict primary key (member_id),
    constraint fk_member_verdict_member foreign key (member_id) references member (id) on delete cascade on update restrict
);
insert into member_verdict (member_id, is_online, since)
select member_id, bool_or(is_online), max(since) from member_health
where is_online or reason is distinct from 'NOT_CHECKED_YET' group by member_id;

-- A resource that some worker does not serve, or did not.
create table rejection_verdict (
    resource_kind text        not null,
    resource_id   uuid        not null,
    is_rejected   boolean     not null,
    changes       bigint      not null default 0,
    since         timestamptz not null,
    constraint pk_rejection_verdict primary key (resource_kind, resource_id)
);
insert into rejection_verdict (resource_kind, resource_id, is_rejected, since)
select resource_kind, resource_id, true, min(since) from worker_rejection group by resource_kind, resource_id;

-- An availability zone of a load balancer, with or without a working backend; null until it was looked at.
create table zone_coverage (
    load_balancer_id  uuid        not null,
    availability_zone text        not null,
    is_covered        boolean,
    changes           bigint      not null default 0,
    since             timestamptz not null,
    constraint pk_zone_coverage primary key (load_balancer_id, availability_zone),
    constraint fk_zone_coverage_load_balancer foreign key (load_balancer_id) references load_balancer (id) on delete cascade on update restrict
);
