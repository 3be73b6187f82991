package io.evenkeel.identity.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.evenkeel.identity.SealedColumn;
import io.evenkeel.identity.SealedRows;
import io.evenkeel.identity.Sealing;
import io.evenkeel.identity.Sealing.SealBrokenException;
import io.evenkeel.platform.database.EvenkeelHome;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Each test rotates the shared instance's key in a transaction that it rolls back. */
@EvenkeelTest
class SealingKeyRotationTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    EvenkeelHome home;

    @Autowired
    SealingKeys keys;

    @Autowired
    Sealing now;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Clock clock;

    private final KeyEncryptionKey fresh = KeyEncryptionKey.generate();

    @Test
    void sealsEverySecretAnewAndForgetsTheOldKey() {
        var issued = Pki.selfSigned("rotated");
        var certificate = api.post(
                        api.elb("/certificates"),
                        Map.of("certificate", Map.of("certificate", issued.pem(), "private_key", issued.key())))
                .expect(201)
                .at("/certificate/id")
                .asString();
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            var both = new SealingKeys(fresh, keys.current());
            var service = service(both);
            service.load();
            var sealing = new AesGcmSealing(both);
            var rotation = new SealingKeyRotation(service, both, rows(sealing), transactions);
            var before = sealed(certificate);

            assertThat(rotation.run()).isPositive();
            var after = sealed(certificate);
            assertThat(text(new AesGcmSealing(fresh).open(after, "certificate/" + certificate)))
                    .isEqualTo(issued.key());
            assertThatExceptionOfType(SealBrokenException.class)
                    .as("the old key on what is sealed anew")
                    .isThrownBy(() -> now.open(after, "certificate/" + certificate));
            assertThat(text(sealing.open(before, "certificate/" + certificate)))
                    .as("both keys open while the old one is at hand")
                    .isEqualTo(issued.key());
            assertThat(jdbc.sql("select id from sealing_key")
                            .query(String.class)
                            .list())
                    .containsExactly(fresh.name());
            assertThat(rotation.run()).as("a second run").isZero();
            assertThatIllegalStateException()
                    .isThrownBy(
                            () -> service(new SealingKeys(keys.current(), null)).load())
                    .withMessageContaining("sealed under the key-encryption key " + fresh.name());
            status.setRollbackOnly();
        });
        assertThat(text(now.open(sealed(certificate), "certificate/" + certificate)))
                .isEqualTo(issued.key());
    }

    @Test
    void goesOnWhereItWasInterrupted() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            var sealing = new AesGcmSealing(new SealingKeys(fresh, keys.current()));
            for (int i = 0; i < 3; i++) {
                jdbc.sql("""
                                insert into access_key (access_key, project_id, role, description, sealed_secret, created_at)
                                values (:key, :project, 'READER', '', :sealed, now())
                                """)
                        .param("key", "ROTATED" + i)
                        .param("project", api.projectId())
                        .param("sealed", now.seal(("s" + i).getBytes(StandardCharsets.UTF_8), "access-key/ROTATED" + i))
                        .update();
            }
            var rows = rows(sealing).getFirst();
            int total = 0;
            for (int n = rows.sealAnew(1); n > 0; n = rows.sealAnew(1)) {
                assertThat(n).isEqualTo(1);
                total++;
            }

            assertThat(total).isGreaterThanOrEqualTo(3);
            for (int i = 0; i < 3; i++) {
                var kept = jdbc.sql("select sealed_secret from access_key where access_key = :key")
                        .param("key", "ROTATED" + i)
                        .query((row, n) -> row.getBytes(1))
                        .single();
                assertThat(text(new AesGcmSealing(fresh).open(kept, "access-key/ROTATED" + i)))
                        .isEqualTo("s" + i);
            }
            status.setRollbackOnly();
        });
    }

    @Test
    void refusesAKeyThatLeavesSecretsClosed() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> service(new SealingKeys(fresh, KeyEncryptionKey.generate()))
                            .load())
                    .withMessageContaining(keys.current().name());
            status.setRollbackOnly();
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> new TransactionTemplate(transactions)
                        .execute(status -> new SealingKeyService(
                                        jdbc,
                                        home,
                                        new SealingProperties(fresh.text(), null, "rotate-sealing-key"),
                                        clock)
                                .load()))
                .withMessage("Set evenkeel.kek to the new key and evenkeel.other-kek to the old one");
    }

    private SealingKeyService service(SealingKeys configured) {
        var other = configured.other();
        return new SealingKeyService(
                jdbc,
                home,
                new SealingProperties(configured.current().text(), other == null ? null : other.text(), null),
                clock);
    }

    private List<SealedRows> rows(Sealing sealing) {
        return List.of(
                new SealedColumn(
                        jdbc, sealing, "access keys", "access_key.sealed_secret", "'access-key/' || access_key"),
                new SealedColumn(
                        jdbc, sealing, "private keys", "certificate.sealed_private_key", "'certificate/' || id"));
    }

    private byte[] sealed(String certificate) {
        return jdbc.sql("select sealed_private_key from certificate where id = :id")
                .param("id", certificate)
                .query((row, n) -> row.getBytes(1))
                .single();
    }

    private static String text(byte[] secret) {
        return new String(secret, StandardCharsets.UTF_8);
    }
}
