-- L7 policies: which requests of a listener go where. All of this is written under the lock of the load balancer.
alter table listener add constraint uq_listener_place unique (id, load_balancer_id, vpc_id);

create table l7policy (
    id                                   uuid        not null,
    project_id                           text        not null,
    listener_id                          uuid        not null,
    load_balancer_id                     uuid        not null,
    vpc_id                               text        not null,
    created_at                           timestamptz not null,
    updated_at                           timestamptz not null,
    name                                 text        not null,
    description                          text        not null,
    admin_state_up                       boolean     not null,
    action                               text        not null,
    -- Null while the listener has no advanced policies.
    priority                             integer,
    redirect_pool_id                     uuid,
    redirect_listener_id                 uuid,
    redirect_url_config                  jsonb,
    redirect_pools_config                jsonb       not null,
    redirect_pools_sticky_session_config jsonb,
    redirect_pools_extend_config         jsonb,
    fixed_response_config                jsonb,
    enterprise_project_id                text        not null,
    -- A digest of what it matches: equal where equal requests match; null where nothing can.
    rule_set                             text,
    constraint pk_l7policy primary key (id),
    constraint uq_l7policy_place unique (id, listener_id, load_balancer_id, vpc_id),
    -- Checked at the end of a statement, so that two policies can swap.
    constraint uq_l7policy_priority unique (listener_id, priority) deferrable initially immediate,
    constraint fk_l7policy_listener foreign key (listener_id, load_balancer_id, vpc_id) references listener (id, load_balancer_id, vpc_id) on delete restrict on update restrict,
    constraint fk_l7policy_redirect_listener foreign key (redirect_listener_id, load_balancer_id, vpc_id) references listener (id, load_balancer_id, vpc_id) on delete restrict on update restrict,
    constraint ck_l7policy_action check (action in ('REDIRECT_TO_POOL', 'REDIRECT_TO_LISTENER', 'REDIRECT_TO_URL', 'FIXED_RESPONSE')),
    constraint ck_l7policy_priority check (priority between 0 and 10000)
);
create index ix_l7policy_project on l7policy (project_id, id);
create index ix_l7policy_listener on l7policy (listener_id, rule_set);
create index ix_l7policy_load_balancer on l7policy (load_balancer_id);
create index ix_l7policy_redirect_listener on l7policy (redirect_listener_id);

-- Every pool that a policy names, whichever of its attributes does.
create table l7policy_pool (
    l7policy_id      uuid not null,
    pool_id          uuid not null,
    listener_id      uuid not null,
    load_balancer_id uuid not null,
    vpc_id           text not null,
    constraint pk_l7policy_pool primary key (l7policy_id, pool_id),
    constraint fk_l7policy_pool_policy foreign key (l7policy_id, listener_id, load_balancer_id, vpc_id) references l7policy (id, listener_id, load_balancer_id, vpc_id) on delete restrict on update restrict,
    constraint fk_l7policy_pool_pool foreign key (pool_id) references pool (id) on delete restrict on update restrict,
    constraint fk_l7policy_pool_vpc foreign key (pool_id, vpc_id) references pool (id, effective_vpc_id) on delete restrict on update restrict
);
create index ix_l7policy_pool_pool on l7policy_pool (pool_id);
create index ix_l7policy_pool_listener on l7policy_pool (listener_id);
create index ix_l7policy_pool_load_balancer on l7policy_pool (load_balancer_id);

create table l7rule (
    id             uuid        not null,
    project_id     text        not null,
    l7policy_id    uuid        not null,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    admin_state_up boolean     not null,
    type           text        not null,
    compare_type   text        not null,
    value          text        not null,
    invert         boolean     not null,
    conditions     jsonb       not null,
    constraint pk_l7rule primary key (id),
    constraint fk_l7rule_policy foreign key (l7policy_id) references l7policy (id) on delete restrict on update restrict,
    constraint ck_l7rule_type check (type in ('HOST_NAME', 'PATH', 'METHOD', 'HEADER', 'QUERY_STRING', 'SOURCE_IP')),
    constraint ck_l7rule_compare_type check (compare_type in ('EQUAL_TO', 'STARTS_WITH', 'REGEX'))
);
create index ix_l7rule_policy on l7rule (l7policy_id, id);
create index ix_l7rule_project on l7rule (project_id, id);

-- One place that says what a policy's status is. What an earlier policy of the listener matches as well never reaches
-- it. Equal rules rank alike, so that of two such policies priority alone decides, and without priorities their age.
create view l7policy_status as
select p.id as l7policy_id,
       case
           when exists (
               select 1 from l7policy e
               where e.listener_id = p.listener_id
                 and e.rule_set = p.rule_set
                 and e.admin_state_up
                 and (coalesce(e.priority, 0), e.id) < (coalesce(p.priority, 0), p.id)) then 'ERROR'
           else 'ACTIVE'
       end as provisioning_status
from l7policy p;

-- Every way from a pool to a load balancer: because it was made for it, as a default pool, or through a policy.
create view pool_use as
select p.id as pool_id, null::uuid as listener_id, p.load_balancer_id
from pool p
where p.load_balancer_id is not null
union all
select l.default_pool_id, l.id, l.load_balancer_id
from listener l
where l.default_pool_id is not null
union all
select u.pool_id, u.listener_id, u.load_balancer_id
from l7policy_pool u;

create or replace view backend_path as
select m.project_id, m.address, m.server_id, m.id as member_id, m.pool_id, null::uuid as listener_id, p.load_balancer_id
from member m
join pool p on p.id = m.pool_id
where p.load_balancer_id is not null
union all
select m.project_id, m.address, m.server_id, m.id, m.pool_id, l.id, l.load_balancer_id
from member m
join listener l on l.default_pool_id = m.pool_id
union all
select m.project_id, m.address, m.server_id, m.id, m.pool_id, u.listener_id, u.load_balancer_id
from member m
join l7policy_pool u on u.pool_id = m.pool_id;
