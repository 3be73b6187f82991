package io.evenkeel.identity.sealing;

import io.evenkeel.identity.Secret;
import io.evenkeel.platform.database.EvenkeelHome;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds the key-encryption keys, and makes sure that they open all of the installation's secrets. The table
 * {@code sealing_key} names every key that some secret may be sealed under.
 */
@Service
class SealingKeyService {

    static final String FILE = "kek";
    static final String OTHER_FILE = "kek.other";

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
     * @throws IllegalStateException with instructions when secrets are sealed under a key that is not at hand
     */
    @Transactional
    public SealingKeys load() {
        // Nodes that start together on an empty database agree on the first one's key.
        jdbc.sql("lock table sealing_key in exclusive mode").update();
        var known = jdbc.sql("select id from sealing_key order by id")
                .query((row, n) -> Objects.requireNonNull(row.getString(1)))
                .list();
        if (properties.isRotating()) {
            beginRotation();
        }
        var keys = find();
        if (keys == null) {
            if (!known.isEmpty()) {
                throw new IllegalStateException(refusal(null, known));
            }
            keys = new SealingKeys(generate(), null);
        }
        if (!keys.names().containsAll(known)) {
            throw new IllegalStateException(refusal(keys, known));
        }
        if (!known.contains(keys.current().name())) {
            jdbc.sql("insert into sealing_key (id, created_at) values (:id, :now)")
                    .param("id", keys.current().name())
                    .param("now", OffsetDateTime.now(clock))
                    .update();
        }
        return keys;
    }

    /** Where the key is a file: makes a new one and keeps the old one beside it, unless that was begun before. */
    private void beginRotation() {
        if (properties.keyEncryptionKey() != null) {
            if (properties.otherKey() == null) {
                throw new IllegalStateException(
                        "Set evenkeel.kek to the new key and evenkeel.other-kek to the old one");
            }
            return;
        }
        var kept = home.readSecret(FILE);
        var other = home.readSecret(OTHER_FILE);
        if (kept != null && (other == null || other.equals(kept))) {
            home.writeSecret(OTHER_FILE, kept);
            generate();
        }
    }

    /**
     * Forgets every other key: no secret is sealed under one any more.
     *
     * @throws IllegalStateException never for callers that have sealed everything anew in this transaction
     */
    @Transactional
    public void forgetOthers(SealingKeys keys) {
        jdbc.sql("delete from sealing_key where id <> :current")
                .param("current", keys.current().name())
                .update();
    }

    /** After the transaction that forgot it: a key that nothing is sealed under is of no use to anybody but thieves. */
    void dropOtherFile() {
        home.deleteSecret(OTHER_FILE);
    }

    /** What is configured or lies in the home, whether or not it opens everything. */
    Optional<SealingKeys> keysAtHand() {
        return Optional.ofNullable(find());
    }

    private @Nullable SealingKeys find() {
        var configured = properties.keyEncryptionKey();
        if (configured != null) {
            var other = properties.otherKey();
            return new SealingKeys(
                    KeyEncryptionKey.parse(configured, "evenkeel.kek"),
                    other == null ? null : KeyEncryptionKey.parse(other, "evenkeel.other-kek"));
        }
        var current = inFile(FILE);
        return current == null ? null : new SealingKeys(current, inFile(OTHER_FILE));
    }

    private @Nullable KeyEncryptionKey inFile(String name) {
        var kept = home.readSecret(name);
        return kept == null
                ? null
                : KeyEncryptionKey.parse(new Secret(kept), home.file(name).toString());
    }

    private KeyEncryptionKey generate() {
        var key = KeyEncryptionKey.generate();
        home.writeSecret(FILE, key.text().value());
        return key;
    }

    private String refusal(@Nullable SealingKeys keys, List<String> known) {
        return "The secrets of this installation are sealed under the key-encryption key "
                + String.join(" and ", known)
                + (keys == null ? ", and none was given" : ", not only under " + String.join(" and ", keys.names()))
                + ". Set evenkeel.kek to it, or put back the file "
                + home.file(FILE)
                + " that the first node generated; while a key is replaced, evenkeel.other-kek or the file "
                + home.file(OTHER_FILE)
                + " holds the second one.";
    }
}
