package io.evenkeel.quota;

import io.evenkeel.platform.json.Change;
import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.QueryNames;
import io.evenkeel.platform.write.ResourceWritten;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/** Shows a project's quotas and sets their limits. */
@Service
class QuotaService {

    private static final String KEY_FILTER = "quota_key";

    private final QuotaStore store;
    private final DetailNames names;
    private final ApplicationEventPublisher events;

    QuotaService(QuotaStore store, DetailNames names, ApplicationEventPublisher events) {
        this.store = store;
        this.names = names;
        this.events = events;
    }

    @Component
    static class DetailNames extends QueryNames {
        DetailNames() {
            super("ListQuotaDetails");
            several(KEY_FILTER, Filter.Type.TEXT);
        }
    }

    /**
     * One quota and what it is worth.
     *
     * @param used of a limit per parent 0: what its parents have is told by them
     */
    record QuotaDetail(String quotaKey, int quotaLimit, long used, String unit) {}

    @Transactional(readOnly = true)
    QuotaLimits show(String projectId) {
        return QuotaLimits.of(projectId, store.read(projectId));
    }

    /** All keys, or those that the query names. Errors: as {@link QueryNames#read}. */
    @Transactional(readOnly = true)
    List<QuotaDetail> details(String projectId, MultiValueMap<String, String> query) {
        var wanted = wanted(names.read(query).get(KEY_FILTER));
        var standings = store.read(projectId);
        return wanted.stream()
                .map(key -> {
                    var standing = Objects.requireNonNull(standings.get(key));
                    return new QuotaDetail(key.onWire(), standing.limit(), standing.used(), "count");
                })
                .toList();
    }

    private static Set<QuotaKey> wanted(@Nullable List<String> keys) {
        return Arrays.stream(QuotaKey.values())
                .filter(key -> keys == null || keys.contains(key.onWire()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A limit below what is used is taken: it refuses more, and nothing else. */
    @Transactional
    QuotaLimits update(String projectId, UpdateQuotaRequest request) {
        store.lock(projectId);
        var before = show(projectId);
        request.changes().forEach((key, change) -> {
            switch (change) {
                case Change.Keep<Integer> keep -> {}
                case Change.Clear<Integer> clear -> store.limit(projectId, key, null);
                case Change.Put<Integer>(Integer limit) -> store.limit(projectId, key, limit);
            }
        });
        var after = show(projectId);
        if (!after.equals(before)) {
            events.publishEvent(ResourceWritten.updated(projectId, "quota", projectId, null, before, after));
        }
        return after;
    }
}
