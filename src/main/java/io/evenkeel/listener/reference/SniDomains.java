package io.evenkeel.listener.reference;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What the domains of a listener's SNI certificates must hold together (wire contract, resources.md §2). */
final class SniDomains {

    private static final int MAX_DOMAINS = 50;

    private SniDomains() {}

    /** The rule that they break, if any. */
    static Optional<String> complaint(Collection<List<String>> domainsOfEach) {
        var all = new HashSet<String>();
        for (var domains : domainsOfEach) {
            for (var domain : domains) {
                if (!all.add(domain)) {
                    return Optional.of("must not hold two certificates for the domain " + domain);
                }
            }
        }
        return all.size() > MAX_DOMAINS
                ? Optional.of("must not have more than %d domains in total".formatted(MAX_DOMAINS))
                : Optional.empty();
    }
}
