create table pool (
    id                                uuid        not null,
    project_id                        text        not null,
    generation                        bigint      not null,
    changed_in                        xid8        not null default pg_current_xact_id(),
    created_at                        timestamptz not null,
    updated_at                        timestamptz not null,
    load_balancer_id                  uuid,
    -- The VPC of its members: set at creation, or for a group of type ip at its first binding.
    effective_vpc_id                  text,
    -- What all members run (type/distribution): set by the first, freed by the last.
    os                                text,
    member_count                      integer     not null default 0,
    name                              text        not null,
    description                       text        not null,
    admin_state_up                    boolean     not null,
    protocol                          text        not null,
    algorithm                         text        not null,
    vpc_id                            text,
    type                              text        not null,
    ip_version                        text        not null,
    session_persistence               jsonb,
    slow_start                        jsonb,
    connection_drain                  jsonb,
    pool_health                       jsonb,
    az_affinity                       jsonb,
    quic_cid_hash_strategy            jsonb,
    any_port_enable                   boolean     not null,
    member_deletion_protection_enable boolean     not null,
    protection_status                 text        not null,
    protection_reason                 text        not null,
    enterprise_project_id             text        not null,
    constraint pk_pool primary key (id),
    constraint uq_pool_vpc unique (id, effective_vpc_id),
    constraint uq_pool_os unique (id, os),
    constraint fk_pool_project foreign key (project_id) references project (id) on delete restrict on update restrict,
    constraint fk_pool_vpc foreign key (project_id, effective_vpc_id) references vpc (project_id, id) on delete restrict on update restrict,
    constraint fk_pool_load_balancer foreign key (load_balancer_id, effective_vpc_id) references load_balancer (id, vpc_id) on delete restrict on update restrict,
    constraint ck_pool_load_balancer_vpc check (load_balancer_id is null or effective_vpc_id is not null),
    constraint ck_pool_vpc check (vpc_id is null or vpc_id = effective_vpc_id),
    constraint ck_pool_member_count check (member_count >= 0),
    constraint ck_pool_protocol check (protocol in ('TCP', 'UDP', 'TLS', 'GRPC', 'HTTP', 'HTTPS', 'QUIC')),
    constraint ck_pool_algorithm check (algorithm in ('ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP', 'QUIC_CID')),
    constraint ck_pool_type check (type in ('', 'instance', 'ip'))
);
create index ix_pool_project on pool (project_id, id);
create index ix_pool_vpc on pool (project_id, effective_vpc_id);
create index ix_pool_load_balancer on pool (load_balancer_id);
create index ix_pool_changed_in on pool (changed_in);
