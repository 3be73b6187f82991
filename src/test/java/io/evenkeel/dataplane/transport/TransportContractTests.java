package io.evenkeel.dataplane.transport;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** What every transport must pass, run on the one that a subclass opens, with two loops, for each test. */
public abstract class TransportContractTests
        implements LoopContract,
                ListeningContract,
                ConnectContract,
                ConnectionContract,
                BackPressureContract,
                SpliceContract,
                DatagramContract {

    protected static final TransportOptions OPTIONS = TransportOptions.ofLoops(2);

    private final TransportFixture fixture;

    protected TransportContractTests(Transport transport) {
        fixture = new TransportFixture(transport);
    }

    @AfterEach
    void closeTransport() {
        fixture.close();
        afterClose();
    }

    /** What must hold once all is closed. */
    protected void afterClose() {}

    /** Sends a stream through two connections that may splice it; returns how many bytes of it they saw. */
    protected int seenOfAStream() throws IOException {
        return streamOfWhichIsSeen();
    }

    @Override
    public TransportFixture fixture() {
        return fixture;
    }
}
