package io.evenkeel.identity;

/**
 * Keeps secrets that must come back (access-key secrets, private keys) unreadable to who has the database alone:
 * AES-256-GCM under the key-encryption key. While that key is replaced, what is sealed under the other one opens as well. Safe for all threads.
 */
public interface Sealing {

    /**
     * @param secret the bytes to hide
     * @param owner whose secret it is, such as {@code access-key/AK…}; bound to it, so that a sealed secret moved to
     *     another owner's row does not open
     * @return version, id of the key, nonce and cipher text, to be stored as one
     */
    byte[] seal(byte[] secret, String owner);

    /**
     * @throws SealBrokenException when it was sealed under a key that is not at hand, for another owner, or was changed
     */
    byte[] open(byte[] sealed, String owner);

    /** What every secret that is sealed now begins with: the version and the id of the key. */
    byte[] prefix();

    /** A sealed secret that does not open. */
    final class SealBrokenException extends RuntimeException {
        public SealBrokenException(String message) {
            super(message);
        }
    }
}
