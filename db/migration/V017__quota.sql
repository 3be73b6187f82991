-- Limits that an administrator set; without a row the default holds. -1 is unlimited.
create table quota (
    project_id  text    not null,
    quota_key   text    not null,
    quota_limit integer not null,
    constraint pk_quota primary key (project_id, quota_key),
    constraint fk_quota_project foreign key (project_id) references project (id) on delete cascade on update restrict,
    constraint ck_quota_limit check (quota_limit >= -1)
);

-- How many resources of a kind a project has. The last rows that a write locks, by key.
create table quota_counter (
    project_id text   not null,
    quota_key  text   not null,
    used       bigint not null,
    constraint pk_quota_counter primary key (project_id, quota_key),
    constraint fk_quota_counter_project foreign key (project_id) references project (id) on delete cascade on update restrict
);

insert into quota_counter (project_id, quota_key, used)
select project_id, 'loadbalancer', count(*) from load_balancer group by project_id
union all
select project_id, 'listener', count(*) from listener group by project_id
union all
select project_id, 'pool', count(*) from pool group by project_id
union all
select project_id, 'member', count(*) from member group by project_id
union all
select project_id, 'healthmonitor', count(*) from health_monitor group by project_id;
