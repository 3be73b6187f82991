package io.evenkeel.dataplane;

import io.evenkeel.desiredstate.Digest;
import io.evenkeel.desiredstate.Epoch;

/** What a worker holds of a resource. */
record Held(Epoch epoch, long generation, Digest digest) {}
