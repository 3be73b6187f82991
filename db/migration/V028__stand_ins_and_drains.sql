-- Why, at a worker, others of a pool take traffic than those who are there for it. No row: nobody has to stand in.
create table pool_stand_in (
    worker_id text        not null,
    pool_id   uuid        not null,
    why       text        not null,
    since     timestamptz not null,
    constraint pk_pool_stand_in primary key (pool_id, worker_id),
    constraint fk_pool_stand_in_worker foreign key (worker_id) references worker (id) on delete cascade on update restrict,
    constraint fk_pool_stand_in_pool foreign key (pool_id) references pool (id) on delete cascade on update restrict,
    constraint ck_pool_stand_in_why check (why in ('FAIL_OPEN', 'ZONE_FALLBACK', 'STANDBY'))
);
create index ix_pool_stand_in_worker on pool_stand_in (worker_id);

-- Members that get nothing new at a worker, and when what is still under way at them ends at the latest. What is over
-- counts for nothing.
create table member_drain (
    worker_id text        not null,
    member_id uuid        not null,
    pool_id   uuid        not null,
    since     timestamptz not null,
    until     timestamptz not null,
    constraint pk_member_drain primary key (member_id, worker_id),
    constraint fk_member_drain_worker foreign key (worker_id) references worker (id) on delete cascade on update restrict,
    constraint fk_member_drain_member foreign key (member_id) references member (id) on delete cascade on update restrict
);
create index ix_member_drain_pool on member_drain (worker_id, pool_id);

alter table event
    drop constraint ck_event_kind,
    add constraint ck_event_kind check (kind in ('MEMBER_ONLINE', 'MEMBER_OFFLINE', 'AZ_COVERED', 'AZ_UNCOVERED',
                                                 'REJECTED', 'APPLIED', 'CERTIFICATE_EXPIRES',
                                                 'STAND_IN_BEGAN', 'STAND_IN_ENDED'));
