package io.evenkeel.bench.dataplane.contender;

import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The certificate that all contenders show, with its key on P-256. */
final class BenchCertificate {

    static final Pki.Issued ISSUED = Pki.selfSigned("bench.example");

    private BenchCertificate() {}

    /** A file with both, as HAProxy and nginx want them. */
    static Path write(Path directory) throws IOException {
        return Files.writeString(directory.toAbsolutePath().resolve("bench.pem"), ISSUED.pem() + ISSUED.key());
    }
}
