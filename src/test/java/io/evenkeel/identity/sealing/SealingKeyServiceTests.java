package io.evenkeel.identity.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.evenkeel.identity.Sealing;
import io.evenkeel.platform.database.EvenkeelHome;
import io.evenkeel.testing.EvenkeelTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@EvenkeelTest
class SealingKeyServiceTests {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    EvenkeelHome home;

    @Autowired
    SealingKeyService keys;

    @Autowired
    Sealing sealing;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Clock clock;

    @Test
    void keepsTheGeneratedKeyInAFileForItsOwnerAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.file("kek"))))
                .isEqualTo("rw-------");
    }

    @Test
    void findsTheSameKeyAtTheNextStart() {
        var sealed = sealing.seal("s".getBytes(StandardCharsets.UTF_8), "a");

        assertThat(new AesGcmSealing(keys.load()).open(sealed, "a")).isEqualTo("s".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesToStartUnderAnotherKey() {
        var other = KeyEncryptionKey.generate().text();
        var service = new SealingKeyService(jdbc, home, new SealingProperties(other, null, null), clock);

        assertThatIllegalStateException()
                .isThrownBy(() -> new TransactionTemplate(transactions).execute(status -> service.load()))
                .withMessageContaining("Set evenkeel.kek to it")
                .withMessageNotContaining(other.value());
    }
}
