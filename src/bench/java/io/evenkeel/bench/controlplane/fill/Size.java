package io.evenkeel.bench.controlplane.fill;

import io.evenkeel.testing.TestInstance;

/**
 * How much is filled in, and how it is called. Ten load balancers share a VPC of 250 servers (200 on Linux, 50 on
 * Windows); each has five pools of 20 members, so that each server is in four pools, of four load balancers.
 *
 * @param loadBalancers a multiple of ten
 */
public record Size(int loadBalancers) {

    public static final int LOAD_BALANCERS_IN_VPC = 10;
    public static final int POOLS_OF_LOAD_BALANCER = 5;
    public static final int MEMBERS_OF_POOL = 20;
    public static final int POOLS_IN_VPC = LOAD_BALANCERS_IN_VPC * POOLS_OF_LOAD_BALANCER;
    public static final int LINUX_POOLS_IN_VPC = 40;
    public static final int LINUX_SERVERS_IN_VPC = 200;
    public static final int SERVERS_IN_VPC = 250;

    /** Up to here all belong to the measured project; beyond, half of them. */
    private static final int ONE_PROJECT = 100;

    private static final int OTHER_PROJECTS = 10;
    /** Where the VPCs begin; each has 1,024 addresses. */
    private static final int FIRST_ADDRESS = 10 << 24 | 64 << 16;

    public Size {
        if (loadBalancers <= 0 || loadBalancers % LOAD_BALANCERS_IN_VPC != 0) {
            throw new IllegalArgumentException("Load balancers come in tens, got " + loadBalancers);
        }
    }

    public int vpcs() {
        return loadBalancers / LOAD_BALANCERS_IN_VPC;
    }

    public int members() {
        return loadBalancers * POOLS_OF_LOAD_BALANCER * MEMBERS_OF_POOL;
    }

    public int projects() {
        return loadBalancers <= ONE_PROJECT ? 1 : 1 + OTHER_PROJECTS;
    }

    public static String project(int project) {
        return project == 0 ? TestInstance.PROJECT_ID : "other-" + project;
    }

    /** Whose VPC it is: half of them the measured project's, the rest dealt out. */
    public String projectOf(int vpc) {
        return project(projects() == 1 || vpc % 2 == 0 ? 0 : 1 + vpc / 2 % OTHER_PROJECTS);
    }

    public static String vpc(int vpc) {
        return "vpc-" + vpc;
    }

    public static String vips(int vpc) {
        return "vips-" + vpc;
    }

    public static String servers(int vpc) {
        return "servers-" + vpc;
    }

    public static String server(int vpc, int server) {
        return "server-" + vpc + "-" + server;
    }

    /** The address of a VPC's n-th server; its subnet is the VPC's first half. */
    public static String serverAddress(int vpc, int server) {
        return address(vpc, 1 + server);
    }

    /** The address of a VPC's n-th VIP; their subnet begins at the VPC's middle. */
    public static String vip(int vpc, int loadBalancer) {
        return address(vpc, 512 + 1 + loadBalancer);
    }

    public static String address(int vpc, int offset) {
        int address = FIRST_ADDRESS + (vpc << 10) + offset;
        return "%d.%d.%d.%d".formatted(address >>> 24, address >>> 16 & 255, address >>> 8 & 255, address & 255);
    }

    /** The VPC's server that is a pool's n-th member. */
    public static int memberServer(int pool, int member) {
        int first = (pool % LINUX_POOLS_IN_VPC * 5 + member) % LINUX_SERVERS_IN_VPC;
        return pool < LINUX_POOLS_IN_VPC
                ? first
                : LINUX_SERVERS_IN_VPC
                        + ((pool - LINUX_POOLS_IN_VPC) * 5 + member) % (SERVERS_IN_VPC - LINUX_SERVERS_IN_VPC);
    }

    public static boolean isLinux(int server) {
        return server < LINUX_SERVERS_IN_VPC;
    }
}
