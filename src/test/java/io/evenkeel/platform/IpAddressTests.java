package io.evenkeel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTests {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "255.255.255.255", "::1", "fd00:1::a", "2001:db8:0:0:0:0:0:1"})
    void readsPlainLiterals(String text) {
        assertThat(IpAddress.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "10.0.0.1 ",
                "010.0.0.1",
                "10.0.0.01",
                "10.0.1",
                "167772161",
                "0x0a000001",
                "0xa.0.0.1",
                "10.0.0.256",
                "10.0.0.1.1",
                "10.0.0.-1",
                "localhost",
                "example.com",
                "::ffff:10.0.0.1",
                "::ffff:a00:1",
                "fe80::1%eth0",
                "fe80::1%1",
                "[::1]",
                ":::",
                "1::2::3",
                "g::1",
                "١.0.0.1",
                "10.0.0.1/32",
                "10.0.0.1\u0000"
            })
    void knowsNoOtherSpelling(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }
}
