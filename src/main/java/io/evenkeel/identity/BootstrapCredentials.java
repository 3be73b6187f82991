package io.evenkeel.identity;

import java.nio.file.Path;

/**
 * What the installation's owner gets in with; valid from the moment this bean exists.
 *
 * @param projectId the project of the first administrator
 * @param token a valid admin token
 * @param tokenFile the file that keeps the token, readable by its owner alone
 */
public record BootstrapCredentials(String projectId, Secret token, Path tokenFile) {}
