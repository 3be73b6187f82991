package io.evenkeel.identity;

/** Rows of one module that hold sealed secrets: how a new key-encryption key reaches them. A bean of that module. */
public interface SealedRows {

    /** What they hold, for a line of progress: {@code private keys of certificates}. */
    String what();

    /**
     * Seals rows anew that are sealed under another key than the one that seals now. Takes part in the caller's
     * transaction and locks the rows it changes; may be called again and again, after any interruption.
     *
     * @param limit rows at most
     * @return how many it changed; 0 when none is left
     * @throws Sealing.SealBrokenException for a row that does not open
     */
    int sealAnew(int limit);
}
