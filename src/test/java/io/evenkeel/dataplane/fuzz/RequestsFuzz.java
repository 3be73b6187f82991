package io.evenkeel.dataplane.fuzz;

import io.evenkeel.dataplane.fuzz.ForwardedRequests.Forwarded;
import java.util.Arrays;

/**
 * A client's bytes: pipelined requests of any kind. However they are split, the same is made of them; nothing beyond
 * them is read or written; what goes to the member is clean, is what another parser takes it for, and is accepted by
 * our own once more. The first two bytes say where the others are cut.
 */
public final class RequestsFuzz {

    private static final int CUTS = 2;

    private RequestsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length <= CUTS || input.length > ForwardedRequests.MAX_INPUT) {
            return;
        }
        int seed = (input[0] & 0xff) << 8 | (input[1] & 0xff);
        var wire = Arrays.copyOfRange(input, CUTS, input.length);
        var whole = ForwardedRequests.of(wire, Cuts.NONE, (byte) 0);
        var pieces = ForwardedRequests.of(wire, Cuts.of(seed), (byte) '\n');
        Claims.equal("Verdict", whole.verdict(), pieces.verdict());
        Claims.equal("What is forwarded", whole.requests(), pieces.requests());
        whole.heads().forEach(RequestsFuzz::requireClean);
        requireSameForOthers(whole);
        requireAcceptedAgain(whole);
    }

    private static void requireClean(String head) {
        for (var line : head.split("\r\n", -1)) {
            Claims.that(
                    line.indexOf('\r') < 0 && line.indexOf('\n') < 0 && line.indexOf('\0') < 0,
                    "A line that is none goes to the member",
                    head);
        }
        Claims.that(head.indexOf("\r\n\r\n") == head.length() - 4, "A head ends early", head);
    }

    private static void requireSameForOthers(ForwardedRequests ours) {
        var theirs = OtherParser.requests(ours.stream());
        theirs.refusal().ifPresent(why -> {
            // One of two refuses: nobody is misled, unless it has seen another number of requests before.
            Claims.that(theirs.complete().size() <= ours.requests().size(), "Others see more requests, then", why);
        });
        if (theirs.refusal().isEmpty()) {
            Claims.equal(
                    "The number of requests that others see",
                    ours.requests().size(),
                    theirs.complete().size());
        }
        for (int i = 0; i < theirs.complete().size(); i++) {
            var seen = theirs.complete().get(i);
            Claims.equal(
                    "What others take a request for", startOf(ours.requests().get(i)), seen.start());
            Claims.equal("The body that others see", ours.requests().get(i).content(), seen.content());
        }
    }

    private static String startOf(Forwarded request) {
        return request.head().substring(0, request.head().indexOf(" HTTP/1.1\r\n"));
    }

    private static void requireAcceptedAgain(ForwardedRequests once) {
        var twice = ForwardedRequests.of(once.stream(), Cuts.NONE, (byte) '\r');
        if (twice.verdict().startsWith("refused 431")) {
            // What we added made it too large for the next.
            return;
        }
        Claims.that(
                !twice.verdict().startsWith("refused") || once.verdict().startsWith("refused"),
                "What goes on is not accepted again, " + twice.verdict(),
                Claims.text(once.stream()));
        Claims.equal(
                "The bodies behind one more of us",
                once.requests().stream().map(Forwarded::content).toList(),
                twice.requests().stream().map(Forwarded::content).toList());
    }
}
