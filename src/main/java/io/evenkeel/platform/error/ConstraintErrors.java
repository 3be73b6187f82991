package io.evenkeel.platform.error;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.stereotype.Component;

/**
 * What a violated database constraint means to the client: the race-free twin of a rule that a service checks first,
 * so these texts are seen only when two requests meet. Keyed by constraint, and for foreign keys by whether the
 * referenced row was missing (23503) or is still referred to (23001, {@code restrict_violation}).
 */
@Component
public class ConstraintErrors implements ConstraintMeanings.Book {

    private static final String STILL_REFERRED_TO = "23001";

    private record Meaning(
            ErrorCode code, String text, @Nullable String whenReferredTo) {}

    private final Map<String, Meaning> meanings = new TreeMap<>();

    ConstraintErrors(List<ConstraintMeanings> modules) {
        modules.forEach(module -> module.describe(this));
        identity();
        inventory();
        loadBalancers();
        pools();
        members();
        listeners();
    }

    private void identity() {
        rule("pk_project", ErrorCode.CONFLICT, "The project exists already");
        rule("ck_project_id", ErrorCode.MISMATCH, "A project id is 1..64 letters, digits, '-' or '_'");
        rule("pk_sealing_key", ErrorCode.CONFLICT, "The key-encryption key is known already");
        rule("pk_access_key", ErrorCode.CONFLICT, "The access key exists already");
        reference("fk_access_key_project", "The project does not exist", "The project still has access keys");
        rule("ck_access_key_role", ErrorCode.MISMATCH, "The role is one of reader, operator, admin");
        rule("pk_token", ErrorCode.CONFLICT, "The token exists already");
        rule("uq_token_digest", ErrorCode.CONFLICT, "The token exists already");
        reference("fk_token_project", "The project does not exist", "The project still has tokens");
        rule("ck_token_role", ErrorCode.MISMATCH, "The role is one of reader, operator, admin");
    }

    private void inventory() {
        rule("pk_availability_zone", ErrorCode.CONFLICT, "The availability zone was created at this moment");
        rule("ck_availability_zone_code", ErrorCode.MISMATCH, "An id is 1..64 letters, digits, '-', '_' or '.'");
        rule("pk_vpc", ErrorCode.CONFLICT, "The VPC was created at this moment");
        reference("fk_vpc_project", "The project does not exist", "The project still has VPCs");
        rule("ck_vpc_id", ErrorCode.MISMATCH, "An id is 1..64 letters, digits, '-', '_' or '.'");
        rule("uq_vpc_cidr", ErrorCode.CONFLICT, "The VPC was created at this moment");
        rule("ex_vpc_cidr", ErrorCode.CONFLICT, "The cidr overlaps that of another VPC of this installation");
        rule("pk_subnet", ErrorCode.CONFLICT, "The subnet was created at this moment");
        rule("uq_subnet_vpc", ErrorCode.CONFLICT, "The subnet was created at this moment");
        rule("uq_subnet_cidr", ErrorCode.CONFLICT, "The subnet was created at this moment");
        reference("fk_subnet_vpc", "The VPC of the subnet does not exist", "The VPC still has subnets");
        rule("ck_subnet_id", ErrorCode.MISMATCH, "An id is 1..64 letters, digits, '-', '_' or '.'");
        rule("ck_subnet_inside_vpc", ErrorCode.MISMATCH, "The cidr of a subnet lies inside that of its VPC");
        rule("ex_subnet_cidr", ErrorCode.CONFLICT, "The cidr overlaps that of another subnet");
        rule("pk_server", ErrorCode.CONFLICT, "The server was created at this moment");
        rule("uq_server_vpc", ErrorCode.CONFLICT, "The server was created at this moment");
        reference("fk_server_vpc", "The VPC of the server does not exist", "The VPC still has servers");
        reference(
                "fk_server_availability_zone",
                "The availability zone of the server does not exist",
                "The availability zone still has servers");
        rule("ck_server_id", ErrorCode.MISMATCH, "An id is 1..64 letters, digits, '-', '_' or '.'");
        rule("ck_server_os_type", ErrorCode.MISMATCH, "os.type is linux or windows");
        rule("ck_server_status", ErrorCode.MISMATCH, "status is ACTIVE, STOPPED or REBOOT");
        rule("pk_address_claim", ErrorCode.CONFLICT, "The address is taken by another server or load balancer");
        rule("uq_address_claim_server", ErrorCode.CONFLICT, "The address is taken by another server");
        rule("uq_address_claim_load_balancer", ErrorCode.CONFLICT, "The address is taken by another load balancer");
        reference("fk_address_claim_subnet", "The subnet does not exist", "The subnet still has addresses in use");
        reference("fk_address_claim_server", "The server does not exist", "The server still has addresses");
        rule("ck_address_claim_inside_subnet", ErrorCode.MISMATCH, "An address lies inside its subnet");
        rule("ck_address_claim_holder", ErrorCode.MISMATCH, "An address has one holder");
    }

