package io.evenkeel.livechanges;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Changes by calls of the REST API of the whole running service, under load at four fifths of what was measured just
 * before, with a thousand idle and a hundred streaming connections held across all of them.
 * {@code -Devenkeel.worker.transport=netty} says over which transport.
 */
@Tag("chaos")
@EvenkeelTest
class ApiChaosTests {

    private final Api api;

    @Autowired
    ApiChaosTests(Api api) {
        this.api = api;
    }

    @Test
    void breakNoRequestAndNoConnection() throws IOException, InterruptedException {
        Chaos.throughTheApi(new ApiStage(api));
    }
}
