package io.evenkeel.agentsync.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.agentsync.Rows;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.StatementCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** That compiling takes a fixed number of statements. */
@EvenkeelTest
class DesiredStateCompilerTests {

    @Autowired
    DataSource dataSource;

    @Autowired
    JsonMapper json;

    private Rows rows;

    @BeforeEach
    void begin() {
        rows = new Rows(JdbcClient.create(dataSource)).vpc();
    }

    @AfterEach
    void end() {
        rows.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void takesAFixedNumberOfStatementsWhateverTheNumber(int count) {
        List<UUID> loadBalancers = new ArrayList<>();
        var pools = rows.pools(count);
        for (int n = 0; n < count; n++) {
            var loadBalancer = rows.loadBalancer();
            loadBalancers.add(loadBalancer);
            rows.listener(loadBalancer, pools.get(n), 80, "{}");
            rows.listener(loadBalancer, pools.get(n), 81, "{}");
            rows.member(pools.get(n), 2 * n + 1);
            rows.member(pools.get(n), 2 * n + 2);
            rows.monitor(pools.get(n));
        }
        var counter = new StatementCounter(dataSource);
        var jdbc = JdbcClient.create(counter);
        var compiler = new DesiredStateCompiler(new PoolReader(jdbc), new LoadBalancerReader(jdbc, json));

        assertThat(compiler.pools(pools)).hasSize(count).allSatisfy(pool -> {
            assertThat(pool.members()).hasSize(2);
            assertThat(pool.isUsed()).isTrue();
            assertThat(pool.healthMonitor()).isPresent();
        });
        assertThat(counter.takeCount()).isEqualTo(2);
        assertThat(compiler.loadBalancers(loadBalancers))
                .hasSize(count)
                .allSatisfy(one -> assertThat(one.listeners()).hasSize(2));
        assertThat(counter.takeCount()).isEqualTo(5);
    }
}