    private void loadBalancers() {
        rule("pk_flavor", ErrorCode.CONFLICT, "The flavor exists already");
        rule("uq_flavor_name", ErrorCode.CONFLICT, "The flavor exists already");
        rule("ck_flavor_type", ErrorCode.MISMATCH, "The type of a flavor is L4, L7, L4_elastic_max or L7_elastic_max");
        rule("pk_load_balancer", ErrorCode.CONFLICT, "The load balancer exists already");
        rule("uq_load_balancer_vpc", ErrorCode.CONFLICT, "The load balancer exists already");
        reference("fk_load_balancer_vpc", "The VPC does not exist", "The VPC still has load balancers");
        reference("fk_load_balancer_l4_flavor", "The flavor does not exist", "The flavor is in use");
        reference("fk_load_balancer_l7_flavor", "The flavor does not exist", "The flavor is in use");
        reference("fk_load_balancer_vip", "The address is not held by this load balancer", "The address is a VIP");
        reference("fk_load_balancer_ipv6_vip", "The address is not held by this load balancer", "The address is a VIP");
        rule("ck_load_balancer_vip", ErrorCode.MISMATCH, "A VIP has a subnet, an address and a port id");
        rule("ck_load_balancer_ipv6_vip", ErrorCode.MISMATCH, "A VIP has a subnet, an address and a port id");
        rule("ck_load_balancer_availability_zones", ErrorCode.MISMATCH, "A load balancer has an availability zone");
    }

    private void pools() {
        rule("pk_pool", ErrorCode.CONFLICT, "The pool exists already");
        rule("uq_pool_vpc", ErrorCode.CONFLICT, "The pool exists already");
        rule("uq_pool_os", ErrorCode.CONFLICT, "The pool exists already");
        reference("fk_pool_project", "The project does not exist", "The project still has pools");
        reference("fk_pool_vpc", "The VPC of the pool does not exist", "The VPC still has pools");
        reference("fk_pool_load_balancer", "The load balancer does not exist", "The load balancer still has pools");
        rule("ck_pool_load_balancer_vpc", ErrorCode.MISMATCH, "A pool of a load balancer is in its VPC");
        rule("ck_pool_vpc", ErrorCode.MISMATCH, "The vpc_id of a pool is the VPC of its members");
        rule("ck_pool_member_count", ErrorCode.MISMATCH, "A pool has no fewer than 0 members");
        rule("ck_pool_protocol", ErrorCode.MISMATCH, "The protocol of the pool is unknown");
        rule("ck_pool_algorithm", ErrorCode.MISMATCH, "The lb_algorithm of the pool is unknown");
        rule("ck_pool_type", ErrorCode.MISMATCH, "The type of a pool is instance or ip, or empty");
        rule("pk_health_monitor", ErrorCode.CONFLICT, "The health monitor exists already");
        rule("uq_health_monitor_pool", ErrorCode.CONFLICT, "The pool already has a health monitor");
        reference("fk_health_monitor_pool", "The pool does not exist", "The pool still has a health monitor");
        rule("ck_health_monitor_type", ErrorCode.MISMATCH, "The type of the health monitor is unknown");
        rule("ck_health_monitor_delay", ErrorCode.MISMATCH, "delay is 1..50");
        rule("ck_health_monitor_timeout", ErrorCode.MISMATCH, "timeout is 1..50");
        rule("ck_health_monitor_max_retries", ErrorCode.MISMATCH, "max_retries is 1..10");
        rule("ck_health_monitor_max_retries_down", ErrorCode.MISMATCH, "max_retries_down is 1..10");
        rule("ck_health_monitor_port", ErrorCode.MISMATCH, "monitor_port is 1..65535");
    }

