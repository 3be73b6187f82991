// Drives a running Evenkeel with the TypeScript client that the build has made of its API file.
import {
  Configuration,
  CreateListenerRequestProtocolEnum,
  CreatePoolRequestLbAlgorithmEnum,
  CreatePoolRequestProtocolEnum,
  ListenersApi,
  LoadBalancersApi,
  MembersApi,
  PoolsApi,
  ResponseError,
} from "../../sdk/typescript";

const environment = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set`);
  }
  return value;
};

const expect = (isRight: boolean, what: string): void => {
  if (!isRight) {
    throw new Error(`typescript sdk: ${what}`);
  }
};

const projectId = environment("ELB_PROJECT_ID");
const address = environment("ELB_MEMBER_ADDRESS");
const token = environment("ELB_TOKEN");
const configuration = new Configuration({
  basePath: environment("ELB_ENDPOINT"),
  headers: { "X-Auth-Token": token },
});
const balancers = new LoadBalancersApi(configuration);
const pools = new PoolsApi(configuration);
const listeners = new ListenersApi(configuration);
const members = new MembersApi(configuration);

async function refusesWhatIsAbsent(): Promise<void> {
  const poolId = "0199a3c2-0000-7000-8000-000000000000";
  try {
    await pools.showPool({ projectId, poolId });
  } catch (failure) {
    if (!(failure instanceof ResponseError)) {
      throw failure;
    }
    const error = await failure.response.json();
    expect(failure.response.status === 404 && error.error_code === "ELB.8904", "the code of an absent pool");
    expect(error.error_msg === `pool ${poolId} could not be found.`, "the message of an absent pool");
    return;
  }
  expect(false, "an absent pool is shown");
}

async function contract(): Promise<void> {
  const { loadbalancer } = await balancers.createLoadBalancer({
    projectId,
    createLoadBalancerEnvelope: {
      loadbalancer: {
        name: "typescript contract",
        vipSubnetCidrId: environment("ELB_VIP_SUBNET_ID"),
        availabilityZoneList: ["az-1", "az-2"],
      },
    },
  });
  expect(loadbalancer.name === "typescript contract", "the name of the load balancer");
  const { pool } = await pools.createPool({
    projectId,
    createPoolEnvelope: {
      pool: {
        protocol: CreatePoolRequestProtocolEnum.Http,
        lbAlgorithm: CreatePoolRequestLbAlgorithmEnum.RoundRobin,
        loadbalancerId: loadbalancer.id,
      },
    },
  });
  const { listener } = await listeners.createListener({
    projectId,
    createListenerEnvelope: {
      listener: {
        loadbalancerId: loadbalancer.id,
        protocol: CreateListenerRequestProtocolEnum.Http,
        protocolPort: 80,
        defaultPoolId: pool.id,
      },
    },
  });
  const { member } = await members.createMember({
    projectId,
    poolId: pool.id,
    createMemberEnvelope: {
      member: { address, subnetCidrId: environment("ELB_SUBNET_ID"), protocolPort: 8080, weight: 3 },
    },
  });
  expect(member.weight === 3 && member.address === address, "the member");

  const found = await balancers.listLoadBalancers({ projectId, memberAddress: [address] });
  expect(
    found.loadbalancers.length === 1 && found.loadbalancers[0].id === loadbalancer.id,
    "the lookup by member address",
  );
  await refusesWhatIsAbsent();
  const rehearsed = await members.deleteMember({ projectId, poolId: pool.id, memberId: member.id, dryRun: true });
  expect(rehearsed?.plan?.members.length === 1, "the plan of a dry run");

  await members.deleteMember({ projectId, poolId: pool.id, memberId: member.id });
  await listeners.deleteListenerForce({ projectId, listenerId: listener.id });
  await pools.deletePool({ projectId, poolId: pool.id });
  await balancers.deleteLoadBalancer({ projectId, loadbalancerId: loadbalancer.id });
  console.log("typescript sdk: ok");
}

contract().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
