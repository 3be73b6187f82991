package io.evenkeel.dataplane.tls.boringssl;

import io.evenkeel.dataplane.fuzz.Claims;
import io.evenkeel.dataplane.fuzz.Cuts;
import io.evenkeel.dataplane.fuzz.Guarded;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.tls.boringssl.ServerNames.Named;
import io.evenkeel.desiredstate.DesiredTls.SniMatch;
import io.evenkeel.testing.Pki;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;

/**
 * What clients say before there is a key. The first two bytes of the input say where the others are cut, the third which
 * of three things they are:
 *
 * <ul>
 *   <li>lines: a server name, and the domains of certificates: the one is found for it that trying one after the other
 *       finds;
 *   <li>a server name: the library takes it and its certificate is chosen, or refuses it for a reason of its own;
 *   <li>a hello as it comes on the wire, or anything else: however it is split, the same becomes of it.
 * </ul>
 */
public final class SniFuzz {

    private static final int HEAD = 3;
    private static final int MAX_INPUT = 16 << 10;
    private static final int MAX_NAME = 255;
    private static final int MAX_DOMAINS = 20;
    private static final int HANDSHAKE = 22;
    private static final Guarded PIECE = new Guarded(MAX_INPUT);
    private static final List<Named<String>> CERTIFICATES = List.of(
            new Named<>(List.of("example.com", "www.example.com"), "exact"),
            new Named<>(List.of("*.example.com"), "wild"),
            new Named<>(List.of("*.shop.example.com"), "shop"));
    private static final ServerContext BY_WILDCARD = context(SniMatch.WILDCARD);
    private static final ServerContext BY_SUFFIX = context(SniMatch.LONGEST_SUFFIX);

    /**
     * What became of a hello.
     *
     * @param isAnswered whether the server said hello too
     */
    private record Outcome(boolean isRefused, boolean isAnswered, String certificate, String name) {}

    private SniFuzz() {}

    private static ServerContext context(SniMatch match) {
        var others = CERTIFICATES.stream()
                .map(named -> TlsStates.certificate(
                        named.thing(),
                        Pki.selfSigned(named.thing()),
                        named.domains().toArray(String[]::new)))
                .toList();
        var tls = TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main")), others, match);
        try {
            return ServerContext.of(new UUID(0, 1), tls, List.of("h2", "http/1.1"), TlsStates.KEYS, new TicketKeys(0));
        } catch (TlsUnusableException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < HEAD || input.length > MAX_INPUT) {
            return;
        }
        int cuts = ((input[0] & 0xff) << 8) | (input[1] & 0xff);
        var match = (input[2] & 1) == 0 ? SniMatch.WILDCARD : SniMatch.LONGEST_SUFFIX;
        var rest = Arrays.copyOfRange(input, HEAD, input.length);
        switch ((input[2] >> 1) & 3) {
            case 0 -> requireFound(Claims.text(rest), match);
            case 1 -> requireChosen(rest, match, cuts);
            default -> requireSame(rest, match, cuts);
        }
    }

    private static void requireFound(String text, SniMatch match) {
        var lines = List.of(text.split("\n", -1));
        var named = new ArrayList<Named<String>>();
        for (var line : lines.subList(1, Math.min(lines.size(), MAX_DOMAINS))) {
            if (line.matches("(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)*")) {
                named.add(new Named<>(List.of(line), line));
            }
        }
        Claims.equal(
                "The certificate for " + lines.getFirst(),
                expected(lines.getFirst(), named, match),
                new ServerNames<>("main", named, match).find(lines.getFirst()));
    }

    /** By trying one after the other. */
    private static String expected(String serverName, List<Named<String>> certificates, SniMatch match) {
        var name = serverName.toLowerCase(Locale.ROOT);
        var best = "";
        var found = "main";
        for (var certificate : certificates) {
            for (var domain : certificate.domains()) {
                if (stands(domain, name, match) && rank(domain) > rank(best)) {
                    best = domain;
                    found = certificate.thing();
                }
            }
        }
        return found;
    }

    private static boolean stands(String domain, String name, SniMatch match) {
        if (!domain.startsWith("*.")) {
            return name.equals(domain);
        }
        var suffix = domain.substring(1);
        int dots = name.length() - suffix.length();
        return dots > 0
                && name.endsWith(suffix)
                && !name.startsWith(".")
                && (match == SniMatch.LONGEST_SUFFIX || name.indexOf('.') == dots);
    }

    /** Exact before any wildcard, then the longer. */
    private static int rank(String domain) {
        return domain.isEmpty() ? 0 : domain.startsWith("*.") ? domain.length() : MAX_INPUT + 1;
    }

    private static void requireChosen(byte[] name, SniMatch match, int cuts) {
        var hello = Hello.naming(name);
        if (hello.length > MAX_INPUT) {
            return;
        }
        var outcome = outcome(hello, match, Cuts.of(cuts));
        boolean isBad =
                name.length == 0 || name.length > MAX_NAME || Claims.text(name).indexOf('\0') >= 0;
        Claims.equal("Whether it is refused", isBad, outcome.isRefused());
        if (!isBad && Claims.text(name).chars().allMatch(c -> c < 0x80)) {
            Claims.that(outcome.isAnswered(), "No answer to", Claims.text(name));
            Claims.equal("The name", Claims.text(name), outcome.name());
            Claims.equal("The certificate", expected(Claims.text(name), CERTIFICATES, match), outcome.certificate());
        }
    }

    private static void requireSame(byte[] wire, SniMatch match, int cuts) {
        Claims.equal("What becomes of it", outcome(wire, match, Cuts.NONE), outcome(wire, match, Cuts.of(cuts)));
    }

    private static Outcome outcome(byte[] wire, SniMatch match, Cuts cuts) {
        var engine = (match == SniMatch.WILDCARD ? BY_WILDCARD : BY_SUFFIX).newEngine();
        var first = new AtomicInteger();
        boolean isRefused = false;
        try {
            boolean isComplete = false;
            for (int start = 0; start < wire.length && !isComplete; ) {
                int end = cuts.next(start, wire.length);
                PIECE.place(wire, start, end, (byte) 0);
                var piece = PIECE.memory().asSlice(PIECE.from(), PIECE.to() - PIECE.from());
                isComplete = engine.handshake(piece, bytes -> {
                    if (first.get() == 0) {
                        first.set(bytes.get(ValueLayout.JAVA_BYTE, 0));
                    }
                });
                PIECE.requireNeighboursUntouched();
                Claims.that(isComplete || engine.taken() == end - start, "Input is left over", engine.taken());
                start = end;
            }
        } catch (SSLHandshakeException refused) {
            isRefused = true;
        }
        try {
            boolean isAnswered = first.get() == HANDSHAKE;
            var facts = engine.facts();
            return new Outcome(
                    isRefused,
                    isAnswered,
                    isAnswered ? facts.certificateId() : "",
                    isAnswered ? String.valueOf(facts.serverName()) : "");
        } finally {
            engine.free();
        }
    }
}
