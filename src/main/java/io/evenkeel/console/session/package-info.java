/**
 * Who is signed in: sessions in the database, so that any node knows them, the cookie that names one, and the tokens
 * that forms carry. Depends on {@code platform} and {@code identity}.
 */
@NullMarked
package io.evenkeel.console.session;

import org.jspecify.annotations.NullMarked;
