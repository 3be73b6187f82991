-- Deletion is a fact too: what was deleted, so that a late push brings nothing back.
create table tombstone (
    resource_kind text        not null,
    resource_id   uuid        not null,
    generation    bigint      not null,
    changed_in    xid8        not null default pg_current_xact_id(),
    deleted_at    timestamptz not null default now(),
    constraint pk_tombstone primary key (resource_kind, resource_id),
    constraint ck_tombstone_kind check (resource_kind in ('LOAD_BALANCER', 'POOL'))
);
create index ix_tombstone_changed_in on tombstone (changed_in);
create index ix_tombstone_deleted_at on tombstone (deleted_at);

create function leave_tombstone() returns trigger language plpgsql as $$
begin
    insert into tombstone (resource_kind, resource_id, generation)
    values (upper(tg_table_name), old.id, old.generation + 1);
    return old;
end
$$;

create trigger tr_load_balancer_tombstone before delete on load_balancer for each row execute function leave_tombstone();
create trigger tr_pool_tombstone before delete on pool for each row execute function leave_tombstone();

-- Renewed by the documented restore step: after it generations may repeat, so workers start a new epoch.
create table incarnation (
    singleton boolean not null default true,
    id        uuid    not null default gen_random_uuid(),
    constraint pk_incarnation primary key (singleton),
    constraint ck_incarnation_singleton check (singleton)
);
insert into incarnation default values;
