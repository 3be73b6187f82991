package io.evenkeel.inventory.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.platform.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTests {

    private static final ReservedRanges RESERVED =
            new ReservedRanges(new InventoryProperties(List.of("127.0.0.0/8", "fe80::/10")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0",
                "10.0.0.0/",
                "/8",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0/8",
                "10.0.0.1/24",
                "10.128.0.0/8",
                "0.0.0.1/0",
                "fd00::1/64",
                "fd00::/129",
                "fd00::/1000",
                "010.0.0.0/8",
                "x/8"
            })
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> Cidr.parse("cidr", text)).hasMessageContaining("Invalid input for 'cidr'");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.1.0.0/16, 10.0.0.0/8, false",
        "10.0.0.0/8, 11.0.0.0/16, false",
        "0.0.0.0/0, 10.0.0.0/8, true",
        "fd00::/32, fd00:1::/32, false",
        "fd00::/8, fd00:1::/32, true",
        "::/0, 10.0.0.0/8, false",
        "10.0.0.0/25, 10.0.0.128/25, false"
    })
    void knowsWhatLiesInside(String outer, String inner, boolean isInside) {
        assertThat(cidr(inner).isInside(cidr(outer))).isEqualTo(isInside);
        assertThat(cidr(outer).overlaps(cidr(inner)))
                .isEqualTo(cidr(inner).overlaps(cidr(outer)))
                .isEqualTo(isInside || cidr(outer).isInside(cidr(inner)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.1.0/24, 10.0.1.0, false",
        "10.0.1.0/24, 10.0.1.1, true",
        "10.0.1.0/24, 10.0.1.254, true",
        "10.0.1.0/24, 10.0.1.255, false",
        "10.0.1.0/24, 10.0.2.1, false",
        "10.0.1.0/24, fd00::1, false",
        "fd00:1::/64, fd00:1::1, true",
        "fd00:1::/64, fd00:1::, false",
        "fd00:1::/64, fd00:1:0:1::1, false"
    })
    void knowsItsHostAddresses(String range, String address, boolean isHost) {
        assertThat(cidr(range).isHost(IpAddress.parse(address).orElseThrow())).isEqualTo(isHost);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "0.0.0.0/8",
                "169.254.0.0/16",
                "169.254.169.0/24",
                "224.0.0.0/8",
                "239.1.0.0/16",
                "255.255.255.0/24",
                "::/0",
                "::/96",
                "64:ff9b::/96",
                "64:ff9b:1:2::/64",
                "fd00:ec2::/64",
                "ff02::/16"
            })
    void refusesReservedRanges(String range) {
        assertThatThrownBy(() -> RESERVED.refuse("cidr", cidr(range))).hasMessageContaining("reserved range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "127.0.0.0/8", "127.5.0.0/16", "192.168.0.0/16", "fd00:1::/64", "fe80::/64"})
    void takesOtherRangesAndThoseAllowed(String range) {
        RESERVED.refuse("cidr", cidr(range));
    }

    @Test
    void refusesToStartWithAnAllowedRangeThatIsNone() {
        assertThatThrownBy(() -> new ReservedRanges(new InventoryProperties(List.of("127.0.0.1/8"))))
                .hasMessageContaining("evenkeel.inventory.allowed-reserved-ranges");
    }

    private static Cidr cidr(String text) {
        return Cidr.parse("cidr", text);
    }
}
