package io.evenkeel.dataplane.proof;

import io.evenkeel.desiredstate.ResourceKind;
import java.util.UUID;

/** Which generation of this a loop holds. */
public record Question(ResourceKind kind, UUID id) {}
