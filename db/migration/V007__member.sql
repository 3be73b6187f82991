-- A backend server in a group. The composite keys hold the same-VPC and same-OS rules whatever the interleaving.
create table member (
    id            uuid        not null,
    project_id    text        not null,
    pool_id       uuid        not null,
    vpc_id        text        not null,
    server_id     text        not null,
    address       inet        not null,
    -- Null for an IP member, which names no subnet.
    subnet_id     text,
    -- The OS under which it joined; null while the same-OS rule is not enforced.
    os            text,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    name          text        not null,
    protocol_port integer     not null,
    weight        integer     not null,
    constraint pk_member primary key (id),
    constraint uq_member_address unique (pool_id, address, protocol_port),
    constraint fk_member_pool foreign key (pool_id) references pool (id) on delete restrict on update restrict,
    constraint fk_member_vpc foreign key (pool_id, vpc_id) references pool (id, effective_vpc_id) on delete restrict on update restrict,
    constraint fk_member_os foreign key (pool_id, os) references pool (id, os) on delete restrict on update restrict,
    constraint fk_member_address foreign key (project_id, vpc_id, address, server_id) references address_claim (project_id, vpc_id, address, server_id) on delete restrict on update restrict,
    constraint ck_member_port check (protocol_port between 0 and 65535),
    constraint ck_member_weight check (weight between 0 and 100)
);
create index ix_member_pool on member (pool_id, id);
create index ix_member_project on member (project_id, id);
create index ix_member_address on member (project_id, address);
create index ix_member_server on member (project_id, server_id);
