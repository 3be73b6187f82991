import io.evenkeel.sdk.ApiClient;
import io.evenkeel.sdk.ApiException;
import io.evenkeel.sdk.api.ListenersApi;
import io.evenkeel.sdk.api.LoadBalancersApi;
import io.evenkeel.sdk.api.MembersApi;
import io.evenkeel.sdk.api.PoolsApi;
import io.evenkeel.sdk.model.CreateListenerEnvelope;
import io.evenkeel.sdk.model.CreateListenerRequest;
import io.evenkeel.sdk.model.CreateLoadBalancerEnvelope;
import io.evenkeel.sdk.model.CreateLoadBalancerRequest;
import io.evenkeel.sdk.model.CreateMemberEnvelope;
import io.evenkeel.sdk.model.CreateMemberRequest;
import io.evenkeel.sdk.model.CreatePoolEnvelope;
import io.evenkeel.sdk.model.CreatePoolRequest;
import io.evenkeel.sdk.model.Error;
import java.util.List;
import java.util.UUID;

/** Drives a running Evenkeel with the Java client that the build has made of its API file. */
final class Contract {

    private static final String PROJECT = System.getenv("ELB_PROJECT_ID");
    private static final String ADDRESS = System.getenv("ELB_MEMBER_ADDRESS");

    private Contract() {}

    public static void main(String[] args) throws ApiException, java.io.IOException {
        var client = new ApiClient();
        client.updateBaseUri(System.getenv("ELB_ENDPOINT"));
        client.setRequestInterceptor(request -> request.header("X-Auth-Token", System.getenv("ELB_TOKEN")));
        var balancers = new LoadBalancersApi(client);
        var pools = new PoolsApi(client);
        var listeners = new ListenersApi(client);
        var members = new MembersApi(client);

        var balancer = balancers
                .createLoadBalancer(
                        PROJECT,
                        new CreateLoadBalancerEnvelope()
                                .loadbalancer(new CreateLoadBalancerRequest()
                                        .name("java contract")
                                        .vipSubnetCidrId(System.getenv("ELB_VIP_SUBNET_ID"))
                                        .availabilityZoneList(List.of("az-1", "az-2"))),
                        null,
                        null)
                .getLoadbalancer();
        expect(balancer.getName().equals("java contract"), "the name of the load balancer");
        var pool = pools.createPool(
                        PROJECT,
                        new CreatePoolEnvelope()
                                .pool(new CreatePoolRequest()
                                        .protocol(CreatePoolRequest.ProtocolEnum.HTTP)
                                        .lbAlgorithm(CreatePoolRequest.LbAlgorithmEnum.ROUND_ROBIN)
                                        .loadbalancerId(balancer.getId().toString())),
                        null,
                        null)
                .getPool();
        var listener = listeners
                .createListener(
                        PROJECT,
                        new CreateListenerEnvelope()
                                .listener(new CreateListenerRequest()
                                        .loadbalancerId(balancer.getId())
                                        .protocol(CreateListenerRequest.ProtocolEnum.HTTP)
                                        .protocolPort(80)
                                        .defaultPoolId(pool.getId())),
                        null,
                        null)
                .getListener();
        var member = members.createMember(
                        PROJECT,
                        pool.getId(),
                        new CreateMemberEnvelope()
                                .member(new CreateMemberRequest()
                                        .address(ADDRESS)
                                        .subnetCidrId(System.getenv("ELB_SUBNET_ID"))
                                        .protocolPort(8080)
                                        .weight(3)),
                        null,
                        null)
                .getMember();
        expect(member.getWeight() == 3 && member.getAddress().equals(ADDRESS), "the member");

        var found = balancers
                .listLoadBalancers(LoadBalancersApi.APIListLoadBalancersRequest.newBuilder()
                        .projectId(PROJECT)
                        .memberAddress(List.of(ADDRESS))
                        .build())
                .getLoadbalancers();
        expect(found.size() == 1 && found.getFirst().getId().equals(balancer.getId()), "the lookup by member address");
        refusesWhatIsAbsent(client, pools);
        var plan = members.deleteMember(PROJECT, pool.getId(), member.getId(), true, null, null);
        expect(plan.getPlan().getMembers().size() == 1, "the plan of a dry run");

        members.deleteMember(PROJECT, pool.getId(), member.getId(), null, null, null);
        listeners.deleteListenerForce(PROJECT, listener.getId(), null, null);
        pools.deletePool(PROJECT, pool.getId(), null, null, null);
        balancers.deleteLoadBalancer(PROJECT, balancer.getId(), null, null, null);
        System.out.println("java sdk: ok");
    }

    private static void refusesWhatIsAbsent(ApiClient client, PoolsApi pools) throws java.io.IOException {
        var absent = UUID.randomUUID();
        try {
            pools.showPool(PROJECT, absent);
            expect(false, "an absent pool is shown");
        } catch (ApiException refusal) {
            var error = client.getObjectMapper().readValue(refusal.getResponseBody(), Error.class);
            expect(refusal.getCode() == 404 && error.getErrorCode().equals("ELB.8904"), "the code of an absent pool");
            expect(error.getErrorMsg().equals("pool " + absent + " could not be found."), "the message of an absent pool");
        }
    }

    private static void expect(boolean isRight, String what) {
        if (!isRight) {
            throw new AssertionError("java sdk: " + what);
        }
    }
}
