package io.evenkeel.desiredstate.delivery;

/** Opens the private keys that travel sealed in desired state. */
@FunctionalInterface
public interface KeyOpener {

    /** For a worker that has no key-encryption key: what needs one cannot be served. */
    KeyOpener NONE = (certificateId, sealedKey) -> {
        throw new IllegalStateException("This worker has no key-encryption key");
    };

    /**
     * The private key of a certificate, as PEM, for memory alone.
     *
     * @throws RuntimeException saying why it does not open, and nothing of what is in it
     */
    byte[] open(String certificateId, byte[] sealedKey);
}
