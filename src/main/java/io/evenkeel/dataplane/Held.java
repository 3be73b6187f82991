package io.evenkeel.dataplane;

import io.evenkeel.desiredstate.delivery.Digest;
import io.evenkeel.desiredstate.delivery.Epoch;

/** What a worker holds of a resource. */
record Held(Epoch epoch, long generation, Digest digest) {}
