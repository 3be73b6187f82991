package io.evenkeel.demo;

import io.evenkeel.identity.BootstrapCredentials;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Loads the demo into an empty database once everything runs, and tells what to try. */
@Component
@Profile("demo")
class DemoGuide {

    private static final Logger log = LoggerFactory.getLogger(DemoGuide.class);

    private final BootstrapCredentials credentials;
    private final WebServerApplicationContext web;

    DemoGuide(BootstrapCredentials credentials, WebServerApplicationContext web) {
        this.credentials = credentials;
        this.web = web;
    }

    @EventListener(ApplicationReadyEvent.class)
    void guide() {
        var root =
                "http://127.0.0.1:" + Objects.requireNonNull(web.getWebServer()).getPort();
        var loader = new DemoLoader(root, credentials);
        if (loader.isEmpty()) {
            loader.load();
        }
        log.info("\n{}", text(root));
    }

    /** Shown to the owner of the installation on the terminal, as the bootstrap notice is: the token is meant to be. */
    private String text(String root) {
        var token = credentials.token().value();
        var elb = root + "/v3/" + credentials.projectId() + "/elb";
        return """
                ------------------------------------------------------------------------------
                 The Evenkeel demo runs.

                 Console    %s/   (sign in with the token)
                 API        %s   (description: %s/docs)
                 Project    %s
                 Token      %s
                            kept in %s

                 Three servers (weights 5:3:2) answer through the load balancer's VIP:

                   curl http://%s:%d/          # HTTP listener
                   curl http://%s:%d/          # TCP listener

                 Which load balancers use the server with this IP?

                   curl -s -H 'X-Auth-Token: %s' '%s/loadbalancers?member_address=%s'

                 Stop with Ctrl-C. Everything is kept for the next start.
                ------------------------------------------------------------------------------
                """.formatted(
                        root,
                        root,
                        root,
                        credentials.projectId(),
                        token,
                        credentials.tokenFile(),
                        DemoCloud.VIP,
                        DemoCloud.HTTP_PORT,
                        DemoCloud.VIP,
                        DemoCloud.TCP_PORT,
                        token,
                        elb,
                        DemoCloud.SERVERS.getFirst().address());
    }
}
