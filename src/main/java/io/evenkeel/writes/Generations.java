package io.evenkeel.writes;

import io.evenkeel.platform.write.Advanced;
import io.evenkeel.platform.write.Advanced.Kind;
import io.evenkeel.platform.write.ServingWaits;
import io.evenkeel.platform.write.Warnings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Tells in headers which generation a write gave to which load balancer or pool, and waits until workers serve it.
 *
 * <p>A write to a load balancer, or to its listeners and policies, tells that load balancer's generation; one to a pool,
 * its members or its monitor, that pool's; one that changed nothing, the generation that is. Any other write tells those
 * of all load balancers and pools that it advanced, up to {@value #MOST_TOLD}, in one order in both headers.
 */
@Component
class Generations {

    private static final Logger log = LoggerFactory.getLogger(Generations.class);

    static final String GENERATION = "X-Elb-Generation";
    static final String OF = "X-Elb-Generation-Of";
    static final String SERVING = "X-Elb-Serving";
    static final String NOT_SERVING_YET = "NOT_SERVING_YET";

    private static final int MOST_TOLD = 16;
    private static final int MOST_WARNINGS = 16;
    private static final Pattern FEATURE = Pattern.compile("^/(?:v3|v2\\.0)/\\{project_id}/(?:elb/)?([a-z0-9-]+).*");

    private final CurrentGenerations current;
    private final ServingWaits waits;

    Generations(CurrentGenerations current, ServingWaits waits) {
        this.current = current;
        this.waits = waits;
    }

    /**
     * After the commit. What is not served when the time is over becomes a warning.
     *
     * @param patience how long the client wants to wait
     */
    void tell(
            HttpServletRequest request,
            HttpServletResponse response,
            List<Advanced> advanced,
            Optional<Duration> patience) {
        var concerned = advanced.isEmpty() ? currentOf(request) : advanced;
        var told = about(request, concerned);
        if (!told.isEmpty()) {
            response.setHeader(GENERATION, join(told, one -> Long.toString(one.generation())));
            response.setHeader(OF, join(told, Advanced::path));
        }
        patience.ifPresent(atMost -> {
            var missing = waits.await(concerned, atMost);
            response.setHeader(SERVING, Boolean.toString(missing.isEmpty()));
            missing.stream().limit(MOST_WARNINGS).forEach(sentence -> Warnings.add(NOT_SERVING_YET, sentence));
        });
    }

    /** The write is done: a database that is away by now must not make an error of it. */
    private List<Advanced> currentOf(HttpServletRequest request) {
        try {
            return current.of(variables(request));
        } catch (DataAccessException | TransactionException e) {
            log.atDebug().setCause(e).log("The generation of a write that changed nothing cannot be read");
            return List.of();
        }
    }

    private static String join(List<Advanced> told, Function<Advanced, String> part) {
        return told.stream().limit(MOST_TOLD).map(part).collect(Collectors.joining(", "));
    }

    private static List<Advanced> about(HttpServletRequest request, List<Advanced> advanced) {
        var kind = kindOf(request);
        var ofKind = advanced.stream()
                .filter(one -> kind.filter(wanted -> wanted == one.kind()).isPresent())
                .toList();
        var inPath = ofKind.stream()
                .filter(one -> variables(request).containsValue(one.id().toString()))
                .toList();
        return !inPath.isEmpty() ? inPath : !ofKind.isEmpty() ? ofKind : advanced;
    }

    /** Which of both the path is about. */
    private static Optional<Kind> kindOf(HttpServletRequest request) {
        var pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        var feature = FEATURE.matcher(pattern);
        if (!feature.matches()) {
            return Optional.empty();
        }
        return switch (feature.group(1)) {
            case "loadbalancers", "listeners", "l7policies" -> Optional.of(Kind.LOAD_BALANCER);
            case "pools", "members", "healthmonitors", "master-slave-pools" -> Optional.of(Kind.POOL);
            default -> Optional.empty();
        };
    }

    @SuppressWarnings("unchecked") // set by Spring, so
    private static Map<String, String> variables(HttpServletRequest request) {
        var variables = (Map<String, String>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables == null ? Map.of() : variables;
    }
}
