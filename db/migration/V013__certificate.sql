-- Certificates with their private keys (sealed), custom security policies, and which listener uses which of them.
create table certificate (
    id                        text        not null,
    project_id                text        not null,
    enterprise_project_id     text        not null,
    created_at                timestamptz not null,
    updated_at                timestamptz not null,
    name                      text        not null,
    description               text        not null,
    admin_state_up            boolean     not null,
    type                      text        not null,
    -- As the client sent it: PEM, the leaf first.
    certificate               text        not null,
    -- Sealed under the key-encryption key, for the owner certificate/{id}.
    sealed_private_key        bytea,
    -- Names that SNI finds it by, separated by commas.
    domain                    text,
    scm_certificate_id        text,
    source                    text,
    protection_status         text        not null,
    protection_reason         text        not null,
    -- What the leaf says of itself.
    not_before                timestamptz not null,
    expire_time               timestamptz not null,
    common_name               text,
    fingerprint               text        not null,
    subject_alternative_names text[]      not null,
    constraint pk_certificate primary key (id),
    constraint fk_certificate_project foreign key (project_id) references project (id) on delete restrict on update restrict,
    constraint ck_certificate_id check (id ~ '^[0-9a-f]{32}$'),
    constraint ck_certificate_type check (type in ('SERVER', 'CLIENT')),
    constraint ck_certificate_private_key check ((type = 'SERVER') = (sealed_private_key is not null))
);
create index ix_certificate_project on certificate (project_id, id);
create index ix_certificate_expire_time on certificate (expire_time);

-- What a project decided about its certificates; without a row private keys are not echoed.
create table certificate_setting (
    project_id       text    not null,
    private_key_echo boolean not null,
    constraint pk_certificate_setting primary key (project_id),
    constraint fk_certificate_setting_project foreign key (project_id) references project (id) on delete cascade on update restrict
);

create table security_policy (
    id                    uuid        not null,
    project_id            text        not null,
    enterprise_project_id text        not null,
    created_at            timestamptz not null,
    updated_at            timestamptz not null,
    name                  text        not null,
    description           text        not null,
    protocols             text[]      not null,
    ciphers               text[]      not null,
    constraint pk_security_policy primary key (id),
    constraint fk_security_policy_project foreign key (project_id) references project (id) on delete restrict on update restrict,
    constraint ck_security_policy_protocols check (cardinality(protocols) > 0),
    constraint ck_security_policy_ciphers check (cardinality(ciphers) > 0)
);
create index ix_security_policy_project on security_policy (project_id, id);

-- Written with the listener's own row, of which it is the twin that can be referred to.
create table listener_certificate (
    listener_id    uuid not null,
    usage          text not null,
    certificate_id text not null,
    constraint pk_listener_certificate primary key (listener_id, usage, certificate_id),
    constraint fk_listener_certificate_listener foreign key (listener_id) references listener (id) on delete cascade on update restrict,
    constraint fk_listener_certificate_certificate foreign key (certificate_id) references certificate (id) on delete restrict on update restrict,
    constraint ck_listener_certificate_usage check (usage in ('SERVER', 'CLIENT_CA', 'SNI'))
);
create index ix_listener_certificate_certificate on listener_certificate (certificate_id);

alter table listener alter column security_policy_id type uuid using security_policy_id::uuid;
alter table listener
    add constraint fk_listener_security_policy foreign key (security_policy_id) references security_policy (id) on delete restrict on update restrict;
create index ix_listener_security_policy on listener (security_policy_id);
