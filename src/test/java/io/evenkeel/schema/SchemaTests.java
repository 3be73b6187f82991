package io.evenkeel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.platform.error.ConstraintErrors;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Golden;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@EvenkeelTest
class SchemaTests {

    private final JdbcClient jdbc;
    private final ConstraintErrors errors;

    @Autowired
    SchemaTests(JdbcClient jdbc, ConstraintErrors errors) {
        this.jdbc = jdbc;
        this.errors = errors;
    }

    @Test
    void theMigrationsMakeTheSchemaThatIsWrittenDown() {
        Golden.compare(Path.of("db", "schema.sql"), new SchemaDump(jdbc).write());
    }

    @Test
    void everyConstraintHasAMeaningAndEveryMeaningAConstraint() {
        var inSchema =
                new TreeSet<>(jdbc.sql("""
                        select k.conname from pg_constraint k
                        where k.connamespace = 'public'::regnamespace and k.contype <> 'n' and k.conrelid <> 0
                          and k.conrelid <> 'flyway_schema_history'::regclass
                          and not exists (select 1 from pg_class c where c.oid = k.conrelid and c.relispartition)
                        union
                        select x.relname from pg_index i join pg_class x on x.oid = i.indexrelid
                        where i.indisunique and not x.relispartition and x.relnamespace = 'public'::regnamespace
                          and i.indrelid <> 'flyway_schema_history'::regclass
                        """).query((row, n) -> row.getString(1)).list());

        assertThat(errors.constraints()).containsExactlyInAnyOrderElementsOf(inSchema);
    }

    @Test
    void everyConstraintIsNamedForWhatItHolds() {
        assertThat(errors.constraints()).allMatch(name -> name.matches("(pk|uq|fk|ck|ex)_[a-z0-9_]+"));
    }
}
