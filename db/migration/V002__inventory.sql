-- The cloud as we know it. Ids are the caller's, unique within the project.
create table availability_zone (
    code       text        not null,
    created_at timestamptz not null,
    constraint pk_availability_zone primary key (code),
    constraint ck_availability_zone_code check (code ~ '^[A-Za-z0-9._-]{1,64}$')
);

create table vpc (
    project_id text        not null,
    id         text        not null,
    name       text        not null,
    cidr       cidr        not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_vpc primary key (project_id, id),
    constraint fk_vpc_project foreign key (project_id) references project (id) on delete restrict on update restrict,
    constraint ck_vpc_id check (id ~ '^[A-Za-z0-9._-]{1,64}$'),
    constraint uq_vpc_cidr unique (project_id, id, cidr),
    -- A worker lives in one network, so ranges may not overlap anywhere in the installation.
    constraint ex_vpc_cidr exclude using gist (cidr inet_ops with &&)
);

create table subnet (
    project_id text        not null,
    id         text        not null,
    vpc_id     text        not null,
    vpc_cidr   cidr        not null,
    name       text        not null,
    cidr       cidr        not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_subnet primary key (project_id, id),
    constraint uq_subnet_vpc unique (project_id, id, vpc_id),
    constraint uq_subnet_cidr unique (project_id, id, vpc_id, cidr),
    constraint fk_subnet_vpc foreign key (project_id, vpc_id, vpc_cidr) references vpc (project_id, id, cidr) on delete restrict on update cascade,
    constraint ck_subnet_id check (id ~ '^[A-Za-z0-9._-]{1,64}$'),
    constraint ck_subnet_inside_vpc check (cidr <<= vpc_cidr),
    constraint ex_subnet_cidr exclude using gist (cidr inet_ops with &&)
);
create index ix_subnet_vpc on subnet (project_id, vpc_id);

create table server (
    project_id        text        not null,
    id                text        not null,
    vpc_id            text        not null,
    name              text        not null,
    availability_zone text        not null,
    os_type           text        not null,
    os_distribution   text        not null,
    os_version        text        not null,
    -- What the same-OS rule compares; versions may differ within a group.
    os                text        not null generated always as (os_type || '/' || os_distribution) stored,
    status            text        not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    constraint pk_server primary key (project_id, id),
    constraint uq_server_vpc unique (project_id, id, vpc_id),
    constraint fk_server_vpc foreign key (project_id, vpc_id) references vpc (project_id, id) on delete restrict on update restrict,
    constraint fk_server_availability_zone foreign key (availability_zone) references availability_zone (code) on delete restrict on update restrict,
    constraint ck_server_id check (id ~ '^[A-Za-z0-9._-]{1,64}$'),
    constraint ck_server_os_type check (os_type in ('linux', 'windows')),
    constraint ck_server_status check (status in ('ACTIVE', 'STOPPED', 'REBOOT'))
);
create index ix_server_vpc on server (project_id, vpc_id);
create index ix_server_availability_zone on server (availability_zone);

-- Who holds which address of a VPC: a server or a load balancer's VIP, never both.
create table address_claim (
    project_id       text not null,
    vpc_id           text not null,
    address          inet not null,
    subnet_id        text not null,
    subnet_cidr      cidr not null,
    server_id        text,
    load_balancer_id uuid,
    constraint pk_address_claim primary key (project_id, vpc_id, address),
    constraint uq_address_claim_server unique (project_id, vpc_id, address, server_id),
    constraint uq_address_claim_load_balancer unique (project_id, vpc_id, address, load_balancer_id),
    constraint fk_address_claim_subnet foreign key (project_id, subnet_id, vpc_id, subnet_cidr) references subnet (project_id, id, vpc_id, cidr) on delete restrict on update cascade,
    constraint fk_address_claim_server foreign key (project_id, server_id, vpc_id) references server (project_id, id, vpc_id) on delete restrict on update restrict,
    constraint ck_address_claim_inside_subnet check (address << subnet_cidr and masklen(address) = case family(address) when 4 then 32 else 128 end),
    constraint ck_address_claim_holder check (num_nonnulls(server_id, load_balancer_id) = 1)
);
create index ix_address_claim_subnet on address_claim (project_id, subnet_id);
create index ix_address_claim_server on address_claim (project_id, server_id) where server_id is not null;
create index ix_address_claim_load_balancer on address_claim (load_balancer_id) where load_balancer_id is not null;
