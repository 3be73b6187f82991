package io.evenkeel.inventory.zone;

/** An availability zone has nothing but its code. */
record PutAvailabilityZoneRequest() {}
