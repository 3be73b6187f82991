package io.evenkeel.identity;

/**
 * The command that replaces the key-encryption key: {@code java -jar evenkeel.jar rotate-sealing-key}. It serves
 * nothing, seals every secret anew, tells its progress in the log, and ends.
 */
public interface SealingKeyCommand {

    /** As the first argument of the process. */
    String NAME = "rotate-sealing-key";

    /** Answers how many secrets were sealed anew. */
    int run();
}
