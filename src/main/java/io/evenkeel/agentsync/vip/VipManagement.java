package io.evenkeel.agentsync.vip;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/**
 * Of the management server alone, which has a context of its own: named in {@code META-INF/spring}, and not annotated as
 * a configuration, so that the API's context does not find it.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class VipManagement {

    @Bean
    FilterRegistrationBean<VipFilter> vipHealth(Vips vips, JsonMapper json) {
        var registration = new FilterRegistrationBean<>(new VipFilter(vips, json));
        registration.addUrlPatterns("/vips/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
