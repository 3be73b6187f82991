/**
 * Questions that a client asks of a member and a worker answers: check it once, now; and what each worker sees of it. A
 * module of its own, because it owns the row in which question and answer meet, is no configuration of the member, and is
 * known by both sides: the API that asks, and agent sync that lets a worker claim and answer. Depends on the platform, and
 * on the states that a worker can be in.
 */
@NullMarked
@ApplicationModule(
        displayName = "Diagnosis",
        allowedDependencies = {"platform", "status :: worker"})
package io.evenkeel.diagnosis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