    private void members() {
        rule("pk_member", ErrorCode.CONFLICT, "The member exists already");
        rule(
                "uq_member_address",
                ErrorCode.CONFLICT,
                "A member with this address and protocol_port is in the pool already");
        reference("fk_member_pool", "The pool does not exist", "The pool still has members");
        reference("fk_member_vpc", "The server is not in the VPC of the pool", "The pool still has members in its VPC");
        reference("fk_member_os", "The server runs another OS than the pool's members", "The pool still has members");
        reference(
                "fk_member_address",
                "The address belongs to no server of the VPC",
                "The address is that of a member of a pool");
        rule("ck_member_port", ErrorCode.MISMATCH, "protocol_port is 1..65535");
        rule("ck_member_weight", ErrorCode.MISMATCH, "weight is 0..100");
    }

    private void listeners() {
        rule("pk_listener", ErrorCode.CONFLICT, "The listener exists already");
        rule(
                "uq_listener_port",
                ErrorCode.CONFLICT,
                "The load balancer already has a listener with this protocol_port");
        reference(
                "fk_listener_load_balancer",
                "The load balancer does not exist",
                "The load balancer still has listeners");
        reference("fk_listener_default_pool", "The default pool does not exist", "The pool is used by a listener");
        reference(
                "fk_listener_default_pool_vpc",
                "The default pool is in another VPC than the load balancer",
                "The pool is used by a listener");
        rule("ck_listener_protocol", ErrorCode.MISMATCH, "The protocol of the listener is unknown");
        rule("ck_listener_port", ErrorCode.MISMATCH, "protocol_port is 1..65535");
        // Written by workers only; no call can meet these.
        rule("pk_worker", ErrorCode.CONFLICT, "The worker is known already");
        rule("ck_worker_replicas_per_zone", ErrorCode.MISMATCH, "A zone has at least one replica");
        rule("pk_worker_rejection", ErrorCode.CONFLICT, "The rejection is known already");
        reference("fk_worker_rejection_worker", "The worker does not exist", "The worker has rejections");
        rule("ck_worker_rejection_kind", ErrorCode.MISMATCH, "The kind of resource is unknown");
        rule("pk_member_health", ErrorCode.CONFLICT, "The health is known already");
        reference("fk_member_health_worker", "The worker does not exist", "The worker has seen members");
        reference("fk_member_health_member", "The member does not exist", "The member has a health");
        rule("pk_tombstone", ErrorCode.CONFLICT, "The resource was deleted already");
        rule("ck_tombstone_kind", ErrorCode.MISMATCH, "The kind of resource is unknown");
        rule("pk_incarnation", ErrorCode.CONFLICT, "The incarnation exists already");
        rule("ck_incarnation_singleton", ErrorCode.MISMATCH, "There is one incarnation");
    }

    @Override
    public void rule(String constraint, ErrorCode code, String text) {
        meanings.put(constraint, new Meaning(code, text, null));
    }

    @Override
    public void reference(String constraint, String whenMissing, String whenReferredTo) {
        meanings.put(constraint, new Meaning(ErrorCode.MISMATCH, whenMissing, whenReferredTo));
    }

    /** Every constraint that has a meaning; a test compares it with {@code db/schema.sql}. */
    public Set<String> constraints() {
        return meanings.keySet();
    }

    /** What the failure means, or empty when no constraint of ours caused it. */
    public Optional<ElbException> explain(Throwable failure) {
        return violationIn(failure).flatMap(violation -> {
            var meaning = meanings.get(violation.getConstraint());
            if (meaning == null) {
                return Optional.empty();
            }
            return Optional.of(
                    STILL_REFERRED_TO.equals(violation.getSQLState()) && meaning.whenReferredTo() != null
                            ? ErrorCode.CONFLICT.with(meaning.whenReferredTo())
                            : meaning.code().with(meaning.text()));
        });
    }

    /** From the driver's own exception: Hibernate knows no name for a restrict violation. */
    private static Optional<ServerErrorMessage> violationIn(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException driver && driver.getServerErrorMessage() != null) {
                var message = driver.getServerErrorMessage();
                return message.getConstraint() == null ? Optional.empty() : Optional.of(message);
            }
        }
        return Optional.empty();
    }
}
