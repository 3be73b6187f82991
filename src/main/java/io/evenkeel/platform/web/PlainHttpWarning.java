package io.evenkeel.platform.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says at the start when tokens could be read on their way: the API is reached from other hosts, and not over TLS. */
@Component
class PlainHttpWarning {

    private static final Logger log = LoggerFactory.getLogger(PlainHttpWarning.class);

    private final ServerProperties server;

    PlainHttpWarning(ServerProperties server) {
        this.server = server;
    }

    @EventListener
    void on(WebServerInitializedEvent started) {
        boolean isApi = started.getApplicationContext().getServerNamespace() == null;
        int port = started.getWebServer().getPort();
        if (isApi && port > 0 && isReadableOnItsWay()) {
            log.atWarn()
                    .addKeyValue("port", port)
                    .log("The API speaks plain HTTP with other hosts, so tokens can be read on their way. Set"
                            + " server.ssl.* (docs/operations.md), or server.address=127.0.0.1 behind a proxy that"
                            + " speaks TLS");
        }
    }

    private boolean isReadableOnItsWay() {
        var address = server.getAddress();
        return !Ssl.isEnabled(server.getSsl()) && (address == null || !address.isLoopbackAddress());
    }
}
