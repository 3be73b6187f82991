-- Observed truth, written by the status module alone and keyed by (worker, thing).
create table worker (
    id                text        not null,
    availability_zone text,
    started_at        timestamptz not null,
    heartbeat_at      timestamptz not null,
    -- The change feed's position up to which this worker has taken everything (a pg_snapshot as text).
    watermark         text        not null,
    constraint pk_worker primary key (id)
);

-- What a worker could not apply or does not serve, and why. No row: nothing is wrong.
create table worker_rejection (
    worker_id     text        not null,
    resource_kind text        not null,
    resource_id   uuid        not null,
    generation    bigint      not null,
    reason        text        not null,
    message       text        not null,
    since         timestamptz not null,
    constraint pk_worker_rejection primary key (worker_id, resource_kind, resource_id),
    constraint fk_worker_rejection_worker foreign key (worker_id) references worker (id) on delete cascade on update restrict,
    constraint ck_worker_rejection_kind check (resource_kind in ('LOAD_BALANCER', 'LISTENER', 'POOL'))
);
create index ix_worker_rejection_resource on worker_rejection (resource_kind, resource_id);

create table member_health (
    worker_id            text        not null,
    member_id            uuid        not null,
    pool_id              uuid        not null,
    is_online            boolean     not null,
    reason               text,
    expected_response    text,
    healthcheck_response text,
    since                timestamptz not null,
    constraint pk_member_health primary key (member_id, worker_id),
    constraint fk_member_health_worker foreign key (worker_id) references worker (id) on delete cascade on update restrict,
    constraint fk_member_health_member foreign key (member_id) references member (id) on delete cascade on update restrict
);
create index ix_member_health_offline on member_health (pool_id) where not is_online;

-- One place that says what a member's status is; the lists filter on it and the answers show it.
-- A member is ONLINE when at least one worker sees it healthy.
create view member_status as
select m.id as member_id,
       m.pool_id,
       case
           when s.status <> 'ACTIVE' then 'OFFLINE'
           when hm.id is null or not hm.admin_state_up then 'NO_MONITOR'
           when exists (select 1 from member_health h where h.member_id = m.id and h.is_online) then 'ONLINE'
           else 'OFFLINE'
       end as operating_status,
       s.status as server_status
from member m
join server s on s.project_id = m.project_id and s.id = m.server_id
left join health_monitor hm on hm.pool_id = m.pool_id;

-- Every way from a backend server to a load balancer: one view serves every lookup by backend.
create view backend_path as
select m.project_id, m.address, m.server_id, m.id as member_id, m.pool_id, null::uuid as listener_id, p.load_balancer_id
from member m
join pool p on p.id = m.pool_id
where p.load_balancer_id is not null
union all
select m.project_id, m.address, m.server_id, m.id, m.pool_id, l.id, l.load_balancer_id
from member m
join listener l on l.default_pool_id = m.pool_id;

-- Only what is wrong, so that reading it costs what is wrong and not what exists.
create view offline_member as
select h.pool_id, h.member_id, h.since
from member_health h
join health_monitor hm on hm.pool_id = h.pool_id and hm.admin_state_up
where not h.is_online
  and not exists (select 1 from member_health o where o.member_id = h.member_id and o.is_online)
union
select m.pool_id, m.id, s.updated_at
from server s
join member m on m.project_id = s.project_id and m.server_id = s.id
where s.status <> 'ACTIVE';
create index ix_server_not_active on server (project_id, id) where status <> 'ACTIVE';
