-- Active/standby groups: one member serves, the other stands by. They are made whole and are a collection of their own.
alter table pool add column is_master_slave boolean not null default false;
alter table member
    add column role text,
    add constraint ck_member_role check (role in ('master', 'slave'));
create unique index uq_member_role on member (pool_id, role) where role is not null;
create index ix_pool_master_slave on pool (project_id, id) where is_master_slave;

-- Every way from a pool to a load balancer: because it was made for it, or as a default pool.
do $$ begin
    if to_regclass('pool_use') is null then
        create view pool_use as
        select p.id as pool_id, null::uuid as listener_id, p.load_balancer_id
        from pool p
        where p.load_balancer_id is not null
        union all
        select l.default_pool_id, l.id, l.load_balancer_id
        from listener l
        where l.default_pool_id is not null;
    end if;
end $$;
