package io.evenkeel.certificate.policy;

import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListSecurityPolicies (wire contract, filters.md §3). */
@Component
class SecurityPolicyFilters extends ListOperation {

    SecurityPolicyFilters() {
        super("ListSecurityPolicies", "security_policy t", "t.id");
        uuid("id", "t.id");
        text("name", "t.name");
        text("description", "t.description");
        anyOf("protocols", "t.protocols");
        anyOf("ciphers", "t.ciphers");
    }
}
