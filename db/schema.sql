-- Written from the catalogs by SchemaTests; change db/migration, not this file.

create table access_key (
    access_key text not null,
    project_id text not null,
    role text not null,
    description text not null,
    sealed_secret bytea not null,
    created_at timestamp with time zone not null,
    constraint ck_access_key_role CHECK ((role = ANY (ARRAY['READER'::text, 'OPERATOR'::text, 'ADMIN'::text]))),
    constraint fk_access_key_project FOREIGN KEY (project_id) REFERENCES project(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_access_key PRIMARY KEY (access_key)
);
CREATE INDEX ix_access_key_project ON public.access_key USING btree (project_id);

create table address_claim (
    project_id text not null,
    vpc_id text not null,
    address inet not null,
    subnet_id text not null,
    subnet_cidr cidr not null,
    server_id text,
    load_balancer_id uuid,
    constraint ck_address_claim_holder CHECK ((num_nonnulls(server_id, load_balancer_id) = 1)),
    constraint ck_address_claim_inside_subnet CHECK (((address << (subnet_cidr)::inet) AND (masklen(address) =
CASE family(address)
    WHEN 4 THEN 32
    ELSE 128
END))),
    constraint fk_address_claim_server FOREIGN KEY (project_id, server_id, vpc_id) REFERENCES server(project_id, id, vpc_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_address_claim_subnet FOREIGN KEY (project_id, subnet_id, vpc_id, subnet_cidr) REFERENCES subnet(project_id, id, vpc_id, cidr) ON UPDATE CASCADE ON DELETE RESTRICT,
    constraint pk_address_claim PRIMARY KEY (project_id, vpc_id, address),
    constraint uq_address_claim_load_balancer UNIQUE (project_id, vpc_id, address, load_balancer_id),
    constraint uq_address_claim_server UNIQUE (project_id, vpc_id, address, server_id)
);
CREATE INDEX ix_address_claim_load_balancer ON public.address_claim USING btree (load_balancer_id) WHERE (load_balancer_id IS NOT NULL);
CREATE INDEX ix_address_claim_server ON public.address_claim USING btree (project_id, server_id) WHERE (server_id IS NOT NULL);
CREATE INDEX ix_address_claim_subnet ON public.address_claim USING btree (project_id, subnet_id);

create table availability_zone (
    code text not null,
    created_at timestamp with time zone not null,
    constraint ck_availability_zone_code CHECK ((code ~ '^[A-Za-z0-9._-]{1,64}$'::text)),
    constraint pk_availability_zone PRIMARY KEY (code)
);

create table flavor (
    id text not null,
    name text not null,
    type text not null,
    category integer not null,
    info jsonb not null,
    constraint ck_flavor_type CHECK ((type = ANY (ARRAY['L4'::text, 'L7'::text, 'L4_elastic_max'::text, 'L7_elastic_max'::text]))),
    constraint pk_flavor PRIMARY KEY (id),
    constraint uq_flavor_name UNIQUE (name)
);

create table health_monitor (
    id uuid not null,
    project_id text not null,
    pool_id uuid not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    name text not null,
    admin_state_up boolean not null,
    type text not null,
    delay integer not null,
    timeout integer not null,
    max_retries integer not null,
    max_retries_down integer not null,
    monitor_port integer,
    domain_name text,
    url_path text,
    http_method text,
    expected_codes text,
    constraint ck_health_monitor_delay CHECK (((delay >= 1) AND (delay <= 50))),
    constraint ck_health_monitor_max_retries CHECK (((max_retries >= 1) AND (max_retries <= 10))),
    constraint ck_health_monitor_max_retries_down CHECK (((max_retries_down >= 1) AND (max_retries_down <= 10))),
    constraint ck_health_monitor_port CHECK (((monitor_port >= 1) AND (monitor_port <= 65535))),
    constraint ck_health_monitor_timeout CHECK (((timeout >= 1) AND (timeout <= 50))),
    constraint ck_health_monitor_type CHECK ((type = ANY (ARRAY['TCP'::text, 'UDP_CONNECT'::text, 'HTTP'::text, 'HTTPS'::text, 'GRPC'::text, 'TLS'::text]))),
    constraint fk_health_monitor_pool FOREIGN KEY (pool_id) REFERENCES pool(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_health_monitor PRIMARY KEY (id),
    constraint uq_health_monitor_pool UNIQUE (pool_id)
);
CREATE INDEX ix_health_monitor_project ON public.health_monitor USING btree (project_id, id);

create table incarnation (
    singleton boolean not null default true,
    id uuid not null default gen_random_uuid(),
    constraint ck_incarnation_singleton CHECK (singleton),
    constraint pk_incarnation PRIMARY KEY (singleton)
);

create table listener (
    id uuid not null,
    project_id text not null,
    load_balancer_id uuid not null,
    vpc_id text not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    name text not null,
    description text not null,
    admin_state_up boolean not null,
    protocol text not null,
    protocol_port integer not null,
    transport text not null generated always as (
CASE
    WHEN (protocol = ANY (ARRAY['UDP'::text, 'QUIC'::text])) THEN 'UDP'::text
    ELSE 'TCP'::text
END) stored,
    port_ranges jsonb not null,
    default_pool_id uuid,
    default_tls_container_ref text,
    client_ca_tls_container_ref text,
    sni_container_refs text[] not null,
    sni_match_algo text not null,
    tls_ciphers_policy text,
    security_policy_id text,
    http2_enable boolean not null,
    insert_headers jsonb not null,
    enable_member_retry boolean not null,
    keepalive_timeout integer,
    client_timeout integer,
    member_timeout integer,
    ipgroup jsonb,
    proxy_protocol_enable boolean not null,
    enhance_l7policy_enable boolean not null,
    quic_config jsonb,
    gzip_enable boolean not null,
    ssl_early_data_enable boolean not null,
    cps integer not null,
    connection integer not null,
    nat64_enable boolean not null,
    transparent_client_ip_enable boolean not null,
    protection_status text not null,
    protection_reason text not null,
    enterprise_project_id text not null,
    tags jsonb not null,
    constraint ck_listener_port CHECK (((protocol_port >= 0) AND (protocol_port <= 65535))),
    constraint ck_listener_protocol CHECK ((protocol = ANY (ARRAY['TCP'::text, 'UDP'::text, 'HTTP'::text, 'HTTPS'::text, 'TLS'::text, 'QUIC'::text]))),
    constraint fk_listener_default_pool FOREIGN KEY (default_pool_id) REFERENCES pool(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_listener_default_pool_vpc FOREIGN KEY (default_pool_id, vpc_id) REFERENCES pool(id, effective_vpc_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_listener_load_balancer FOREIGN KEY (load_balancer_id, vpc_id) REFERENCES load_balancer(id, vpc_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_listener PRIMARY KEY (id)
);
CREATE INDEX ix_listener_default_pool ON public.listener USING btree (default_pool_id);
CREATE INDEX ix_listener_load_balancer ON public.listener USING btree (load_balancer_id, id);
CREATE INDEX ix_listener_project ON public.listener USING btree (project_id, id);
CREATE UNIQUE INDEX uq_listener_port ON public.listener USING btree (load_balancer_id, transport, protocol_port) WHERE (protocol_port > 0);

create table load_balancer (
    id uuid not null,
    project_id text not null,
    generation bigint not null,
    changed_in xid8 not null default pg_current_xact_id(),
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    name text not null,
    description text not null,
    admin_state_up boolean not null,
    vpc_id text not null,
    vip_subnet_id text,
    vip_address inet,
    vip_port_id uuid,
    ipv6_vip_subnet_id text,
    ipv6_vip_address inet,
    ipv6_vip_port_id uuid,
    availability_zones text[] not null,
    l4_flavor_id text,
    l7_flavor_id text,
    backend_subnet_ids text[] not null,
    ip_target_enable boolean not null,
    deletion_protection_enable boolean not null,
    autoscaling jsonb,
    ipv6_bandwidth_id text,
    public_ips jsonb not null,
    charge_mode text,
    billing_info text,
    waf_failure_action text not null,
    protection_status text not null,
    protection_reason text not null,
    enterprise_project_id text not null,
    tags jsonb not null,
    constraint ck_load_balancer_availability_zones CHECK ((cardinality(availability_zones) > 0)),
    constraint ck_load_balancer_ipv6_vip CHECK ((num_nulls(ipv6_vip_subnet_id, ipv6_vip_address, ipv6_vip_port_id) = ANY (ARRAY[0, 3]))),
    constraint ck_load_balancer_vip CHECK ((num_nulls(vip_subnet_id, vip_address, vip_port_id) = ANY (ARRAY[0, 3]))),
    constraint fk_load_balancer_ipv6_vip FOREIGN KEY (project_id, vpc_id, ipv6_vip_address, id) REFERENCES address_claim(project_id, vpc_id, address, load_balancer_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_load_balancer_l4_flavor FOREIGN KEY (l4_flavor_id) REFERENCES flavor(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_load_balancer_l7_flavor FOREIGN KEY (l7_flavor_id) REFERENCES flavor(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_load_balancer_vip FOREIGN KEY (project_id, vpc_id, vip_address, id) REFERENCES address_claim(project_id, vpc_id, address, load_balancer_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_load_balancer_vpc FOREIGN KEY (project_id, vpc_id) REFERENCES vpc(project_id, id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_load_balancer PRIMARY KEY (id),
    constraint uq_load_balancer_vpc UNIQUE (id, vpc_id)
);
CREATE INDEX ix_load_balancer_changed_in ON public.load_balancer USING btree (changed_in);
CREATE INDEX ix_load_balancer_project ON public.load_balancer USING btree (project_id, id);
CREATE INDEX ix_load_balancer_vpc ON public.load_balancer USING btree (project_id, vpc_id);
CREATE TRIGGER tr_load_balancer_tombstone BEFORE DELETE ON public.load_balancer FOR EACH ROW EXECUTE FUNCTION leave_tombstone();

create table member (
    id uuid not null,
    project_id text not null,
    pool_id uuid not null,
    vpc_id text not null,
    server_id text not null,
    address inet not null,
    subnet_id text,
    os text,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    name text not null,
    protocol_port integer not null,
    weight integer not null,
    constraint ck_member_port CHECK (((protocol_port >= 0) AND (protocol_port <= 65535))),
    constraint ck_member_weight CHECK (((weight >= 0) AND (weight <= 100))),
    constraint fk_member_address FOREIGN KEY (project_id, vpc_id, address, server_id) REFERENCES address_claim(project_id, vpc_id, address, server_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_member_os FOREIGN KEY (pool_id, os) REFERENCES pool(id, os) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_member_pool FOREIGN KEY (pool_id) REFERENCES pool(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_member_vpc FOREIGN KEY (pool_id, vpc_id) REFERENCES pool(id, effective_vpc_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_member PRIMARY KEY (id),
    constraint uq_member_address UNIQUE (pool_id, address, protocol_port)
);
CREATE INDEX ix_member_address ON public.member USING btree (project_id, address);
CREATE INDEX ix_member_pool ON public.member USING btree (pool_id, id);
CREATE INDEX ix_member_project ON public.member USING btree (project_id, id);
CREATE INDEX ix_member_server ON public.member USING btree (project_id, server_id);

create table member_health (
    worker_id text not null,
    member_id uuid not null,
    pool_id uuid not null,
    is_online boolean not null,
    reason text,
    expected_response text,
    healthcheck_response text,
    since timestamp with time zone not null,
    constraint fk_member_health_member FOREIGN KEY (member_id) REFERENCES member(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint fk_member_health_worker FOREIGN KEY (worker_id) REFERENCES worker(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_member_health PRIMARY KEY (member_id, worker_id)
);
CREATE INDEX ix_member_health_offline ON public.member_health USING btree (pool_id) WHERE (NOT is_online);

create table pool (
    id uuid not null,
    project_id text not null,
    generation bigint not null,
    changed_in xid8 not null default pg_current_xact_id(),
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    load_balancer_id uuid,
    effective_vpc_id text,
    os text,
    member_count integer not null default 0,
    name text not null,
    description text not null,
    admin_state_up boolean not null,
    protocol text not null,
    algorithm text not null,
    vpc_id text,
    type text not null,
    ip_version text not null,
    session_persistence jsonb,
    slow_start jsonb,
    connection_drain jsonb,
    pool_health jsonb,
    az_affinity jsonb,
    quic_cid_hash_strategy jsonb,
    any_port_enable boolean not null,
    member_deletion_protection_enable boolean not null,
    protection_status text not null,
    protection_reason text not null,
    enterprise_project_id text not null,
    constraint ck_pool_algorithm CHECK ((algorithm = ANY (ARRAY['ROUND_ROBIN'::text, 'LEAST_CONNECTIONS'::text, 'SOURCE_IP'::text, 'QUIC_CID'::text]))),
    constraint ck_pool_load_balancer_vpc CHECK (((load_balancer_id IS NULL) OR (effective_vpc_id IS NOT NULL))),
    constraint ck_pool_member_count CHECK ((member_count >= 0)),
    constraint ck_pool_protocol CHECK ((protocol = ANY (ARRAY['TCP'::text, 'UDP'::text, 'TLS'::text, 'GRPC'::text, 'HTTP'::text, 'HTTPS'::text, 'QUIC'::text]))),
    constraint ck_pool_type CHECK ((type = ANY (ARRAY[''::text, 'instance'::text, 'ip'::text]))),
    constraint ck_pool_vpc CHECK (((vpc_id IS NULL) OR (vpc_id = effective_vpc_id))),
    constraint fk_pool_load_balancer FOREIGN KEY (load_balancer_id, effective_vpc_id) REFERENCES load_balancer(id, vpc_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_pool_project FOREIGN KEY (project_id) REFERENCES project(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_pool_vpc FOREIGN KEY (project_id, effective_vpc_id) REFERENCES vpc(project_id, id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_pool PRIMARY KEY (id),
    constraint uq_pool_os UNIQUE (id, os),
    constraint uq_pool_vpc UNIQUE (id, effective_vpc_id)
);
CREATE INDEX ix_pool_changed_in ON public.pool USING btree (changed_in);
CREATE INDEX ix_pool_load_balancer ON public.pool USING btree (load_balancer_id);
CREATE INDEX ix_pool_project ON public.pool USING btree (project_id, id);
CREATE INDEX ix_pool_vpc ON public.pool USING btree (project_id, effective_vpc_id);
CREATE TRIGGER tr_pool_tombstone BEFORE DELETE ON public.pool FOR EACH ROW EXECUTE FUNCTION leave_tombstone();

create table project (
    id text not null,
    name text not null,
    created_at timestamp with time zone not null,
    constraint ck_project_id CHECK ((id ~ '^[A-Za-z0-9_-]{1,64}$'::text)),
    constraint pk_project PRIMARY KEY (id)
);

create table sealing_key (
    id text not null,
    created_at timestamp with time zone not null,
    constraint pk_sealing_key PRIMARY KEY (id)
);

create table server (
    project_id text not null,
    id text not null,
    vpc_id text not null,
    name text not null,
    availability_zone text not null,
    os_type text not null,
    os_distribution text not null,
    os_version text not null,
    os text not null generated always as (((os_type || '/'::text) || os_distribution)) stored,
    status text not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    constraint ck_server_id CHECK ((id ~ '^[A-Za-z0-9._-]{1,64}$'::text)),
    constraint ck_server_os_type CHECK ((os_type = ANY (ARRAY['linux'::text, 'windows'::text]))),
    constraint ck_server_status CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'STOPPED'::text, 'REBOOT'::text]))),
    constraint fk_server_availability_zone FOREIGN KEY (availability_zone) REFERENCES availability_zone(code) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_server_vpc FOREIGN KEY (project_id, vpc_id) REFERENCES vpc(project_id, id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_server PRIMARY KEY (project_id, id),
    constraint uq_server_vpc UNIQUE (project_id, id, vpc_id)
);
CREATE INDEX ix_server_availability_zone ON public.server USING btree (availability_zone);
CREATE INDEX ix_server_not_active ON public.server USING btree (project_id, id) WHERE (status <> 'ACTIVE'::text);
CREATE INDEX ix_server_vpc ON public.server USING btree (project_id, vpc_id);

create table subnet (
    project_id text not null,
    id text not null,
    vpc_id text not null,
    vpc_cidr cidr not null,
    name text not null,
    cidr cidr not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    constraint ck_subnet_id CHECK ((id ~ '^[A-Za-z0-9._-]{1,64}$'::text)),
    constraint ck_subnet_inside_vpc CHECK (((cidr)::inet <<= (vpc_cidr)::inet)),
    constraint ex_subnet_cidr EXCLUDE USING gist (cidr inet_ops WITH &&),
    constraint fk_subnet_vpc FOREIGN KEY (project_id, vpc_id, vpc_cidr) REFERENCES vpc(project_id, id, cidr) ON UPDATE CASCADE ON DELETE RESTRICT,
    constraint pk_subnet PRIMARY KEY (project_id, id),
    constraint uq_subnet_cidr UNIQUE (project_id, id, vpc_id, cidr),
    constraint uq_subnet_vpc UNIQUE (project_id, id, vpc_id)
);
CREATE INDEX ix_subnet_vpc ON public.subnet USING btree (project_id, vpc_id);

create table token (
    id uuid not null,
    project_id text not null,
    role text not null,
    description text not null,
    digest bytea not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    constraint ck_token_role CHECK ((role = ANY (ARRAY['READER'::text, 'OPERATOR'::text, 'ADMIN'::text]))),
    constraint fk_token_project FOREIGN KEY (project_id) REFERENCES project(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_token PRIMARY KEY (id),
    constraint uq_token_digest UNIQUE (digest)
);
CREATE INDEX ix_token_project ON public.token USING btree (project_id);

create table tombstone (
    resource_kind text not null,
    resource_id uuid not null,
    generation bigint not null,
    changed_in xid8 not null default pg_current_xact_id(),
    deleted_at timestamp with time zone not null default now(),
    constraint ck_tombstone_kind CHECK ((resource_kind = ANY (ARRAY['LOAD_BALANCER'::text, 'POOL'::text]))),
    constraint pk_tombstone PRIMARY KEY (resource_kind, resource_id)
);
CREATE INDEX ix_tombstone_changed_in ON public.tombstone USING btree (changed_in);
CREATE INDEX ix_tombstone_deleted_at ON public.tombstone USING btree (deleted_at);

create table vpc (
    project_id text not null,
    id text not null,
    name text not null,
    cidr cidr not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    constraint ck_vpc_id CHECK ((id ~ '^[A-Za-z0-9._-]{1,64}$'::text)),
    constraint ex_vpc_cidr EXCLUDE USING gist (cidr inet_ops WITH &&),
    constraint fk_vpc_project FOREIGN KEY (project_id) REFERENCES project(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_vpc PRIMARY KEY (project_id, id),
    constraint uq_vpc_cidr UNIQUE (project_id, id, cidr)
);

create table worker (
    id text not null,
    availability_zone text,
    started_at timestamp with time zone not null,
    heartbeat_at timestamp with time zone not null,
    watermark text not null,
    constraint pk_worker PRIMARY KEY (id)
);

create table worker_rejection (
    worker_id text not null,
    resource_kind text not null,
    resource_id uuid not null,
    generation bigint not null,
    reason text not null,
    message text not null,
    since timestamp with time zone not null,
    constraint ck_worker_rejection_kind CHECK ((resource_kind = ANY (ARRAY['LOAD_BALANCER'::text, 'LISTENER'::text, 'POOL'::text]))),
    constraint fk_worker_rejection_worker FOREIGN KEY (worker_id) REFERENCES worker(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_worker_rejection PRIMARY KEY (worker_id, resource_kind, resource_id)
);
CREATE INDEX ix_worker_rejection_resource ON public.worker_rejection USING btree (resource_kind, resource_id);

create view backend_path as
 SELECT m.project_id,
    m.address,
    m.server_id,
    m.id AS member_id,
    m.pool_id,
    NULL::uuid AS listener_id,
    p.load_balancer_id
   FROM member m
     JOIN pool p ON p.id = m.pool_id
  WHERE p.load_balancer_id IS NOT NULL
UNION ALL
 SELECT m.project_id,
    m.address,
    m.server_id,
    m.id AS member_id,
    m.pool_id,
    l.id AS listener_id,
    l.load_balancer_id
   FROM member m
     JOIN listener l ON l.default_pool_id = m.pool_id;

create view member_status as
 SELECT m.id AS member_id,
    m.pool_id,
        CASE
            WHEN s.status <> 'ACTIVE'::text THEN 'OFFLINE'::text
            WHEN hm.id IS NULL OR NOT hm.admin_state_up THEN 'NO_MONITOR'::text
            WHEN (EXISTS ( SELECT 1
               FROM member_health h
              WHERE h.member_id = m.id AND h.is_online)) THEN 'ONLINE'::text
            ELSE 'OFFLINE'::text
        END AS operating_status,
    s.status AS server_status
   FROM member m
     JOIN server s ON s.project_id = m.project_id AND s.id = m.server_id
     LEFT JOIN health_monitor hm ON hm.pool_id = m.pool_id;

create view offline_member as
 SELECT h.pool_id,
    h.member_id,
    h.since
   FROM member_health h
     JOIN health_monitor hm ON hm.pool_id = h.pool_id AND hm.admin_state_up
  WHERE NOT h.is_online AND NOT (EXISTS ( SELECT 1
           FROM member_health o
          WHERE o.member_id = h.member_id AND o.is_online))
UNION
 SELECT m.pool_id,
    m.id AS member_id,
    s.updated_at AS since
   FROM server s
     JOIN member m ON m.project_id = s.project_id AND m.server_id = s.id
  WHERE s.status <> 'ACTIVE'::text;

CREATE OR REPLACE FUNCTION public.leave_tombstone()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
    insert into tombstone (resource_kind, resource_id, generation)
    values (upper(tg_table_name), old.id, old.generation + 1);
    return old;
end
$function$
;
