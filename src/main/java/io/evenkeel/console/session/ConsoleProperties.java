package io.evenkeel.console.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param sessionValidity how long a person stays signed in; never longer than the token is valid
 */
@ConfigurationProperties("evenkeel.console")
record ConsoleProperties(@DefaultValue("12h") Duration sessionValidity) {}
