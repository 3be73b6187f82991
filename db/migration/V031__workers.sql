-- How many workers of its zone serve a load balancer, as each worker was told; null: all. The workers themselves decide
-- by it; the API shows what they decide.
alter table worker
    add column replicas_per_zone integer,
    add constraint ck_worker_replicas_per_zone check (replicas_per_zone > 0);

alter table event
    drop constraint ck_event_kind,
    add constraint ck_event_kind check (kind in ('MEMBER_ONLINE', 'MEMBER_OFFLINE', 'AZ_COVERED', 'AZ_UNCOVERED',
                                                 'REJECTED', 'APPLIED', 'CERTIFICATE_EXPIRES',
                                                 'STAND_IN_BEGAN', 'STAND_IN_ENDED', 'WORKER_GONE'));
