package io.evenkeel.certificate.rest;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListCertificates (wire contract, filters.md §3). */
@Component
class CertificateFilters extends ListOperation {

    CertificateFilters() {
        super("ListCertificates", "certificate t", "t.id");
        text("id", "t.id");
        text("name", "t.name");
        text("description", "t.description");
        text("type", "lower(t.type)");
        // The whole attribute, or one of the names in it.
        where(
                "domain",
                Filter.Type.TEXT,
                "t.domain = any(:%1$s) or string_to_array(t.domain, ',') && cast(:%1$s as text[])",
                true);
        text("scm_certificate_id", "t.scm_certificate_id");
        text("common_name", "t.common_name");
        text("fingerprint", "t.fingerprint");
        text("source", "t.source");
        text("protection_status", "t.protection_status");
        text("protection_reason", "t.protection_reason");
        bool("admin_state_up", "t.admin_state_up");
        enterpriseProject("t.enterprise_project_id");
    }
}
