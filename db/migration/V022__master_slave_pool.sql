-- Active/standby groups: one member serves, the other stands by. They are made whole and are a collection of their own.
alter table pool add column is_master_slave boolean not null default false;
alter table member
    add column role text,
    add constraint ck_member_role check (role in ('master', 'slave'));
create unique index uq_member_role on member (pool_id, role) where role is not null;
create index ix_pool_master_slave on pool (project_id, id) where is_master_slave;
