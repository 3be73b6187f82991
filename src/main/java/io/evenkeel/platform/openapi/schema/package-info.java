/**
 * The shapes of bodies: a schema for each record, under a name of its own, with the rules that its annotations state.
 * Depends on {@code platform.json} and the patterns of {@code platform.web}.
 */
@NullMarked
package io.evenkeel.platform.openapi.schema;

import org.jspecify.annotations.NullMarked;
