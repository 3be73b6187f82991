/**
 * Whether a project's private keys stand in answers: a switch per project, off until somebody turns it on. Depends on
 * {@code platform}.
 */
@NullMarked
package io.evenkeel.certificate.echo;

import org.jspecify.annotations.NullMarked;
