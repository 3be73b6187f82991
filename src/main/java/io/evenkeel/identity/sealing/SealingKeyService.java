package io.evenkeel.identity.sealing;

import io.evenkeel.identity.Secret;
import io.evenkeel.platform.database.EvenkeelHome;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds the key-encryption key, and makes sure that it is the one the installation's secrets are sealed under. */
@Service
class SealingKeyService {

    static final String FILE = "kek";

    private final JdbcClient jdbc;
    private final EvenkeelHome home;
    private final SealingProperties properties;
    private final Clock clock;

    SealingKeyService(JdbcClient jdbc, EvenkeelHome home, SealingProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.home = home;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * @throws IllegalStateException with instructions when the installation uses another key
     */
    @Transactional
    public KeyEncryptionKey load() {
        // Nodes that start together on an empty database agree on the first one's key.
        jdbc.sql("lock table sealing_key in exclusive mode").update();
        var known = jdbc.sql("select id from sealing_key")
                .query((row, n) -> row.getString(1))
                .list();
        var key = find();
        if (known.isEmpty()) {
            var chosen = key == null ? generate() : key;
            jdbc.sql("insert into sealing_key (id, created_at) values (:id, :now)")
                    .param("id", idOf(chosen))
                    .param("now", OffsetDateTime.now(clock))
                    .update();
            return chosen;
        }
        if (key == null || !known.contains(idOf(key))) {
            throw new IllegalStateException(refusal(key, known));
        }
        return key;
    }

    private @Nullable KeyEncryptionKey find() {
        var configured = properties.keyEncryptionKey();
        if (configured != null) {
            return KeyEncryptionKey.parse(configured, "evenkeel.kek");
        }
        var kept = home.readSecret(FILE);
        return kept == null
                ? null
                : KeyEncryptionKey.parse(new Secret(kept), home.file(FILE).toString());
    }

    private KeyEncryptionKey generate() {
        var key = KeyEncryptionKey.generate();
        home.writeSecret(FILE, key.text().value());
        return key;
    }

    private String refusal(@Nullable KeyEncryptionKey key, List<String> known) {
        return "The secrets of this installation are sealed under the key-encryption key "
                + String.join(", ", known)
                + (key == null ? ", and none was given" : ", not under " + idOf(key))
                + ". Set evenkeel.kek to it, or put back the file "
                + home.file(FILE)
                + " that the first node generated.";
    }

    private static String idOf(KeyEncryptionKey key) {
        return HexFormat.of().formatHex(key.id());
    }
}
