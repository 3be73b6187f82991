package io.evenkeel.member.joining;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.inventory.Servers;
import io.evenkeel.inventory.Subnets;
import io.evenkeel.inventory.VipAddresses;
import io.evenkeel.member.Group;
import io.evenkeel.member.joining.RulesProperties.SameOs;
import io.evenkeel.member.store.MemberFacts;
import io.evenkeel.member.store.MemberStore;
import io.evenkeel.platform.IpAddress;
import io.evenkeel.platform.web.OwnSockets;
import io.evenkeel.platform.write.Warning;
import io.evenkeel.platform.write.Warnings;
import io.evenkeel.pool.Pools;
import io.evenkeel.quota.Quotas;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The same-OS rule where it is loosened, and tightened again. */
@EvenkeelTest
class SameOsTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    MemberStore store;

    @Autowired
    Pools pools;

    @Autowired
    Servers servers;

    @Autowired
    Subnets subnets;

    @Autowired
    VipAddresses vips;

    @Autowired
    MemberFacts facts;

    @Autowired
    OwnSockets ownSockets;

    @Autowired
    Quotas quotas;

    @Autowired
    SameOsService sameOs;

    private List<String> joinWith(SameOs rule, Group group, Cloud cloud, int n) {
        var joins = new MemberJoinService(
                store,
                pools,
                servers,
                subnets,
                vips,
                facts,
                new RulesProperties(rule),
                ownSockets,
                quotas,
                Clock.systemUTC());
        var member = new NewMember(
                "member.", IpAddress.parse(cloud.address(n)).orElseThrow(), cloud.serverSubnetId(), 80, "", 1, null);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
        try {
            transactions.executeWithoutResult(
                    status -> joins.join(api.projectId(), UUID.fromString(group.id()), member));
            return Warnings.current().stream().map(Warning::message).toList();
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
    }

    private List<String> boundSystems(Group group) {
        return jdbc.sql("select coalesce(os, 'none') from member where pool_id = cast(:pool as uuid)")
                .param("pool", group.id())
                .query((row, n) -> row.getString(1))
                .list();
    }

    @Test
    void warnsOrKeepsSilentInsteadOfRefusing() {
        var cloud = Cloud.create(api);
        cloud.server(1);
        cloud.server(2, "windows", "server", "ACTIVE");
        cloud.server(3, "linux", "debian", "ACTIVE");
        var group = Group.create(api, cloud);
        assertThat(joinWith(SameOs.WARN, group, cloud, 1)).isEmpty();
        assertThat(joinWith(SameOs.WARN, group, cloud, 2))
                .singleElement()
                .asString()
                .contains(group.id(), "linux/ubuntu, windows/server");
        assertThat(joinWith(SameOs.OFF, group, cloud, 3)).isEmpty();
        assertThat(boundSystems(group)).containsExactly("none", "none", "none");
    }

    @Test
    void bindsGroupsThatAgreeOnceTheRuleIsEnforcedAgain() {
        var cloud = Cloud.create(api);
        cloud.server(1);
        cloud.server(2);
        cloud.server(3, "windows", "server", "ACTIVE");
        var agreeing = Group.create(api, cloud);
        joinWith(SameOs.OFF, agreeing, cloud, 1);
        joinWith(SameOs.OFF, agreeing, cloud, 2);
        var mixed = Group.create(api, cloud);
        joinWith(SameOs.OFF, mixed, cloud, 1);
        joinWith(SameOs.OFF, mixed, cloud, 3);
        sameOs.bindThoseThatAgree();
        assertThat(boundSystems(agreeing)).containsExactly("linux/ubuntu", "linux/ubuntu");
        assertThat(boundSystems(mixed)).containsExactly("none", "none");
        assertThat(agreeing.add(agreeing.item(3)).expect(400).at("/error_msg").asString())
                .contains("windows/server", "linux/ubuntu");
    }
}
