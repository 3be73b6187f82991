package io.evenkeel.loadbalancer.rest;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values as JSON, to be compared with what came back. */
final class TestJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TestJson() {}

    static JsonNode of(Object value) {
        return JSON.valueToTree(value);
    }
}
