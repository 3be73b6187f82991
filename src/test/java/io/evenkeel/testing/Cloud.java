package io.evenkeel.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A VPC of a test's own with a subnet for VIPs and one for servers, put into the inventory. Each test that makes one
 * gets another range, so tests never meet. Loopback clouds lie in 127.0.0.0/8, so that their addresses can be bound.
 */
public final class Cloud {

    private static final AtomicInteger NEXT = new AtomicInteger(1);

    private final Api api;
    private final int number;
    private final int network;

    private Cloud(Api api, int network) {
        this.api = api;
        this.network = network;
        this.number = NEXT.getAndIncrement();
    }

    /** A cloud in 10.0.0.0/8, with the availability zones az-1 and az-2. */
    public static Cloud create(Api api) {
        return new Cloud(api, 10).register();
    }

    /** A cloud in 127.0.0.0/8, whose servers and VIPs can really be bound. */
    public static Cloud createOnLoopback(Api api) {
        return new Cloud(api, 127).register();
    }

    private Cloud register() {
        api.put("/inventory/v1/availability-zones/az-1", Map.of());
        api.put("/inventory/v1/availability-zones/az-2", Map.of());
        put("/vpcs/" + vpcId(), Map.of("name", vpcId(), "cidr", at(0, 0) + "/20"));
        put("/subnets/" + vipSubnetId(), Map.of("name", "vips", "vpc_id", vpcId(), "cidr", at(1, 0) + "/24"));
        put("/subnets/" + serverSubnetId(), Map.of("name", "servers", "vpc_id", vpcId(), "cidr", at(2, 0) + "/23"));
        return this;
    }

    private void put(String path, Object body) {
        var answer = api.put(api.inventory(path), body);
        if (answer.status() >= 300) {
            throw new AssertionError(path + ": " + answer.raw().body());
        }
    }

    /** An address of this cloud's /20, by its last two octets. */
    private String at(int third, int fourth) {
        return network + "." + number / 16 + "." + (number % 16 * 16 + third) + "." + fourth;
    }

    public String vpcId() {
        return "vpc-" + network + "-" + number;
    }

    public String vipSubnetId() {
        return "vips-" + network + "-" + number;
    }

    public String serverSubnetId() {
        return "servers-" + network + "-" + number;
    }

    /** The n-th address (1..500) of the server subnet. */
    public String address(int n) {
        return at(2 + n / 256, n % 256);
    }

    /** The n-th address (1..200) of the VIP subnet. */
    public String vip(int n) {
        return at(1, n);
    }

    public String serverId(int n) {
        return "server-" + network + "-" + number + "-" + n;
    }

    /** Puts server n into az-1 (odd n) or az-2, on Ubuntu, at {@link #address}(n). */
    public String server(int n) {
        return server(n, "linux", "ubuntu", "ACTIVE");
    }

    public String server(int n, String osType, String distribution, String status) {
        return server(n, osType, distribution, status, Map.of("subnet_id", serverSubnetId(), "address", address(n)));
    }

    /** With one address, {@code subnet_id} and {@code address}. */
    public String server(int n, String osType, String distribution, String status, Map<String, String> address) {
        put(
                "/servers/" + serverId(n),
                Map.of(
                        "name",
                        "server " + n,
                        "availability_zone",
                        n % 2 == 1 ? "az-1" : "az-2",
                        "os",
                        Map.of("type", osType, "distribution", distribution, "version", "24.04"),
                        "status",
                        status,
                        "addresses",
                        List.of(address)));
        return serverId(n);
    }
}
