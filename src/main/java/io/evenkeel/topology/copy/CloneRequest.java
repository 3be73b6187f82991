package io.evenkeel.topology.copy;

import io.evenkeel.loadbalancer.LoadBalancerCopying.Wanted;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.Patterns;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How many copies of a load balancer are wanted, and what is different about them. */
record CloneRequest(
        @Min(value = 1, message = "must be 1..10") @Max(value = 10, message = "must be 1..10") @Nullable
        Integer count,

        @Valid @Nullable Target targetLoadbalancerParam) {

    private static final String PATH = "target_loadbalancer_param.";
    private static final Target AS_IT_IS =
            new Target(null, null, null, null, null, null, null, null, null, null, null, null);

    /**
     * What is different; absent: as it is at the source.
     *
     * @param reusePool whether the source's pools serve the copies as well, instead of copies of them
     */
    record Target(
            @Size(max = 255, message = "must be 0..255 characters long")
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            @Nullable
            String name,

            @Size(min = 1, message = "must name at least one availability zone") @Nullable
            List<@NotNull @Size(min = 1, max = 64, message = "must be 1..64 characters long") String>
                    availabilityZoneList,

            @Pattern(regexp = Patterns.INVENTORY_ID, message = Patterns.INVENTORY_ID_RULE) @Nullable
            String vipSubnetCidrId,

            @Size(max = 64, message = "must be an IPv4 address") @Nullable
            String vipAddress,

            @Pattern(regexp = Patterns.INVENTORY_ID, message = Patterns.INVENTORY_ID_RULE) @Nullable
            String ipv6VipVirsubnetId,

            @Size(max = 64, message = "must be an IPv6 address") @Nullable
            String ipv6VipAddress,

            @Size(min = 1, message = "must name at least one subnet") @Nullable
            List<@NotNull @Pattern(regexp = Patterns.INVENTORY_ID, message = Patterns.INVENTORY_ID_RULE) String>
                    elbVirsubnetIds,

            @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE) @Nullable
            String l4FlavorId,

            @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE) @Nullable
            String l7FlavorId,

            @Pattern(regexp = Patterns.ENTERPRISE_PROJECT, message = Patterns.ENTERPRISE_PROJECT_RULE) @Nullable
            String enterpriseProjectId,

            @Nullable Boolean reusePool,

            @AssertTrue(message = "must be true: there are no shared load balancers") @Nullable
            Boolean guaranteed) {}

    boolean reusesPools() {
        return targetLoadbalancerParam != null && Boolean.TRUE.equals(targetLoadbalancerParam.reusePool());
    }

    /** One entry for each copy. Errors: INVALID_INPUT for an address that several cannot share. */
    List<Wanted> wanted() {
        int copies = Objects.requireNonNullElse(count, 1);
        var target = Objects.requireNonNullElse(targetLoadbalancerParam, AS_IT_IS);
        if (copies > 1) {
            refuse("vip_address", target.vipAddress());
            refuse("ipv6_vip_address", target.ipv6VipAddress());
        }
        return IntStream.rangeClosed(1, copies)
                .mapToObj(index -> wanted(target, index))
                .toList();
    }

    private static Wanted wanted(Target target, int index) {
        return new Wanted(
                PATH,
                target.name(),
                "-copy-" + index,
                target.availabilityZoneList(),
                target.vipSubnetCidrId(),
                target.vipAddress(),
                target.ipv6VipVirsubnetId(),
                target.ipv6VipAddress(),
                target.elbVirsubnetIds(),
                target.l4FlavorId(),
                target.l7FlavorId());
    }

    private static void refuse(String attribute, @Nullable String address) {
        if (address != null) {
            throw ErrorCode.INVALID_INPUT.with(PATH + attribute, "needs count 1");
        }
    }
}
