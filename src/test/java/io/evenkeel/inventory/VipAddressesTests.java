package io.evenkeel.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@EvenkeelTest
class VipAddressesTests {

    @Autowired
    Api api;

    @Autowired
    VipAddresses vips;

    @Autowired
    TransactionTemplate transactions;

    private String claim(String subnetId, Optional<String> address) {
        return transactions.execute(status -> vips.claim(api.projectId(), subnetId, address, UUID.randomUUID()));
    }

    @Test
    void picksTheLowestFreeAddress() {
        var cloud = Cloud.create(api);
        assertThat(claim(cloud.vipSubnetId(), Optional.empty())).isEqualTo(cloud.vip(2));
        assertThat(claim(cloud.vipSubnetId(), Optional.of(cloud.vip(4)))).isEqualTo(cloud.vip(4));
        assertThat(claim(cloud.vipSubnetId(), Optional.empty())).isEqualTo(cloud.vip(3));
        assertThat(claim(cloud.vipSubnetId(), Optional.empty())).isEqualTo(cloud.vip(5));
    }

    @Test
    void keepsClearOfServersAndGivesBack() {
        var cloud = Cloud.create(api);
        cloud.server(2);
        assertThatThrownBy(() -> claim(cloud.serverSubnetId(), Optional.of(cloud.address(2))))
                .hasMessageContaining(cloud.address(2))
                .hasMessageContaining("server " + cloud.serverId(2));
        assertThat(claim(cloud.serverSubnetId(), Optional.empty())).isEqualTo(cloud.address(3));
        var holder = UUID.randomUUID();
        transactions.executeWithoutResult(
                status -> vips.claim(api.projectId(), cloud.vipSubnetId(), Optional.of(cloud.vip(9)), holder));
        transactions.executeWithoutResult(
                status -> vips.release(api.projectId(), cloud.vpcId(), cloud.vip(9), UUID.randomUUID()));
        assertThatThrownBy(() -> claim(cloud.vipSubnetId(), Optional.of(cloud.vip(9))))
                .hasMessageContaining("load balancer " + holder);
        transactions.executeWithoutResult(status -> vips.release(api.projectId(), cloud.vpcId(), cloud.vip(9), holder));
        assertThat(claim(cloud.vipSubnetId(), Optional.of(cloud.vip(9)))).isEqualTo(cloud.vip(9));
    }

    @Test
    void refusesWhatIsNoHostAddressOfTheSubnet() {
        var cloud = Cloud.create(api);
        for (var address : List.of(cloud.vip(0), cloud.vip(255), cloud.address(1), "fd00::1", "nonsense")) {
            assertThatThrownBy(() -> claim(cloud.vipSubnetId(), Optional.of(address)))
                    .hasMessageContaining(address);
        }
        assertThatThrownBy(() -> claim("none", Optional.empty())).hasMessageContaining("subnet none");
    }

    @Test
    void saysWhenASubnetIsFull() {
        api.put(api.inventory("/vpcs/tiny"), Map.of("cidr", "172.25.0.0/24")).expect(201);
        api.put(api.inventory("/subnets/tiny"), Map.of("vpc_id", "tiny", "cidr", "172.25.0.0/29"))
                .expect(201);
        api.put(api.inventory("/subnets/pair"), Map.of("vpc_id", "tiny", "cidr", "172.25.0.8/31"))
                .expect(201);
        assertThat(Stream.generate(() -> claim("tiny", Optional.empty())).limit(5))
                .containsExactly("172.25.0.2", "172.25.0.3", "172.25.0.4", "172.25.0.5", "172.25.0.6");
        assertThatThrownBy(() -> claim("tiny", Optional.empty())).hasMessageContaining("too few free IP addresses");
        assertThatThrownBy(() -> claim("pair", Optional.empty())).hasMessageContaining("too few free IP addresses");
    }

    @Test
    void picksInHugeIpv6Subnets() {
        api.put(api.inventory("/vpcs/huge"), Map.of("cidr", "fd77::/48")).expect(201);
        api.put(api.inventory("/subnets/huge"), Map.of("vpc_id", "huge", "cidr", "fd77::/64"))
                .expect(201);
        assertThat(claim("huge", Optional.empty())).isEqualTo("fd77::2");
        assertThat(claim("huge", Optional.of("FD77:0::4"))).isEqualTo("fd77::4");
        assertThat(claim("huge", Optional.empty())).isEqualTo("fd77::3");
    }

    @Test
    void givesEveryAddressOnceUnderContention() throws Exception {
        var cloud = Cloud.create(api);
        int callers = 16;
        var together = new CyclicBarrier(callers);
        Callable<List<String>> caller = () -> {
            together.await();
            return Stream.generate(() -> claim(cloud.vipSubnetId(), Optional.empty()))
                    .limit(8)
                    .toList();
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var given = threads
                    .invokeAll(Stream.generate(() -> caller).limit(callers).toList())
                    .stream()
                    .flatMap(answer -> answer.resultNow().stream())
                    .toList();
            assertThat(given).hasSize(callers * 8).doesNotHaveDuplicates();
        }
    }
}
