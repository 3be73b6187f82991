package io.evenkeel.console.session;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.webjars.WebJarVersionLocator;

/** Styles and scripts, all of them from the jar. Browsers keep them, and ask each time whether they are still right. */
@Configuration(proxyBeanMethods = false)
class Assets implements WebMvcConfigurer {

    private static final String HTMX = "htmx.org";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(ConsoleSecurity.ASSETS + "htmx/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/" + HTMX + "/"
                        + new WebJarVersionLocator().version(HTMX) + "/dist/")
                .setCacheControl(CacheControl.noCache());
        registry.addResourceHandler(ConsoleSecurity.ASSETS + "**")
                .addResourceLocations("classpath:/console/assets/")
                .setCacheControl(CacheControl.noCache());
    }
}
