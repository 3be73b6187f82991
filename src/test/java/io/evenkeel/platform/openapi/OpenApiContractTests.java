package io.evenkeel.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Golden;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Runs first: springdoc's converters are the whole JVM's, and an application that ends takes them along. */
@EvenkeelTest
@Order(0)
class OpenApiContractTests {

    private final Api api;

    @Autowired
    OpenApiContractTests(Api api) {
        this.api = api;
    }

    @ParameterizedTest
    @ValueSource(strings = {"elb-v3", "inventory-v1"})
    void theFileIsWhatTheServicePublishes(String document) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(api.root() + "/v3/api-docs.yaml/" + document))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        Golden.compare(Path.of("openapi", document + ".yaml"), answer.body());
    }
}
