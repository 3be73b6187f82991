package io.evenkeel.identity.accesskey;

import io.evenkeel.identity.Secret;

/** An access key with the secret that signs. */
public record SecretAccessKey(AccessKey key, Secret secret) {}
