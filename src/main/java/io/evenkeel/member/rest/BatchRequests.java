package io.evenkeel.member.rest;

import static io.evenkeel.member.rest.MemberRequests.ADDRESS_SIZE;
import static io.evenkeel.member.rest.MemberRequests.NAME_SIZE;
import static io.evenkeel.member.rest.MemberRequests.PORT;
import static io.evenkeel.member.rest.MemberRequests.TEXT;
import static io.evenkeel.member.rest.MemberRequests.TEXT_RULE;
import static io.evenkeel.member.rest.MemberRequests.WEIGHT;

import io.evenkeel.member.joining.NewMember;
import io.evenkeel.member.store.MemberSpec;
import io.evenkeel.platform.IpAddress;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.json.Change;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Bodies of the member batches: up to 200 items each (wire contract, resources.md §4). */
final class BatchRequests {

    private static final String SIZE = "must hold 1..200 members";

    private BatchRequests() {}

    record Add(
            @NotNull @Size(min = 1, max = 200, message = SIZE)
            List<@NotNull @Valid AddItem> members) {
        List<NewMember> wanted() {
            return indexed(members, AddItem::wanted);
        }
    }

    record Update(
            @NotNull @Size(min = 1, max = 200, message = SIZE)
            List<@NotNull @Valid UpdateItem> members) {
        List<Wanted> wanted() {
            return indexed(members, Wanted::new);
        }

        record Wanted(String path, UpdateItem item) {}
    }

    record Delete(
            @NotNull @Size(min = 1, max = 200, message = SIZE)
            List<@NotNull @Valid DeleteItem> members) {
        List<Leaving> leaving() {
            return indexed(members, DeleteItem::leaving);
        }
    }

    /** A member to add; {@code admin_state_up} has no effect. */
    record AddItem(
            @NotNull @Size(min = 1, max = 64, message = ADDRESS_SIZE)
            String address,

            @Min(value = 0, message = PORT) @Max(value = 65535, message = PORT) @Nullable
            Integer protocolPort,

            @Size(max = 255, message = NAME_SIZE) @Pattern(regexp = TEXT, message = TEXT_RULE) @Nullable
            String name,

            @Min(value = 0, message = WEIGHT) @Max(value = 100, message = WEIGHT) @Nullable
            Integer weight,

            @Size(min = 1, max = 64, message = ADDRESS_SIZE) @Pattern(regexp = TEXT, message = TEXT_RULE) @Nullable
            String subnetCidrId,

            @Nullable Boolean adminStateUp,

            @Size(max = 64, message = "must have at most 64 characters")
            @Pattern(regexp = TEXT, message = TEXT_RULE)
            @Nullable
            String availabilityZone) {

        private static NewMember wanted(String path, AddItem item) {
            return new NewMember(
                    path,
                    NewMember.address(path, item.address),
                    item.subnetCidrId,
                    item.protocolPort,
                    item.name == null ? "" : item.name,
                    item.weight == null ? MemberSpec.DEFAULT_WEIGHT : item.weight,
                    item.availabilityZone);
        }
    }

    record UpdateItem(
            @NotNull @Size(min = 1, max = 64, message = ADDRESS_SIZE) @Pattern(regexp = TEXT, message = TEXT_RULE)
            String id,

            Change<@Size(max = 255, message = NAME_SIZE) @Pattern(regexp = TEXT, message = TEXT_RULE) String> name,
            Change<@Min(value = 0, message = PORT) @Max(value = 65535, message = PORT) Integer> protocolPort,
            Change<@Min(value = 0, message = WEIGHT) @Max(value = 100, message = WEIGHT) Integer> weight,
            Change<Boolean> adminStateUp) {

        MemberSpec applyTo(String path, MemberSpec spec) {
            int port = MemberRequests.portAfter(path, spec.protocolPort(), protocolPort);
            return new MemberSpec(name.over(spec.name(), ""), port, weight.over(spec.weight(), 1));
        }
    }

    /** Named by its id, or by address and port, never by both. */
    record DeleteItem(
            @Size(min = 1, max = 64, message = ADDRESS_SIZE) @Pattern(regexp = TEXT, message = TEXT_RULE) @Nullable
            String id,

            @Size(min = 1, max = 64, message = ADDRESS_SIZE) @Nullable
            String address,

            @Min(value = 0, message = PORT) @Max(value = 65535, message = PORT) @Nullable
            Integer protocolPort) {

        private static Leaving leaving(String path, DeleteItem item) {
            if (item.id != null) {
                if (item.address != null || item.protocolPort != null) {
                    throw ErrorCode.INVALID_INPUT.with(path + "id", "must not stand beside address or protocol_port");
                }
                return new Leaving(item.id, null, 0);
            }
            if (item.address == null) {
                throw ErrorCode.REQUIRED.with(path + "id");
            }
            if (item.protocolPort == null) {
                throw ErrorCode.REQUIRED.with(path + "protocol_port");
            }
            return new Leaving(null, NewMember.address(path, item.address), item.protocolPort);
        }
    }

    /** @param id null when the address names the member */
    record Leaving(@Nullable String id, @Nullable IpAddress address, int port) {

        boolean names(UUID memberId, IpAddress memberAddress, int memberPort) {
            return id != null
                    ? id.equalsIgnoreCase(memberId.toString())
                    : memberAddress.equals(address) && port == memberPort;
        }
    }

    private static <T, R> List<R> indexed(List<T> items, BiFunction<String, T, R> read) {
        return IntStream.range(0, items.size())
                .mapToObj(i -> read.apply("members[" + i + "].", items.get(i)))
                .toList();
    }
}
