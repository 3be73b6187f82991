package io.evenkeel.identity.project;

import java.time.Instant;

/** To whom resources belong. */
record Project(String id, String name, Instant createdAt) {}
