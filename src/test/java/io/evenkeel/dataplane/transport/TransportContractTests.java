package io.evenkeel.dataplane.transport;

import org.junit.jupiter.api.AfterEach;

/** What every transport must pass, run on the one that a subclass opens, with two loops, for each test. */
public abstract class TransportContractTests
        implements LoopContract,
                ListeningContract,
                ConnectContract,
                ConnectionContract,
                BackPressureContract,
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

    @Override
    public TransportFixture fixture() {
        return fixture;
    }
}
