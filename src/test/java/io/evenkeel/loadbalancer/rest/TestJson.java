package io.evenkeel.loadbalancer.rest;

import tools.jackson.databind.json.JsonMapper;

/** Values as JSON text, to be compared with what came back. */
final class TestJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TestJson() {}

    static String of(Object value) {
        return JSON.valueToTree(value).toString();
    }
}
