package io.evenkeel.outage.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A load balancer of one zone that comes and goes. On one thread. */
public final class Extra {

    private final Layout layout;
    private final String zone;
    private final String name;
    private final String vip;
    private final int port;

    /** @param number from 0, of the zone */
    public Extra(Layout layout, int number, String zone) throws IOException {
        this.layout = layout;
        this.zone = zone;
        name = "extra-" + zone;
        vip = layout.spareVip(number);
        port = Ports.free(vip);
    }

    /** Makes it where it is not there, and deletes it where it is; what fails halfway is gone on with the next time. */
    public void toggle() {
        var listeners = ids("listeners");
        var loadBalancers = ids("loadbalancers");
        if (!listeners.isEmpty()) {
            listeners.forEach(id -> layout.estate().delete("/listeners/" + id));
            loadBalancers.forEach(id -> layout.estate().delete("/loadbalancers/" + id));
            return;
        }
        var id = loadBalancers.isEmpty()
                ? layout.estate()
                        .loadBalancer(Map.of("name", name, "vip_address", vip, "availability_zone_list", List.of(zone)))
                : loadBalancers.getFirst();
        layout.estate().listener(id, "HTTP", port, Map.of("name", name));
    }

    private List<String> ids(String kind) {
        return layout.estate().ids("/" + kind + "?name=" + name);
    }

    /** It is served where the API says that it is there, and nowhere else. */
    public void requireAsConfigured() {
        assertThat(isServed())
                .as("%s is served", name)
                .isEqualTo(!ids("listeners").isEmpty());
    }

    private boolean isServed() {
        try (var _ = Web.connect(vip, port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
