package io.evenkeel.member.rest;

import io.evenkeel.member.joining.NewMember;
import io.evenkeel.member.store.MemberSpec;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.json.Change;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Bodies about a single member (wire contract, resources.md §4). */
final class MemberRequests {

    static final String TEXT = "^[^\\p{Cc}\\p{Cs}]*$";
    static final String TEXT_RULE = "must not contain control characters";
    static final String NAME_SIZE = "must have at most 255 characters";
    static final String ADDRESS_SIZE = "must have 1..64 characters";
    static final String PORT = "must be 1..65535";
    static final String WEIGHT = "must be 0..100";

    private MemberRequests() {}

    record CreateMemberEnvelope(@NotNull @Valid CreateMemberRequest member) {}

    record UpdateMemberEnvelope(@NotNull @Valid UpdateMemberRequest member) {}

    /**
     * A member to add.
     *
     * @param adminStateUp accepted, and without effect: it says whether the server exists
     * @param availabilityZone must be the server's own when given
     */
    record CreateMemberRequest(
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
            @Nullable String projectId,

            @Size(max = 64, message = "must have at most 64 characters") @Nullable
            String availabilityZone) {

        NewMember wanted(String callersProject) {
            if (projectId != null && !projectId.equals(callersProject)) {
                throw ErrorCode.INVALID_INPUT.with("member.project_id", "must equal the project of the path");
            }
            return new NewMember(
                    "member.",
                    NewMember.address("member.", address),
                    subnetCidrId,
                    protocolPort,
                    name == null ? "" : name,
                    weight == null ? MemberSpec.DEFAULT_WEIGHT : weight,
                    availabilityZone);
        }
    }

    /** What changes of a member. */
    record UpdateMemberRequest(
            Change<@Size(max = 255, message = NAME_SIZE) @Pattern(regexp = TEXT, message = TEXT_RULE) String> name,
            Change<@Min(value = 0, message = PORT) @Max(value = 65535, message = PORT) Integer> protocolPort,
            Change<@Min(value = 0, message = WEIGHT) @Max(value = 100, message = WEIGHT) Integer> weight,
            Change<Boolean> adminStateUp,
            Change<@Size(max = 64, message = "must have at most 64 characters") String> availabilityZone) {

        MemberSpec applyTo(MemberSpec spec) {
            int port = portAfter("member.", spec.protocolPort(), protocolPort);
            return new MemberSpec(name.over(spec.name(), ""), port, weight.over(spec.weight(), 1));
        }
    }

    /** Port 0 stays 0: the pool uses the listener's. */
    static int portAfter(String path, int current, Change<Integer> change) {
        return switch (change) {
            case Change.Keep<Integer> keep -> current;
            case Change.Clear<Integer> clear -> throw ErrorCode.REQUIRED.with(path + "protocol_port");
            case Change.Put<Integer>(Integer port) -> {
                if (current == 0) {
                    yield 0;
                }
                if (port == 0) {
                    throw ErrorCode.INVALID_INPUT.with(path + "protocol_port", PORT);
                }
                yield port;
            }
        };
    }
}
