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

create table audit_record (
    id uuid not null,
    project_id text not null,
    happened_at timestamp with time zone not null,
    request_id text,
    caller text not null,
    caller_role text,
    source_address text,
    operation text not null,
    action text not null,
    resource_kind text not null,
    resource_id text not null,
    generation bigint,
    difference jsonb not null,
    constraint ck_audit_record_action CHECK ((action = ANY (ARRAY['CREATE'::text, 'UPDATE'::text, 'DELETE'::text]))),
    constraint pk_audit_record PRIMARY KEY (happened_at, id)
) partition by RANGE (happened_at);
CREATE INDEX ix_audit_record_project ON ONLY public.audit_record USING btree (project_id, id);
CREATE INDEX ix_audit_record_request ON ONLY public.audit_record USING btree (request_id);
CREATE INDEX ix_audit_record_resource ON ONLY public.audit_record USING btree (project_id, resource_id, id);

create table availability_zone (
    code text not null,
    created_at timestamp with time zone not null,
    constraint ck_availability_zone_code CHECK ((code ~ '^[A-Za-z0-9._-]{1,64}$'::text)),
    constraint pk_availability_zone PRIMARY KEY (code)
);

create table certificate (
    id text not null,
    project_id text not null,
    enterprise_project_id text not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    name text not null,
    description text not null,
    admin_state_up boolean not null,
    type text not null,
    certificate text not null,
    sealed_private_key bytea,
    domain text,
    scm_certificate_id text,
    source text,
    protection_status text not null,
    protection_reason text not null,
    not_before timestamp with time zone not null,
    expire_time timestamp with time zone not null,
    common_name text,
    fingerprint text not null,
    subject_alternative_names text[] not null,
    constraint ck_certificate_id CHECK ((id ~ '^[0-9a-f]{32}$'::text)),
    constraint ck_certificate_private_key CHECK (((type = 'SERVER'::text) = (sealed_private_key IS NOT NULL))),
    constraint ck_certificate_type CHECK ((type = ANY (ARRAY['SERVER'::text, 'CLIENT'::text]))),
    constraint fk_certificate_project FOREIGN KEY (project_id) REFERENCES project(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_certificate PRIMARY KEY (id)
);
CREATE INDEX ix_certificate_expire_time ON public.certificate USING btree (expire_time);
CREATE INDEX ix_certificate_project ON public.certificate USING btree (project_id, id);

create table certificate_setting (
    project_id text not null,
    private_key_echo boolean not null,
    constraint fk_certificate_setting_project FOREIGN KEY (project_id) REFERENCES project(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_certificate_setting PRIMARY KEY (project_id)
);

create table console_session (
    digest bytea not null,
    token_id uuid not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    constraint pk_console_session PRIMARY KEY (digest)
);
CREATE INDEX ix_console_session_expires ON public.console_session USING btree (expires_at);

create table event (
    id uuid not null,
    project_id text not null,
    happened_at timestamp with time zone not null,
    kind text not null,
    resource_kind text not null,
    resource_id text not null,
    message text not null,
    details jsonb not null,
    recorded_in xid8 not null default pg_current_xact_id(),
    constraint ck_event_kind CHECK ((kind = ANY (ARRAY['MEMBER_ONLINE'::text, 'MEMBER_OFFLINE'::text, 'AZ_COVERED'::text, 'AZ_UNCOVERED'::text, 'REJECTED'::text, 'APPLIED'::text, 'CERTIFICATE_EXPIRES'::text, 'STAND_IN_BEGAN'::text, 'STAND_IN_ENDED'::text, 'WORKER_GONE'::text]))),
    constraint pk_event PRIMARY KEY (happened_at, id)
) partition by RANGE (happened_at);
CREATE INDEX ix_event_project ON ONLY public.event USING btree (project_id, id);
CREATE INDEX ix_event_project_recorded ON ONLY public.event USING btree (project_id, recorded_in, id);
CREATE INDEX ix_event_resource ON ONLY public.event USING btree (project_id, resource_id, id);

create table event_key (
    key text not null,
    happened_at timestamp with time zone not null,
    constraint pk_event_key PRIMARY KEY (key)
);
CREATE INDEX ix_event_key_happened_at ON public.event_key USING btree (happened_at);

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

create table health_check_job (
    id uuid not null,
    project_id text not null,
    member_id uuid not null,
    listener_id uuid not null,
    created_at timestamp with time zone not null default now(),
    claimed_by text,
    claimed_at timestamp with time zone,
    answered_at timestamp with time zone,
    is_passed boolean,
    reason text,
    expected_response text,
    received_response text,
    duration_millis bigint,
    constraint ck_health_check_job_answer CHECK ((num_nulls(answered_at, is_passed, duration_millis) = ANY (ARRAY[0, 3]))),
    constraint ck_health_check_job_claim CHECK ((num_nulls(claimed_by, claimed_at) = ANY (ARRAY[0, 2]))),
    constraint fk_health_check_job_member FOREIGN KEY (member_id) REFERENCES member(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_health_check_job PRIMARY KEY (id)
);
CREATE INDEX ix_health_check_job_created_at ON public.health_check_job USING btree (created_at);
CREATE INDEX ix_health_check_job_member ON public.health_check_job USING btree (member_id);
CREATE INDEX ix_health_check_job_open ON public.health_check_job USING btree (created_at) WHERE (claimed_at IS NULL);

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

create table idempotency_key (
    project_id text not null,
    key text not null,
    created_at timestamp with time zone not null,
    request_digest text not null,
    status integer,
    answer bytea,
    advanced text,
    constraint pk_idempotency_key PRIMARY KEY (project_id, key)
);
CREATE INDEX ix_idempotency_key_created ON public.idempotency_key USING btree (created_at);

create table incarnation (
    singleton boolean not null default true,
    id uuid not null default gen_random_uuid(),
    constraint ck_incarnation_singleton CHECK (singleton),
    constraint pk_incarnation PRIMARY KEY (singleton)
);

create table ip_group (
    id uuid not null,
    project_id text not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    name text not null,
    description text not null,
    entries jsonb not null,
    enterprise_project_id text not null,
    constraint ck_ip_group_entries CHECK ((jsonb_array_length(entries) <= 10000)),
    constraint pk_ip_group PRIMARY KEY (id),
    constraint uq_ip_group_project UNIQUE (project_id, id)
);

create table job (
    id uuid not null,
    project_id text not null,
    type text not null,
    status text not null,
    resource_id text not null,
    entities jsonb not null,
    begin_time timestamp with time zone not null,
    end_time timestamp with time zone not null,
    constraint ck_job_status CHECK ((status = 'SUCCESS'::text)),
    constraint fk_job_project FOREIGN KEY (project_id) REFERENCES project(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_job PRIMARY KEY (id)
);
CREATE INDEX ix_job_begin_time ON public.job USING btree (begin_time);
CREATE INDEX ix_job_project ON public.job USING btree (project_id, id);

create table l7policy (
    id uuid not null,
    project_id text not null,
    listener_id uuid not null,
    load_balancer_id uuid not null,
    vpc_id text not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    name text not null,
    description text not null,
    admin_state_up boolean not null,
    action text not null,
    priority integer,
    redirect_pool_id uuid,
    redirect_listener_id uuid,
    redirect_url_config jsonb,
    redirect_pools_config jsonb not null,
    redirect_pools_sticky_session_config jsonb,
    redirect_pools_extend_config jsonb,
    fixed_response_config jsonb,
    enterprise_project_id text not null,
    rule_set text,
    stickiness_key bytea not null default (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
    constraint ck_l7policy_action CHECK ((action = ANY (ARRAY['REDIRECT_TO_POOL'::text, 'REDIRECT_TO_LISTENER'::text, 'REDIRECT_TO_URL'::text, 'FIXED_RESPONSE'::text]))),
    constraint ck_l7policy_priority CHECK (((priority >= 0) AND (priority <= 10000))),
    constraint fk_l7policy_listener FOREIGN KEY (listener_id, load_balancer_id, vpc_id) REFERENCES listener(id, load_balancer_id, vpc_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_l7policy_redirect_listener FOREIGN KEY (redirect_listener_id, load_balancer_id, vpc_id) REFERENCES listener(id, load_balancer_id, vpc_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_l7policy PRIMARY KEY (id),
    constraint uq_l7policy_place UNIQUE (id, listener_id, load_balancer_id, vpc_id),
    constraint uq_l7policy_priority UNIQUE (listener_id, priority) DEFERRABLE
);
CREATE INDEX ix_l7policy_listener ON public.l7policy USING btree (listener_id, rule_set);
CREATE INDEX ix_l7policy_load_balancer ON public.l7policy USING btree (load_balancer_id);
CREATE INDEX ix_l7policy_project ON public.l7policy USING btree (project_id, id);
CREATE INDEX ix_l7policy_redirect_listener ON public.l7policy USING btree (redirect_listener_id);

create table l7policy_pool (
    l7policy_id uuid not null,
    pool_id uuid not null,
    listener_id uuid not null,
    load_balancer_id uuid not null,
    vpc_id text not null,
    constraint fk_l7policy_pool_policy FOREIGN KEY (l7policy_id, listener_id, load_balancer_id, vpc_id) REFERENCES l7policy(id, listener_id, load_balancer_id, vpc_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_l7policy_pool_pool FOREIGN KEY (pool_id) REFERENCES pool(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_l7policy_pool_vpc FOREIGN KEY (pool_id, vpc_id) REFERENCES pool(id, effective_vpc_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_l7policy_pool PRIMARY KEY (l7policy_id, pool_id)
);
CREATE INDEX ix_l7policy_pool_listener ON public.l7policy_pool USING btree (listener_id);
CREATE INDEX ix_l7policy_pool_load_balancer ON public.l7policy_pool USING btree (load_balancer_id);
CREATE INDEX ix_l7policy_pool_pool ON public.l7policy_pool USING btree (pool_id);

create table l7rule (
    id uuid not null,
    project_id text not null,
    l7policy_id uuid not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    admin_state_up boolean not null,
    type text not null,
    compare_type text not null,
    value text not null,
    invert boolean not null,
    conditions jsonb not null,
    constraint ck_l7rule_compare_type CHECK ((compare_type = ANY (ARRAY['EQUAL_TO'::text, 'STARTS_WITH'::text, 'REGEX'::text]))),
    constraint ck_l7rule_type CHECK ((type = ANY (ARRAY['HOST_NAME'::text, 'PATH'::text, 'METHOD'::text, 'HEADER'::text, 'QUERY_STRING'::text, 'SOURCE_IP'::text]))),
    constraint fk_l7rule_policy FOREIGN KEY (l7policy_id) REFERENCES l7policy(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_l7rule PRIMARY KEY (id)
);
CREATE INDEX ix_l7rule_policy ON public.l7rule USING btree (l7policy_id, id);
CREATE INDEX ix_l7rule_project ON public.l7rule USING btree (project_id, id);

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
    security_policy_id uuid,
    http2_enable boolean not null,
    insert_headers jsonb not null,
    enable_member_retry boolean not null,
    keepalive_timeout integer,
    client_timeout integer,
    member_timeout integer,
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
    ipgroup_id uuid,
    ipgroup_enable boolean,
    ipgroup_type text,
    constraint ck_listener_ip_group CHECK ((num_nulls(ipgroup_id, ipgroup_enable, ipgroup_type) = ANY (ARRAY[0, 3]))),
    constraint ck_listener_ip_group_type CHECK ((ipgroup_type = ANY (ARRAY['white'::text, 'black'::text]))),
    constraint ck_listener_port CHECK (((protocol_port >= 0) AND (protocol_port <= 65535))),
    constraint ck_listener_protocol CHECK ((protocol = ANY (ARRAY['TCP'::text, 'UDP'::text, 'HTTP'::text, 'HTTPS'::text, 'TLS'::text, 'QUIC'::text]))),
    constraint fk_listener_default_pool FOREIGN KEY (default_pool_id) REFERENCES pool(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_listener_default_pool_vpc FOREIGN KEY (default_pool_id, vpc_id) REFERENCES pool(id, effective_vpc_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_listener_ip_group FOREIGN KEY (project_id, ipgroup_id) REFERENCES ip_group(project_id, id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_listener_load_balancer FOREIGN KEY (load_balancer_id, vpc_id) REFERENCES load_balancer(id, vpc_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_listener_security_policy FOREIGN KEY (security_policy_id) REFERENCES security_policy(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_listener PRIMARY KEY (id),
    constraint uq_listener_place UNIQUE (id, load_balancer_id, vpc_id)
);
CREATE INDEX ix_listener_default_pool ON public.listener USING btree (default_pool_id);
CREATE INDEX ix_listener_ip_group ON public.listener USING btree (ipgroup_id);
CREATE INDEX ix_listener_load_balancer ON public.listener USING btree (load_balancer_id, id) INCLUDE (default_pool_id);
CREATE INDEX ix_listener_project ON public.listener USING btree (project_id, id);
CREATE INDEX ix_listener_security_policy ON public.listener USING btree (security_policy_id);
CREATE UNIQUE INDEX uq_listener_port ON public.listener USING btree (load_balancer_id, transport, protocol_port) WHERE (protocol_port > 0);

create table listener_certificate (
    listener_id uuid not null,
    usage text not null,
    certificate_id text not null,
    constraint ck_listener_certificate_usage CHECK ((usage = ANY (ARRAY['SERVER'::text, 'CLIENT_CA'::text, 'SNI'::text]))),
    constraint fk_listener_certificate_certificate FOREIGN KEY (certificate_id) REFERENCES certificate(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint fk_listener_certificate_listener FOREIGN KEY (listener_id) REFERENCES listener(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_listener_certificate PRIMARY KEY (listener_id, usage, certificate_id)
);
CREATE INDEX ix_listener_certificate_certificate ON public.listener_certificate USING btree (certificate_id);

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

create table logtank (
    id uuid not null,
    project_id text not null,
    load_balancer_id uuid not null,
    created_at timestamp with time zone not null,
    log_group_id text not null,
    log_topic_id text not null,
    constraint fk_logtank_load_balancer FOREIGN KEY (load_balancer_id) REFERENCES load_balancer(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_logtank PRIMARY KEY (id),
    constraint uq_logtank_load_balancer UNIQUE (load_balancer_id)
);
CREATE INDEX ix_logtank_project ON public.logtank USING btree (project_id, id);

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
    role text,
    constraint ck_member_port CHECK (((protocol_port >= 0) AND (protocol_port <= 65535))),
    constraint ck_member_role CHECK ((role = ANY (ARRAY['master'::text, 'slave'::text]))),
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
CREATE UNIQUE INDEX uq_member_role ON public.member USING btree (pool_id, role) WHERE (role IS NOT NULL);

create table member_drain (
    worker_id text not null,
    member_id uuid not null,
    pool_id uuid not null,
    since timestamp with time zone not null,
    until timestamp with time zone not null,
    constraint fk_member_drain_member FOREIGN KEY (member_id) REFERENCES member(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint fk_member_drain_worker FOREIGN KEY (worker_id) REFERENCES worker(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_member_drain PRIMARY KEY (member_id, worker_id)
);
CREATE INDEX ix_member_drain_pool ON public.member_drain USING btree (worker_id, pool_id);

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

create table member_verdict (
    member_id uuid not null,
    is_online boolean,
    changes bigint not null default 0,
    since timestamp with time zone not null,
    constraint fk_member_verdict_member FOREIGN KEY (member_id) REFERENCES member(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_member_verdict PRIMARY KEY (member_id)
);

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
    is_master_slave boolean not null default false,
    stickiness_key bytea not null default (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
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
CREATE INDEX ix_pool_load_balancer ON public.pool USING btree (load_balancer_id, id);
CREATE INDEX ix_pool_master_slave ON public.pool USING btree (project_id, id) WHERE is_master_slave;
CREATE INDEX ix_pool_project ON public.pool USING btree (project_id, id);
CREATE INDEX ix_pool_vpc ON public.pool USING btree (project_id, effective_vpc_id);
CREATE TRIGGER tr_pool_tombstone BEFORE DELETE ON public.pool FOR EACH ROW EXECUTE FUNCTION leave_tombstone();

create table pool_stand_in (
    worker_id text not null,
    pool_id uuid not null,
    why text not null,
    since timestamp with time zone not null,
    constraint ck_pool_stand_in_why CHECK ((why = ANY (ARRAY['FAIL_OPEN'::text, 'ZONE_FALLBACK'::text, 'STANDBY'::text]))),
    constraint fk_pool_stand_in_pool FOREIGN KEY (pool_id) REFERENCES pool(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint fk_pool_stand_in_worker FOREIGN KEY (worker_id) REFERENCES worker(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_pool_stand_in PRIMARY KEY (pool_id, worker_id)
);
CREATE INDEX ix_pool_stand_in_worker ON public.pool_stand_in USING btree (worker_id);

create table pool_zone_coverage (
    pool_id uuid not null,
    availability_zone text not null,
    is_covered boolean,
    changes bigint not null default 0,
    since timestamp with time zone not null,
    constraint fk_pool_zone_coverage_pool FOREIGN KEY (pool_id) REFERENCES pool(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_pool_zone_coverage PRIMARY KEY (pool_id, availability_zone)
);
CREATE INDEX ix_pool_zone_coverage_uncovered ON public.pool_zone_coverage USING btree (since) WHERE (NOT is_covered);

create table project (
    id text not null,
    name text not null,
    created_at timestamp with time zone not null,
    constraint ck_project_id CHECK ((id ~ '^[A-Za-z0-9_-]{1,64}$'::text)),
    constraint pk_project PRIMARY KEY (id)
);

create table quota (
    project_id text not null,
    quota_key text not null,
    quota_limit integer not null,
    constraint ck_quota_limit CHECK ((quota_limit >= '-1'::integer)),
    constraint fk_quota_project FOREIGN KEY (project_id) REFERENCES project(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_quota PRIMARY KEY (project_id, quota_key)
);

create table quota_counter (
    project_id text not null,
    quota_key text not null,
    used bigint not null,
    constraint fk_quota_counter_project FOREIGN KEY (project_id) REFERENCES project(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_quota_counter PRIMARY KEY (project_id, quota_key)
);

create table rejection_verdict (
    resource_kind text not null,
    resource_id uuid not null,
    is_rejected boolean not null,
    changes bigint not null default 0,
    since timestamp with time zone not null,
    constraint pk_rejection_verdict PRIMARY KEY (resource_kind, resource_id)
);

create table sealing_key (
    id text not null,
    created_at timestamp with time zone not null,
    constraint pk_sealing_key PRIMARY KEY (id)
);

create table security_policy (
    id uuid not null,
    project_id text not null,
    enterprise_project_id text not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    name text not null,
    description text not null,
    protocols text[] not null,
    ciphers text[] not null,
    constraint ck_security_policy_ciphers CHECK ((cardinality(ciphers) > 0)),
    constraint ck_security_policy_protocols CHECK ((cardinality(protocols) > 0)),
    constraint fk_security_policy_project FOREIGN KEY (project_id) REFERENCES project(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
    constraint pk_security_policy PRIMARY KEY (id)
);
CREATE INDEX ix_security_policy_project ON public.security_policy USING btree (project_id, id);

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
CREATE INDEX ix_server_not_active ON public.server USING btree (project_id, vpc_id) WHERE (status <> 'ACTIVE'::text);
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

create table traffic_10s (
    bucket timestamp with time zone not null,
    worker_id text not null,
    taken_at timestamp with time zone not null,
    load_balancer_id uuid not null,
    listener_id uuid not null,
    pool_id uuid,
    member_id uuid,
    accepted bigint not null,
    open bigint not null,
    picked bigint not null,
    active bigint not null,
    responses_1xx bigint not null,
    responses_2xx bigint not null,
    responses_3xx bigint not null,
    responses_4xx bigint not null,
    responses_5xx bigint not null,
    response_micros bigint not null,
    bytes_in bigint not null,
    bytes_out bigint not null,
    connect_failures bigint not null,
    retries bigint not null,
    failures bigint not null,
    dropped bigint not null,
    time_micros bigint[] not null,
    time_counts bigint[] not null,
    refused_ip_group bigint not null default 0,
    refused_connection bigint not null default 0,
    refused_cps bigint not null default 0,
    stuck bigint not null default 0,
    connected bigint not null default 0,
    configured bigint not null default 0,
    expected bigint not null default 0,
    away bigint not null default 0,
    client_sketch smallint[] not null default '{}'::smallint[],
    session_sketch smallint[] not null default '{}'::smallint[],
    constraint ck_traffic_10s_sketch CHECK (((cardinality(client_sketch) <= 256) AND (cardinality(session_sketch) <= 256))),
    constraint ck_traffic_10s_times CHECK ((cardinality(time_micros) = cardinality(time_counts))),
    constraint uq_traffic_10s_reading UNIQUE NULLS NOT DISTINCT (bucket, worker_id, taken_at, listener_id, pool_id, member_id)
) partition by RANGE (bucket);
CREATE INDEX ix_traffic_10s_pool ON ONLY public.traffic_10s USING btree (pool_id, bucket);

create table traffic_5min (
    bucket timestamp with time zone not null,
    worker_id text not null,
    load_balancer_id uuid not null,
    listener_id uuid not null,
    pool_id uuid,
    member_id uuid,
    accepted bigint not null,
    open bigint not null,
    picked bigint not null,
    active bigint not null,
    responses_1xx bigint not null,
    responses_2xx bigint not null,
    responses_3xx bigint not null,
    responses_4xx bigint not null,
    responses_5xx bigint not null,
    response_micros bigint not null,
    bytes_in bigint not null,
    bytes_out bigint not null,
    connect_failures bigint not null,
    retries bigint not null,
    failures bigint not null,
    dropped bigint not null,
    time_micros bigint[] not null,
    time_counts bigint[] not null,
    refused_ip_group bigint not null default 0,
    refused_connection bigint not null default 0,
    refused_cps bigint not null default 0,
    stuck bigint not null default 0,
    connected bigint not null default 0,
    configured bigint not null default 0,
    expected bigint not null default 0,
    away bigint not null default 0,
    client_sketch smallint[] not null default '{}'::smallint[],
    session_sketch smallint[] not null default '{}'::smallint[],
    constraint ck_traffic_5min_sketch CHECK (((cardinality(client_sketch) <= 256) AND (cardinality(session_sketch) <= 256))),
    constraint ck_traffic_5min_times CHECK ((cardinality(time_micros) = cardinality(time_counts))),
    constraint uq_traffic_5min_bucket UNIQUE NULLS NOT DISTINCT (bucket, worker_id, listener_id, pool_id, member_id)
) partition by RANGE (bucket);
CREATE INDEX ix_traffic_5min_pool ON ONLY public.traffic_5min USING btree (pool_id, bucket);

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
    replicas_per_zone integer,
    constraint ck_worker_replicas_per_zone CHECK ((replicas_per_zone > 0)),
    constraint pk_worker PRIMARY KEY (id)
);

create table worker_receipt (
    worker_id text not null,
    resource_kind text not null,
    resource_id uuid not null,
    generation_applied bigint not null,
    applied_at timestamp with time zone not null,
    generation_serving bigint,
    serving_since timestamp with time zone,
    trouble text,
    constraint ck_worker_receipt_kind CHECK ((resource_kind = ANY (ARRAY['LOAD_BALANCER'::text, 'POOL'::text]))),
    constraint ck_worker_receipt_serving CHECK ((num_nulls(generation_serving, serving_since) = ANY (ARRAY[0, 2]))),
    constraint fk_worker_receipt_worker FOREIGN KEY (worker_id) REFERENCES worker(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_worker_receipt PRIMARY KEY (resource_id, worker_id)
);
CREATE INDEX ix_worker_receipt_worker ON public.worker_receipt USING btree (worker_id);

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

create table zone_coverage (
    load_balancer_id uuid not null,
    availability_zone text not null,
    is_covered boolean,
    changes bigint not null default 0,
    since timestamp with time zone not null,
    constraint fk_zone_coverage_load_balancer FOREIGN KEY (load_balancer_id) REFERENCES load_balancer(id) ON UPDATE RESTRICT ON DELETE CASCADE,
    constraint pk_zone_coverage PRIMARY KEY (load_balancer_id, availability_zone)
);
CREATE INDEX ix_zone_coverage_uncovered ON public.zone_coverage USING btree (since) WHERE (NOT is_covered);

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
     JOIN listener l ON l.default_pool_id = m.pool_id
UNION ALL
 SELECT m.project_id,
    m.address,
    m.server_id,
    m.id AS member_id,
    m.pool_id,
    u.listener_id,
    u.load_balancer_id
   FROM member m
     JOIN l7policy_pool u ON u.pool_id = m.pool_id;

create view failing_member as
 SELECT h.pool_id,
    h.member_id,
    h.since
   FROM member_health h
     JOIN health_monitor hm ON hm.pool_id = h.pool_id AND hm.admin_state_up
  WHERE NOT h.is_online AND NOT (EXISTS ( SELECT 1
           FROM member_health o
          WHERE o.member_id = h.member_id AND o.is_online));

create view l7policy_status as
 SELECT id AS l7policy_id,
        CASE
            WHEN (EXISTS ( SELECT 1
               FROM l7policy e
              WHERE e.listener_id = p.listener_id AND e.rule_set = p.rule_set AND e.admin_state_up AND ((ROW(COALESCE(e.priority, 0), e.id) < ROW(COALESCE(p.priority, 0), p.id))))) THEN 'ERROR'::text
            ELSE 'ACTIVE'::text
        END AS provisioning_status
   FROM l7policy p;

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

create view pool_use as
 SELECT p.id AS pool_id,
    NULL::uuid AS listener_id,
    p.load_balancer_id
   FROM pool p
  WHERE p.load_balancer_id IS NOT NULL
UNION ALL
 SELECT l.default_pool_id AS pool_id,
    l.id AS listener_id,
    l.load_balancer_id
   FROM listener l
  WHERE l.default_pool_id IS NOT NULL
UNION ALL
 SELECT u.pool_id,
    u.listener_id,
    u.load_balancer_id
   FROM l7policy_pool u;

create view stopped_member as
 SELECT m.pool_id,
    m.id AS member_id,
    s.updated_at AS since,
    s.project_id,
    s.vpc_id
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
