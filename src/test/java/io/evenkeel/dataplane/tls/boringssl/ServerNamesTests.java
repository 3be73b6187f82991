package io.evenkeel.dataplane.tls.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.tls.boringssl.ServerNames.Named;
import io.evenkeel.desiredstate.DesiredTls.SniMatch;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNamesTests {

    private static final List<Named<String>> CERTIFICATES = List.of(
            new Named<>(List.of("example.com", "www.example.com"), "exact"),
            new Named<>(List.of("*.example.com"), "wild"),
            new Named<>(List.of("*.shop.example.com"), "wild shop"));

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            none,                       main,   main
            '',                         main,   main
            .,                          main,   main
            example.com,                exact,  exact
            EXAMPLE.com,                exact,  exact
            www.example.com,            exact,  exact
            mail.example.com,           wild,   wild
            a.mail.example.com,         main,   wild
            shop.example.com,           wild,   wild
            a.shop.example.com,         wild shop, wild shop
            b.a.shop.example.com,       main,   wild shop
            *.example.com,              wild,   wild
            .example.com,               main,   main
            example.org,                main,   main
            com,                        main,   main
            """)
    void findsTheCertificateOfAName(String name, String byWildcard, String byLongestSuffix) {
        assertThat(new ServerNames<>("main", CERTIFICATES, SniMatch.WILDCARD).find(name))
                .isEqualTo(byWildcard);
        assertThat(new ServerNames<>("main", CERTIFICATES, SniMatch.LONGEST_SUFFIX).find(name))
                .isEqualTo(byLongestSuffix);
    }
}
