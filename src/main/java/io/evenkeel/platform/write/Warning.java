package io.evenkeel.platform.write;

/**
 * Something that the caller should know about a write that succeeded.
 *
 * @param code in capitals, stable: {@code NOT_IN_EFFECT}
 * @param message a sentence that names the resource and what to do
 */
public record Warning(String code, String message) {}
