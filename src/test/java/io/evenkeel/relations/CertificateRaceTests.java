package io.evenkeel.relations;

import static io.evenkeel.testing.Race.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Wish;
import io.evenkeel.testing.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** A certificate that is replaced while load balancers with listeners that use it are copied. */
@EvenkeelTest
class CertificateRaceTests {

    private static final int COPIES = 4;

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private static Map<String, String> issued(int number) {
        var issued = Pki.selfSigned(Wish.of("shop.example").keys(Pki.ec(number)));
        return Map.of("certificate", issued.pem(), "private_key", issued.key());
    }

    private Api.Answer replace(String certificate, Map<String, String> by) {
        return api.put(api.elb("/certificates/" + certificate), Map.of("certificate", by));
    }

    private Looking looking(String certificate) {
        return new Looking(
                transactions,
                jdbc,
                new Looking.Thing(
                        certificate,
                        "select certificate from certificate where id = :id",
                        "l.id in (select listener_id from listener_certificate where certificate_id = :id)"));
    }

    /** Whichever comes first, a worker is told to serve the new certificate on the copies too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aCopyServesTheReplacement(int seed) throws Exception {
        var estate = Estate.create(api);
        var source = estate.loadBalancer();
        var certificate = api.post(api.elb("/certificates"), Map.of("certificate", issued(1)))
                .expect(201)
                .at("/certificate/id")
                .asString();
        estate.listener(source, "HTTPS", 443, Map.of("default_tls_container_ref", certificate));
        var race = new Race(jdbc);
        for (int n = 0; n < COPIES; n++) {
            race.with(call(
                    () -> api.post(api.elb("/loadbalancers/" + source + "/clone"), Map.of()),
                    "200",
                    "409 was changed at this moment"));
        }
        race.with(
                call(() -> replace(certificate, issued(2)), "200"), call(() -> replace(certificate, issued(3)), "200"));
        var node = looking(certificate);
        var looking = Thread.ofVirtual().start(node);

        var finished = race.run(seed);
        node.stop();
        looking.join();

        var users = new ArrayList<>(List.of(source));
        finished.stream()
                .flatMap(finish ->
                        finish.answer().body().path("loadbalancer_list").valueStream())
                .forEach(copy -> users.add(copy.path("id").asString()));
        var now = node.look();
        assertThat(node.told().keySet()).containsExactlyInAnyOrderElementsOf(users);
        assertThat(node.told().values()).containsOnly(now);
        replace(certificate, issued(4)).expect(200);
        var later = node.look();
        assertThat(later).isNotEqualTo(now);
        assertThat(node.told().values()).containsOnly(later);
    }
}
