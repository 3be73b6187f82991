/**
 * What a rule matches: its values, the syntax of each type, and when two sets of rules match the same. Pure; depends on
 * the platform's errors and addresses.
 */
@NullMarked
package io.evenkeel.routing.matching;

import org.jspecify.annotations.NullMarked;
