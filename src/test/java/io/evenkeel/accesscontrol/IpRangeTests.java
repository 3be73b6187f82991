package io.evenkeel.accesscontrol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTests {

    @ParameterizedTest
    @CsvSource(textBlock = """
            10.0.0.1,                      10.0.0.1
            0.0.0.0,                       0.0.0.0
            255.255.255.255/32,            255.255.255.255/32
            10.1.2.3/8,                    10.0.0.0/8
            192.168.1.2-192.168.2.253,     192.168.1.2-192.168.2.253
            0.0.0.0/0,                     0.0.0.0/0
            ::,                            ::
            ::1,                           ::1
            1::,                           1::
            2001:0DB8:0:0:0:0:0:1,         2001:db8::1
            2001:db8:0:1:1:1:1:1,          2001:db8:0:1:1:1:1:1
            2001:0:0:1:0:0:0:1,            2001:0:0:1::1
            2001:db8:0:0:1:0:0:1,          2001:db8::1:0:0:1
            ::192.0.2.33,                  ::c000:221
            ::/0,                          ::/0
            2001:db8:ffff::1/33,           2001:db8:8000::/33
            2001:0DB8:02de::0e12-2001:0DB8:02de::0e13, 2001:db8:2de::e12-2001:db8:2de::e13
            """)
    void spellsAddressesInTheirCanonicalForm(String given, String canonical) {
        assertThat(IpRange.parse(given)).map(IpRange::text).hasValue(canonical);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0.0.0.0,               0.0.0.0/32
            ::1,                   ::1/128
            0:0:0:0:0:0:0:1,       ::1
            10.0.0.0/24,           10.0.0.0-10.0.0.255
            10.0.0.0/24,           10.0.0.77/24
            0.0.0.0/0,             0.0.0.0-255.255.255.255
            fd00::/120,            fd00::-fd00::ff
            """)
    void knowsTheSameAddressesInEverySpelling(String one, String other) {
        var first = IpRange.parse(one).orElseThrow();
        var second = IpRange.parse(other).orElseThrow();

        assertThat(first.key()).isEqualTo(second.key());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10.0.0.0,     10.0.0.0/31
            ::1,          0.0.0.1
            10.0.0.0/24,  10.0.0.0-10.0.0.254
            """)
    void tellsOtherAddressesApart(String one, String other) {
        var first = IpRange.parse(one).orElseThrow();
        var second = IpRange.parse(other).orElseThrow();

        assertThat(first.key()).isNotEqualTo(second.key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "10.0.0",
                "010.0.0.1",
                "0x7f.0.0.1",
                "10.0.0.256",
                "10.0.0.1/33",
                "10.0.0.1/-1",
                "10.0.0.1/08",
                "10.0.0.1/",
                "/8",
                "10.0.0.1/8/8",
                "10.0.0.2-10.0.0.1",
                "10.0.0.1-10.0.0.1",
                "10.0.0.1-",
                "-10.0.0.1",
                "10.0.0.1-::1",
                "10.0.0.0/8-10.1.0.0/8",
                "::1/129",
                "fe80::1%eth0",
                "::ffff:10.0.0.1",
                "::ffff:0:0/96",
                "localhost",
                "10.0.0.1 ",
                "1::2::3"
            })
    void refusesWhatIsNoAddressCidrOrRange(String text) {
        assertThat(IpRange.parse(text)).isEmpty();
    }
}
