/**
 * Certificates over REST, and their rows. Depends on {@code platform}, the sealing of secrets, and the module's own
 * reading of PEM.
 */
@NullMarked
package io.evenkeel.certificate.rest;

import org.jspecify.annotations.NullMarked;
