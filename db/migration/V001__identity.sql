-- Who calls: projects, their access keys and tokens.
create table project (
    id         text        not null,
    name       text        not null,
    created_at timestamptz not null,
    constraint pk_project primary key (id),
    constraint ck_project_id check (id ~ '^[A-Za-z0-9_-]{1,64}$')
);

-- Names of the key-encryption keys that secrets here are sealed under; a node that has none of them does not start.
create table sealing_key (
    id         text        not null,
    created_at timestamptz not null,
    constraint pk_sealing_key primary key (id)
);

create table access_key (
    access_key    text        not null,
    project_id    text        not null,
    role          text        not null,
    description   text        not null,
    sealed_secret bytea       not null,
    created_at    timestamptz not null,
    constraint pk_access_key primary key (access_key),
    constraint fk_access_key_project foreign key (project_id) references project (id) on delete restrict on update restrict,
    constraint ck_access_key_role check (role in ('READER', 'OPERATOR', 'ADMIN'))
);
create index ix_access_key_project on access_key (project_id);

create table token (
    id          uuid        not null,
    project_id  text        not null,
    role        text        not null,
    description text        not null,
    -- SHA-256 of the token; the token itself is shown once and stored nowhere.
    digest      bytea       not null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    constraint pk_token primary key (id),
    constraint uq_token_digest unique (digest),
    constraint fk_token_project foreign key (project_id) references project (id) on delete restrict on update restrict,
    constraint ck_token_role check (role in ('READER', 'OPERATOR', 'ADMIN'))
);
create index ix_token_project on token (project_id);
