package io.evenkeel.dataplane.http.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipRulesTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "GZip | true",
                "x-gzip | true",
                "deflate, gzip;q=0.5 | true",
                "br , gzip ; q=1.0 | true",
                "* | true",
                "deflate, *;q=0.1 | true",
                "'' | false",
                "identity | false",
                "br, deflate | false",
                "gzip;q=0 | false",
                "gzip;q=0.000 | false",
                "gzip;q=0, * | false",
                "*;q=0 | false",
                "gzipped | false",
                ",;,;q=0,,gzip | true"
            })
    void aClientTakesGzipOnlyIfItSaysSo(String acceptEncoding, boolean isAccepted) {
        assertThat(GzipRules.isAccepted(acceptEncoding)).isEqualTo(isAccepted);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, true",
        "text/html; charset=utf-8, true",
        "TEXT/CSS, true",
        "application/json, true",
        "application/problem+json, true",
        "application/atom+xml, true",
        "image/svg+xml, true",
        "application/javascript;v=1, true",
        "text/event-stream, false",
        "image/png, false",
        "application/octet-stream, false",
        "video/mp4, false",
        "application/grpc, false",
        "textual, false",
        "'', false"
    })
    void onlyTypesThatShrinkAreCompressed(String contentType, boolean isCompressible) {
        assertThat(GzipRules.isTypeCompressible(contentType)).isEqualTo(isCompressible);
    }
}
