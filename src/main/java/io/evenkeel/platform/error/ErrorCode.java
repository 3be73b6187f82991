package io.evenkeel.platform.error;

import org.springframework.http.HttpStatus;

/**
 * Every way a call can fail: the vendor's code, the HTTP status, and the text with its arguments
 * (wire contract, filters.md §6).
 */
public enum ErrorCode {
    // Shape of the request
    /** Arguments: the attribute as on the wire, the rule it breaks. */
    INVALID_INPUT("ELB.8902", HttpStatus.BAD_REQUEST, "Invalid input for '%s': %s."),
    UNRECOGNIZED_ATTRIBUTES("ELB.8902", HttpStatus.BAD_REQUEST, "Unrecognized attribute(s) '%s'."),
    UNREADABLE_BODY("ELB.8902", HttpStatus.BAD_REQUEST, "The request body is not valid JSON: %s."),
    BODY_MISSING("ELB.0002", HttpStatus.BAD_REQUEST, "The request body is null or empty. The request is invalid."),
    REQUIRED("ELB.9805", HttpStatus.BAD_REQUEST, "'%s' in the request body is null. This is a required parameter."),
    BODY_TOO_LARGE("ELB.8902", HttpStatus.CONTENT_TOO_LARGE, "The request body is larger than %s bytes."),
    UNSUPPORTED_MEDIA_TYPE(
            "ELB.8902", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json, not '%s'."),

    NOT_ACCEPTABLE(
            "ELB.8902", HttpStatus.NOT_ACCEPTABLE, "Answers are application/json; the Accept header refuses it."),

    // Relations between resources
    /** Argument: a sentence that names the resources and the rule. */
    MISMATCH("ELB.9899", HttpStatus.BAD_REQUEST, "Invalid parameter. %s."),
    IP_TARGETS_DISABLED(
            "ELB.8939",
            HttpStatus.BAD_REQUEST,
            "The load balancer's ip_target_enable must be true when adding IP members."),
    /** Arguments: the attribute, the pool's id. */
    IPV6_NOT_SUPPORTED("ELB.8933", HttpStatus.BAD_REQUEST, "%s: IPv6 is not supported by pool %s of ip_version v4."),
    /** Argument: the subnet's id. */
    SUBNET_FULL("ELB.8934", HttpStatus.BAD_REQUEST, "The subnet %s has too few free IP addresses."),
    /** Arguments: the kind as clients call it, the id. */
    NOT_FOUND("ELB.8904", HttpStatus.NOT_FOUND, "%s %s could not be found."),
    /** Argument: a sentence that names what is in the way. */
    CONFLICT("ELB.8907", HttpStatus.CONFLICT, "%s."),
    /** Argument: the quota's key. */
    QUOTA_EXCEEDED("ELB.8905", HttpStatus.CONFLICT, "Quota exceeded for resources: %s."),

    /** Argument: the key. */
    IDEMPOTENCY_KEY_REUSED(
            "ELB.8907",
            HttpStatus.CONFLICT,
            "The Idempotency-Key %s was used with another request in the last 24 hours."),
    /** Argument: the resource's ETag. */
    PRECONDITION_FAILED(
            "ELB.8907",
            HttpStatus.PRECONDITION_FAILED,
            "The resource has changed: its ETag is now %s. Read it again before you change it."),

    // Certificates
    /** Argument: a sentence that says what is wrong with which part. */
    CERTIFICATE_INVALID("ELB.5013", HttpStatus.BAD_REQUEST, "Invalid private key or certificate content. %s."),
    /** Argument: a sentence. */
    KEY_MISMATCH("ELB.1011", HttpStatus.BAD_REQUEST, "Invalid private key or certificate content. %s."),
    /** Argument: a sentence that says what is wrong with which part. */
    CA_CERTIFICATE_INVALID("ELB.5051", HttpStatus.BAD_REQUEST, "CA certificate content is not valid. %s."),

    // Who calls
    UNAUTHENTICATED("APIGW.0301", HttpStatus.UNAUTHORIZED, "Incorrect IAM authentication information: %s."),
    FORBIDDEN("ELB.8903", HttpStatus.FORBIDDEN, "%s."),

    // The service as a whole
    NO_SUCH_API(
            "APIGW.0101", HttpStatus.NOT_FOUND, "The API does not exist or has not been published in the environment."),
    METHOD_NOT_ALLOWED("APIGW.0101", HttpStatus.METHOD_NOT_ALLOWED, "The API does not support the method %s."),
    UNAVAILABLE(
            "ELB.8906", HttpStatus.SERVICE_UNAVAILABLE, "The database is busy or cannot be reached. Try again later."),
    /** Argument: how many there may be. */
    TOO_MANY_STREAMS(
            "APIGW.0308",
            HttpStatus.TOO_MANY_REQUESTS,
            "The throttling threshold has been reached: %s streams of events are open in the project"
                    + " (evenkeel.events.stream.per-project)."),
    /** Argument: why. */
    NO_MORE_STREAMS("ELB.8906", HttpStatus.SERVICE_UNAVAILABLE, "No further stream of events is opened here: %s."),
    INTERNAL("ELB.8906", HttpStatus.INTERNAL_SERVER_ERROR, "Internal server error.");

    private final String vendorCode;
    private final HttpStatus status;
    private final String template;

    ErrorCode(String vendorCode, HttpStatus status, String template) {
        this.vendorCode = vendorCode;
        this.status = status;
        this.template = template;
    }

    public String vendorCode() {
        return vendorCode;
    }

    public HttpStatus status() {
        return status;
    }

    public String template() {
        return template;
    }

    public String message(Object... arguments) {
        return template.formatted(arguments);
    }

    /** {@code throw ErrorCode.NOT_FOUND.with("pool", id)}. */
    public ElbException with(Object... arguments) {
        return new ElbException(this, message(arguments));
    }
}
