package io.evenkeel.dataplane.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class CalmedPeersTests {

    private static final long BEFORE_OVERFLOW = Long.MAX_VALUE - 5;

    private final CalmedPeers peers = new CalmedPeers();

    private static InetAddress at(String address) {
        return InetAddress.ofLiteral(address);
    }

    @Test
    void remembersAnAddressForAWhile() {
        peers.remember(at("192.0.2.1"), BEFORE_OVERFLOW);
        assertThat(peers.remembers(at("192.0.2.1"), BEFORE_OVERFLOW + CalmedPeers.REMEMBERED_NANOS - 1))
                .isTrue();
        assertThat(peers.remembers(at("192.0.2.1"), BEFORE_OVERFLOW + CalmedPeers.REMEMBERED_NANOS))
                .isFalse();
    }

    @Test
    void remembersAWholeNetworkOfIpv6() {
        peers.remember(at("2001:db8:1:2::1"), 0);
        assertThat(peers.remembers(at("2001:db8:1:2:ffff::9"), 0)).isTrue();
        assertThat(peers.remembers(at("2001:db8:1:3::1"), 0)).isFalse();
    }

    @Test
    void takesNobodyForAnother() {
        for (int i = 0; i < 256; i++) {
            for (int j = 0; j < 256; j += 5) {
                assertThat(peers.remembers(at("10.0." + i + "." + j), 0)).isFalse();
                peers.remember(at("10.0." + i + "." + j), 0);
            }
        }
        assertThat(peers.remembers(at("0.0.0.0"), 0)).isFalse();
        assertThat(peers.remembers(at("::"), 0)).isFalse();
    }
}
