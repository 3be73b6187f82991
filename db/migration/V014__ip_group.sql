create table ip_group (
    id                    uuid        not null,
    project_id            text        not null,
    created_at            timestamptz not null,
    updated_at            timestamptz not null,
    name                  text        not null,
    description           text        not null,
    -- [{ip, range, description}]: as answered, and first-last, which two spellings of the same addresses share.
    entries               jsonb       not null,
    enterprise_project_id text        not null,
    constraint pk_ip_group primary key (id),
    constraint uq_ip_group_project unique (project_id, id),
    constraint ck_ip_group_entries check (jsonb_array_length(entries) <= 300)
);

-- No listener could have one so far.
alter table listener
    drop column ipgroup,
    add column ipgroup_id uuid,
    add column ipgroup_enable boolean,
    add column ipgroup_type text,
    add constraint fk_listener_ip_group foreign key (project_id, ipgroup_id) references ip_group (project_id, id) on delete restrict on update restrict,
    add constraint ck_listener_ip_group check (num_nulls(ipgroup_id, ipgroup_enable, ipgroup_type) in (0, 3)),
    add constraint ck_listener_ip_group_type check (ipgroup_type in ('white', 'black'));
create index ix_listener_ip_group on listener (ipgroup_id);
