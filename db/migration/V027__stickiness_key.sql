-- What the cookies that keep clients at a member are made with; docs/adr/0011 says why it lies here. 244 random bits.
alter table pool
    add column stickiness_key bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());

-- Likewise for the cookies that keep clients at one of a policy's pools.
alter table l7policy
    add column stickiness_key bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
