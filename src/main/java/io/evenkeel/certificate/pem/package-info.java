/**
 * Reads what clients send as PEM, strictly and within bounds: chains, private keys, and whether they belong together.
 * Depends on {@code platform} and Bouncy Castle; knows no database and no request.
 */
@NullMarked
package io.evenkeel.certificate.pem;

import org.jspecify.annotations.NullMarked;
