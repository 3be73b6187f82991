package io.evenkeel.demo;

import java.util.List;

/** What the demo consists of. Everything lies in 127.0.0.0/8, so that it runs on any Linux host and nowhere else. */
final class DemoCloud {

    static final List<String> AVAILABILITY_ZONES = List.of("az1", "az2");
    static final String VPC_ID = "demo-vpc";
    static final String VPC_CIDR = "127.100.0.0/16";
    static final String VIP_SUBNET_ID = "demo-vips";
    static final String VIP_SUBNET_CIDR = "127.100.1.0/24";
    static final String VIP = "127.100.1.10";
    static final String SERVER_SUBNET_ID = "demo-servers";
    static final String SERVER_SUBNET_CIDR = "127.100.2.0/24";
    static final int SERVER_PORT = 9080;
    static final int HTTP_PORT = 8000;
    static final int TCP_PORT = 8001;

    static final List<DemoServer> SERVERS = List.of(
            new DemoServer("demo-server-1", "127.100.2.11", "az1", 5),
            new DemoServer("demo-server-2", "127.100.2.12", "az2", 3),
            new DemoServer("demo-server-3", "127.100.2.13", "az1", 2));

    private DemoCloud() {}

    /**
     * A backend server.
     *
     * @param weight its share of the requests of the HTTP listener
     */
    record DemoServer(String name, String address, String availabilityZone, int weight) {}
}
