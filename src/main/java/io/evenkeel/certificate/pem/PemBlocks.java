package io.evenkeel.certificate.pem;

import io.evenkeel.platform.error.ErrorCode;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** The blocks of a PEM text (RFC 7468). Text outside of blocks is allowed and ignored, as openssl writes it. */
final class PemBlocks {

    private PemBlocks() {}

    /** Errors: the given code when there is none, more than {@code atMost}, or one that is cut off or no base64. */
    static List<PemObject> read(String text, int atMost, String what, ErrorCode code) {
        var blocks = new ArrayList<PemObject>();
        try (var reader = new PemReader(new StringReader(text))) {
            for (var block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                if (blocks.size() == atMost) {
                    throw code.with(what + " must hold at most " + atMost + " PEM blocks");
                }
                blocks.add(block);
            }
        } catch (IOException | DecoderException e) {
            throw code.with(what + " is not readable as PEM");
        }
        if (blocks.isEmpty()) {
            throw code.with(what + " must be PEM: it has no line that starts with -----BEGIN");
        }
        return blocks;
    }
}
