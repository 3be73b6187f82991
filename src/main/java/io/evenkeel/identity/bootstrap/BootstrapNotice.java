package io.evenkeel.identity.bootstrap;

import io.evenkeel.identity.Secret;

/** What the first start prints, once: secrets that were made here, and where to find them later. */
final class BootstrapNotice {

    private static final String CONFIGURED = "(as configured)";

    private final String projectId;
    private final BootstrapFiles files;
    private String accessKey = "";
    private String secretKey = CONFIGURED;
    private String token = CONFIGURED;

    BootstrapNotice(String projectId, BootstrapFiles files) {
        this.projectId = projectId;
        this.files = files;
    }

    void configuredKey(String name) {
        accessKey = name;
    }

    void generatedKey(String name, Secret secret) {
        accessKey = name;
        secretKey = secret.value();
    }

    void configuredToken() {
        token = CONFIGURED;
    }

    void generatedToken(Secret text) {
        token = text.value();
    }

    String text() {
        return """
                The first administrator of this installation, shown this once:

                    project id   %s
                    access key   %s
                    secret key   %s
                    token        %s

                kept in %s
                and     %s
                """.formatted(projectId, accessKey, secretKey, token, files.credentials(), files.token());
    }
}
