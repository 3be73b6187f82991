package io.evenkeel.platform.database;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where this instance keeps what it keeps.
 *
 * @param home the directory of database, credentials and last-good state
 */
@ConfigurationProperties("evenkeel")
public record EvenkeelProperties(Path home) {}
