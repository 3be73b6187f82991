package io.evenkeel.dataplane.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.desiredstate.DesiredIpGroup;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFilterTests {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private static ClientFilter filter(boolean admits, String... ranges) {
        return ClientFilter.of(new DesiredIpGroup(UUID.randomUUID(), admits, List.of(ranges)));
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0, true",
        "9.255.255.255, false",
        "10.255.255.255, true",
        "11.0.0.0, false",
        "192.0.2.7, true",
        "192.0.2.6, false",
        "192.0.2.8, false",
        "255.255.255.255, true",
        "0.0.0.0, false",
        "2001:db8::, true",
        "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "2001:db9::, false",
        "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, false",
        "fd00::5, true",
        "fd00::4, false",
        "fd00::6, false",
        "::, false",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true"
    })
    void admitsWhoIsOfTheGroupOrEveryoneElse(String client, boolean isOfGroup) {
        String[] group = {
            "192.0.2.7-192.0.2.7",
            "10.0.0.0-10.255.255.255",
            "255.255.255.255-255.255.255.255",
            "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
            "fd00::5-fd00::5",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
        };
        assertThat(filter(true, group).permits(address(client))).isEqualTo(isOfGroup);
        assertThat(filter(false, group).permits(address(client))).isEqualTo(!isOfGroup);
    }

    @Test
    void anEmptyWhiteGroupAdmitsNobodyAndAnEmptyBlackOneEverybody() {
        assertThat(filter(true).permits(address("192.0.2.1"))).isFalse();
        assertThat(filter(true).permits(address("2001:db8::1"))).isFalse();
        assertThat(filter(false).permits(address("192.0.2.1"))).isTrue();
        assertThat(filter(false).permits(address("2001:db8::1"))).isTrue();
    }

    @Test
    void aGroupOfOneFamilySaysNothingOfTheOther() {
        var ipv4 = filter(false, "0.0.0.0-255.255.255.255");
        assertThat(ipv4.permits(address("203.0.113.9"))).isFalse();
        assertThat(ipv4.permits(address("::"))).isTrue();
    }

    @Test
    void refusesWhatIsNoRange() {
        assertThatThrownBy(() -> filter(true, "10.0.0.0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> filter(true, "a-b")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Ranges that overlap, touch, lie within each other, are clustered or far apart; asked at and around each end. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void saysTheSameAsALookAtEachRange(long seed) throws UnknownHostException {
        var random = new Random(seed);
        int length = seed % 2 == 0 ? IPV4_BYTES : IPV6_BYTES;
        int spread = random.nextInt(2, length * Byte.SIZE + 1);
        var ranges = new ArrayList<BigInteger[]>();
        for (int i = 0; i < random.nextInt(1, 2000); i++) {
            var first = number(random, length, spread);
            var size = new BigInteger(random.nextInt(spread), random);
            ranges.add(new BigInteger[] {first, first.add(size).min(max(length))});
        }
        var texts = new ArrayList<String>();
        for (var range : ranges) {
            texts.add(address(range[0], length).getHostAddress() + "-"
                    + address(range[1], length).getHostAddress());
        }
        var filter = filter(true, texts.toArray(String[]::new));
        for (var range : ranges.subList(0, Math.min(300, ranges.size()))) {
            for (var asked : List.of(
                    range[0],
                    range[0].subtract(BigInteger.ONE).max(BigInteger.ZERO),
                    range[1],
                    range[1].add(BigInteger.ONE).min(max(length)),
                    number(random, length, spread))) {
                boolean isIn =
                        ranges.stream().anyMatch(one -> asked.compareTo(one[0]) >= 0 && asked.compareTo(one[1]) <= 0);
                assertThat(filter.permits(address(asked, length)))
                        .as("seed %s, %s", seed, asked)
                        .isEqualTo(isIn);
            }
        }
    }

    /** Of so many low bits, high ones in each second. */
    private static BigInteger number(Random random, int length, int spread) {
        var low = new BigInteger(spread, random);
        return random.nextBoolean() ? low : max(length).subtract(low);
    }

    private static BigInteger max(int length) {
        return BigInteger.ONE.shiftLeft(length * Byte.SIZE).subtract(BigInteger.ONE);
    }

    private static InetAddress address(BigInteger number, int length) throws UnknownHostException {
        var bytes = number.toByteArray();
        var padded = new byte[length];
        int count = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - count, padded, length - count, count);
        if (length == IPV6_BYTES && Arrays.equals(padded, 0, 10, new byte[10], 0, 10)) {
            // What looks like IPv4 in IPv6 clothes would become IPv4.
            padded[0] = (byte) 0x20;
        }
        return InetAddress.getByAddress(padded);
    }
}
