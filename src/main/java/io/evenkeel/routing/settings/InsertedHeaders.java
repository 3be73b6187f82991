package io.evenkeel.routing.settings;

import io.evenkeel.platform.error.ErrorCode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Headers that a policy writes: into the request towards a pool, or into its own answer. */
public record InsertedHeaders(List<InsertedHeader> configs) {

    private static final Set<String> SYSTEM_VALUES =
            Set.of("CLIENT-PORT", "CLIENT-IP", "ELB-PROTOCOL", "ELB-ID", "ELB-PORT", "ELB-EIP", "ELB-VIP");

    /** Nothing here gives a load balancer a public address of its own. */
    private static final String UNKNOWN_VALUE = "ELB-EIP";

    private static final java.util.regex.Pattern HEADER_NAME = java.util.regex.Pattern.compile("[A-Za-z0-9_-]{1,128}");

    public InsertedHeaders {
        configs = List.copyOf(configs);
    }

    /**
     * @param value the text itself (USER_DEFINED), the name of a request's header (REFERENCE_HEADER), or of something
     *     the load balancer knows (SYSTEM_DEFINED)
     */
    public record InsertedHeader(
            @NotNull @Pattern(regexp = HeaderNames.PATTERN, message = HeaderNames.RULE)
            String key,

            @NotNull
            @Pattern(
                    regexp = "USER_DEFINED|REFERENCE_HEADER|SYSTEM_DEFINED",
                    message = "must be one of USER_DEFINED, REFERENCE_HEADER, SYSTEM_DEFINED")
            String valueType,

            @NotNull
            @Pattern(
                    regexp = "[!-~]([ -~]{0,126}[!-~])?",
                    message = "must be 1..128 printable ASCII characters, without spaces around them")
            String value) {

        boolean isUnknown() {
            return valueType.equals("SYSTEM_DEFINED") && value.equals(UNKNOWN_VALUE);
        }
    }

    /** Says of a value that is never known that its header is not written. */
    public static void notInEffect(@Nullable InsertedHeaders headers, List<String> found) {
        if (headers != null && headers.configs.stream().anyMatch(InsertedHeader::isUnknown)) {
            found.add(
                    "insert_headers_config with " + UNKNOWN_VALUE + " writes nothing: load balancers have no EIP here");
        }
    }

    /** As clients give it. */
    public record InsertedHeadersInput(
            @NotNull @Size(max = HeaderNames.MAX_HEADERS, message = "must hold at most 20 headers")
            List<@NotNull @Valid InsertedHeader> configs) {}

    static @Nullable InsertedHeaders of(@Nullable InsertedHeadersInput input, String at) {
        if (input == null) {
            return null;
        }
        HeaderNames.check(input.configs().stream().map(InsertedHeader::key).toList(), at);
        for (int i = 0; i < input.configs().size(); i++) {
            checkValue(input.configs().get(i), at + ".configs[" + i + "].value");
        }
        return new InsertedHeaders(input.configs());
    }

    private static void checkValue(InsertedHeader header, String at) {
        if (header.valueType().equals("SYSTEM_DEFINED") && !SYSTEM_VALUES.contains(header.value())) {
            throw ErrorCode.INVALID_INPUT.with(
                    at,
                    "must be one of CLIENT-PORT, CLIENT-IP, ELB-PROTOCOL, ELB-ID, ELB-PORT, ELB-EIP, ELB-VIP for SYSTEM_DEFINED");
        }
        if (header.valueType().equals("REFERENCE_HEADER")
                && !HEADER_NAME.matcher(header.value()).matches()) {
            throw ErrorCode.INVALID_INPUT.with(at, "must be the name of a header for REFERENCE_HEADER");
        }
    }
}
