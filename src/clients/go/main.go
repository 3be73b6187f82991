// Drives a running Evenkeel with the vendor's Go SDK: one resource of each kind from creation to deletion, with lists
// whose repeated filters the SDK sorts when it signs. Ends with status 1 at the first answer that is not as expected.
package main

import (
	"fmt"
	"os"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	elb "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/elb/v3"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/elb/v3/model"
)

func env(name string) string {
	value, ok := os.LookupEnv(name)
	if !ok {
		fail("set " + name)
	}
	return value
}

func fail(what string) {
	fmt.Fprintln(os.Stderr, "go sdk: "+what)
	os.Exit(1)
}

func must[T any](answer T, err error) T {
	if err != nil {
		fail(err.Error())
	}
	return answer
}

func expect(isRight bool, what string) {
	if !isRight {
		fail(what)
	}
}

func pointer[T any](value T) *T {
	return &value
}

func main() {
	credentials := basic.NewCredentialsBuilder().
		WithAk(env("ELB_ACCESS_KEY")).
		WithSk(env("ELB_SECRET_KEY")).
		WithProjectId(env("ELB_PROJECT_ID")).
		Build()
	client := elb.NewElbClient(elb.ElbClientBuilder().
		WithEndpoints([]string{env("ELB_ENDPOINT")}).
		WithCredential(credentials).
		Build())
	subnet, address := env("ELB_SUBNET_ID"), env("ELB_MEMBER_ADDRESS")

	balancer := must(client.CreateLoadBalancer(&model.CreateLoadBalancerRequest{
		Body: &model.CreateLoadBalancerRequestBody{Loadbalancer: &model.CreateLoadBalancerOption{
			Name:                 pointer("go smoke"),
			VipSubnetCidrId:      pointer(env("ELB_VIP_SUBNET_ID")),
			AvailabilityZoneList: []string{"az-1", "az-2"},
		}}})).Loadbalancer
	expect(balancer.Name == "go smoke", "name of the load balancer: "+balancer.Name)

	pool := must(client.CreatePool(&model.CreatePoolRequest{
		Body: &model.CreatePoolRequestBody{Pool: &model.CreatePoolOption{
			LoadbalancerId: pointer(balancer.Id), Protocol: "HTTP", LbAlgorithm: "ROUND_ROBIN"}}})).Pool
	listener := must(client.CreateListener(&model.CreateListenerRequest{
		Body: &model.CreateListenerRequestBody{Listener: &model.CreateListenerOption{
			LoadbalancerId: balancer.Id, Protocol: "HTTP", ProtocolPort: pointer(int32(80)), DefaultPoolId: &pool.Id}}})).Listener
	member := must(client.CreateMember(&model.CreateMemberRequest{PoolId: pool.Id,
		Body: &model.CreateMemberRequestBody{Member: &model.CreateMemberOption{
			Address: address, SubnetCidrId: pointer(subnet), ProtocolPort: pointer(int32(8080)), Weight: pointer(int32(7))}}})).Member
	expect(member.Weight == 7, fmt.Sprint("weight of the member: ", member.Weight))

	// Repeated values in the wrong order: the SDK sorts them in what it signs and not on the wire.
	found := must(client.ListLoadBalancers(&model.ListLoadBalancersRequest{
		MemberAddress: &[]string{"203.0.113.9", address}, Name: &[]string{"z", "go smoke", "a b+c"}})).Loadbalancers
	expect(len(*found) == 1 && (*found)[0].Id == balancer.Id, "lookup by the member's address")

	updated := must(client.UpdateMember(&model.UpdateMemberRequest{PoolId: pool.Id, MemberId: member.Id,
		Body: &model.UpdateMemberRequestBody{Member: &model.UpdateMemberOption{Weight: pointer(int32(0))}}})).Member
	expect(updated.Weight == 0, "the member's new weight")

	_, err := client.ShowPool(&model.ShowPoolRequest{PoolId: "00000000-0000-0000-0000-000000000000"})
	refusal, isRefusal := err.(*sdkerr.ServiceResponseError)
	expect(isRefusal && refusal.StatusCode == 404 && refusal.ErrorCode == "ELB.8904", fmt.Sprint("an unknown pool: ", err))

	must(client.DeleteMember(&model.DeleteMemberRequest{PoolId: pool.Id, MemberId: member.Id}))
	must(client.DeletePool(&model.DeletePoolRequest{PoolId: pool.Id}))
	must(client.DeleteListener(&model.DeleteListenerRequest{ListenerId: listener.Id}))
	must(client.DeleteLoadBalancer(&model.DeleteLoadBalancerRequest{LoadbalancerId: balancer.Id}))
	fmt.Println("go sdk: ok")
}
