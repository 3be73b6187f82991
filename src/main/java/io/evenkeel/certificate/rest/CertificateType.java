package io.evenkeel.certificate.rest;

import java.util.Locale;

/** What a certificate is for: shown to clients, or trusted to have signed theirs. */
enum CertificateType {
    SERVER,
    CLIENT;

    static final String NAMES = "server|client";
    static final String NAMES_RULE = "must be server or client; server_sm (SM2) is not supported by this installation";

    String onWire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CertificateType ofWire(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
