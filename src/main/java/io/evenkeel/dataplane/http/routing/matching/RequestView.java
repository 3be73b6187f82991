package io.evenkeel.dataplane.http.routing.matching;

import io.evenkeel.dataplane.http.memory.Bytes;
import io.evenkeel.dataplane.http.message.RefusedException;
import io.evenkeel.dataplane.http.message.RequestHead;
import io.evenkeel.dataplane.http.routing.regex.Patterns;
import io.evenkeel.dataplane.http.routing.text.Parameters;
import io.evenkeel.dataplane.http.routing.text.PlainPath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request as policies see it; what few rules ask for is made when they ask. Of a request until the next one is read.
 * One for each loop, used again and again.
 */
public final class RequestView {

    /** Longer paths are refused, so that regular expressions have bounded work. */
    private static final int MAX_PATH = 8 * 1024;

    private static final byte[] NOWHERE = {};

    private final Bytes rawPath = new Bytes();
    private final Bytes path = new Bytes();
    private final Bytes host = new Bytes();
    private final Bytes method = new Bytes();
    private final Bytes query = new Bytes();
    private final Bytes value = new Bytes();
    private final long[] pathHashes = new long[PathIndex.MAX_LENGTH + 1];
    private final Parameters parameters = new Parameters();
    private @Nullable RequestHead head;
    private @Nullable Patterns patterns;
    private byte[] source = NOWHERE;
    private byte[] patternResults = NOWHERE;
    private boolean hasParameters;

    /**
     * Takes a request on.
     *
     * @throws RefusedException for a path that servers understand differently (400) or that is too long (414)
     */
    public void read(RequestHead request, Caller caller) throws RefusedException {
        head = request;
        source = caller.address();
        patterns = null;
        hasParameters = false;
        host.clear();
        method.clear();
        query.clear();
        request.copyHost(host);
        request.copyPath(rawPath.clear());
        if (rawPath.size() > MAX_PATH) {
            throw new RefusedException(414, "path too long for policies");
        }
        if (!PlainPath.read(rawPath, path.clear())) {
            throw new RefusedException(400, "path that servers understand differently");
        }
        hashPath();
    }

    private void hashPath() {
        long hash = Hashes.START;
        pathHashes[0] = hash;
        int limit = Math.min(path.size(), PathIndex.MAX_LENGTH);
        var bytes = path.array();
        for (int i = 0; i < limit; i++) {
            hash = Hashes.with(hash, bytes[i]);
            pathHashes[i + 1] = hash;
        }
    }

    /** Forgets the request, which is about to be gone. */
    public void clear() {
        head = null;
    }

    void use(Patterns all) {
        patterns = all;
        if (patternResults.length < all.count()) {
            patternResults = new byte[all.count()];
        }
        Arrays.fill(patternResults, Patterns.UNKNOWN);
    }

    /** Only the first {@link #hostSize()} bytes mean something. In lower case, without port. */
    public byte[] host() {
        return host.array();
    }

    /** Bytes of the host; 0 where none was named. */
    public int hostSize() {
        return host.size();
    }

    byte[] path() {
        return path.array();
    }

    int pathSize() {
        return path.size();
    }

    /** Of its first bytes, up to {@link PathIndex#MAX_LENGTH}. */
    long pathHash(int length) {
        return pathHashes[length];
    }

    boolean hasPath(byte[] wanted, boolean asPrefix) {
        return (asPrefix ? path.size() >= wanted.length : path.size() == wanted.length)
                && Arrays.equals(path.array(), 0, wanted.length, wanted, 0, wanted.length);
    }

    byte[] source() {
        return source;
    }

    Bytes method() {
        if (method.size() == 0 && head != null) {
            head.copyMethod(method);
        }
        return method;
    }

    Parameters parameters() {
        if (!hasParameters && head != null) {
            hasParameters = true;
            head.copyQuery(query);
            parameters.read(query);
        }
        return parameters;
    }

    int nextField(byte[] lowerCaseName, int after) {
        return head == null ? -1 : head.nextField(lowerCaseName, after);
    }

    /** Until the next call. */
    Bytes value(int field) {
        value.clear();
        if (head != null) {
            head.copyValue(field, value);
        }
        return value;
    }

    /** Each is tried at most once. */
    boolean matchesPattern(int pattern) {
        return patterns != null && patterns.matches(pattern, path.array(), path.size(), patternResults);
    }
}
