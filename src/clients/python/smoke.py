"""Drives a running Evenkeel with the vendor's Python SDK: one resource of each kind from creation to deletion."""

import os

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkelb.v3 import ElbClient, model

subnet, address = os.environ["ELB_SUBNET_ID"], os.environ["ELB_MEMBER_ADDRESS"]
credentials = BasicCredentials(
    os.environ["ELB_ACCESS_KEY"], os.environ["ELB_SECRET_KEY"], os.environ["ELB_PROJECT_ID"]
)
client = (
    ElbClient.new_builder().with_credentials(credentials).with_endpoints([os.environ["ELB_ENDPOINT"]]).build()
)


def expect(is_right, what):
    if not is_right:
        raise SystemExit(f"python sdk: {what}")


balancer = client.create_load_balancer(
    model.CreateLoadBalancerRequest(
        body=model.CreateLoadBalancerRequestBody(
            loadbalancer=model.CreateLoadBalancerOption(
                name="python smoke",
                vip_subnet_cidr_id=os.environ["ELB_VIP_SUBNET_ID"],
                availability_zone_list=["az-1", "az-2"],
            )
        )
    )
).loadbalancer
expect(balancer.name == "python smoke", f"name of the load balancer: {balancer.name}")

pool = client.create_pool(
    model.CreatePoolRequest(
        body=model.CreatePoolRequestBody(
            pool=model.CreatePoolOption(
                loadbalancer_id=balancer.id, protocol="HTTP", lb_algorithm="LEAST_CONNECTIONS"
            )
        )
    )
).pool
listener = client.create_listener(
    model.CreateListenerRequest(
        body=model.CreateListenerRequestBody(
            listener=model.CreateListenerOption(
                loadbalancer_id=balancer.id, protocol="HTTP", protocol_port=80, default_pool_id=pool.id
            )
        )
    )
).listener
monitor = client.create_health_monitor(
    model.CreateHealthMonitorRequest(
        body=model.CreateHealthMonitorRequestBody(
            healthmonitor=model.CreateHealthMonitorOption(
                pool_id=pool.id, type="HTTP", delay=5, timeout=3, max_retries=3, url_path="/health"
            )
        )
    )
).healthmonitor
member = client.create_member(
    model.CreateMemberRequest(
        pool_id=pool.id,
        body=model.CreateMemberRequestBody(
            member=model.CreateMemberOption(address=address, subnet_cidr_id=subnet, protocol_port=8080)
        ),
    )
).member
expect(member.operating_status == "OFFLINE", f"a member before its first check: {member.operating_status}")

found = client.list_load_balancers(
    model.ListLoadBalancersRequest(member_address=["203.0.113.9", address], name=["z", "python smoke", "a b+c"])
).loadbalancers
expect([one.id for one in found] == [balancer.id], "lookup by the member's address")

try:
    client.show_pool(model.ShowPoolRequest(pool_id="00000000-0000-0000-0000-000000000000"))
    expect(False, "an unknown pool was found")
except ClientRequestException as refusal:
    expect((refusal.status_code, refusal.error_code) == (404, "ELB.8904"), f"an unknown pool: {refusal}")

client.delete_health_monitor(model.DeleteHealthMonitorRequest(healthmonitor_id=monitor.id))
client.delete_member(model.DeleteMemberRequest(pool_id=pool.id, member_id=member.id))
client.delete_pool(model.DeletePoolRequest(pool_id=pool.id))
client.delete_listener(model.DeleteListenerRequest(listener_id=listener.id))
client.delete_load_balancer(model.DeleteLoadBalancerRequest(loadbalancer_id=balancer.id))
print("python sdk: ok")
