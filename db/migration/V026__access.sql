-- Connections that were refused, by why: the listener's IP group, its limit of connections, its limit of new ones a
-- second.
alter table traffic_10s
    add column refused_ip_group bigint not null default 0,
    add column refused_connection bigint not null default 0,
    add column refused_cps bigint not null default 0;
alter table traffic_5min
    add column refused_ip_group bigint not null default 0,
    add column refused_connection bigint not null default 0,
    add column refused_cps bigint not null default 0;

-- How many entries a group may have is the quota ipgroup_max_length, 300 unless an administrator says otherwise.
alter table ip_group
    drop constraint ck_ip_group_entries,
    add constraint ck_ip_group_entries check (jsonb_array_length(entries) <= 10000);
