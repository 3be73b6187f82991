package io.evenkeel.platform.web;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    /** Last, because Boot sets a valve of its own that writes HTML. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectorErrorsInOurShape() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ConnectorErrors.class.getName());
            }
        });
    }
}
