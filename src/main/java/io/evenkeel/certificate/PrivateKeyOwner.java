package io.evenkeel.certificate;

/** By what name the private key of a certificate is sealed, and opens. */
public final class PrivateKeyOwner {

    private PrivateKeyOwner() {}

    /** The owner to seal and open with. */
    public static String of(String certificateId) {
        return "certificate/" + certificateId;
    }
}
