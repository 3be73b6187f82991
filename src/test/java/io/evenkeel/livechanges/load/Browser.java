package io.evenkeel.livechanges.load;

import io.evenkeel.livechanges.scene.Front;
import io.evenkeel.livechanges.scene.Policy;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends back what cookies it is told, over one connection after the other, and forgets them now and then. */
final class Browser implements Load.Act {

    private static final int REQUESTS_OF_CONNECTION = 20;
    private static final int REQUESTS_OF_SESSION = 200;

    private final String vip;
    private final Front front;
    private final Map<String, String> cookies = new TreeMap<>();
    private @Nullable Wire wire;
    private int asked;

    Browser(String vip, Front front) {
        this.vip = vip;
        this.front = front;
    }

    @Override
    public void once() throws IOException {
        if (asked % REQUESTS_OF_SESSION == 0) {
            cookies.clear();
        }
        if (wire == null) {
            wire = Wire.connect(vip, front);
        }
        var path = Policy.path(asked) + (asked % 10 == 0 ? "?login" : "");
        wire.get(path, fields());
        wire.told().forEach((name, value) -> cookies.put(name, value));
        if (++asked % REQUESTS_OF_CONNECTION == 0) {
            close();
        }
    }

    private String fields() {
        return cookies.isEmpty()
                ? ""
                : cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; ", "Cookie: ", "\r\n"));
    }

    @Override
    public void close() throws IOException {
        if (wire != null) {
            wire.close();
            wire = null;
        }
    }
}
