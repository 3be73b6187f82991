package io.evenkeel.dataplane.lastgood;

import io.evenkeel.desiredstate.DesiredResource;
import io.evenkeel.desiredstate.delivery.Epoch;

/** A resource as it was served, and the epoch its generation belongs to. */
public record LastGood(Epoch epoch, DesiredResource resource) {}
