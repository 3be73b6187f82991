package io.evenkeel.certificate;

import io.evenkeel.platform.error.ErrorCode;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The certificates of a project, for other modules. Takes part in the caller's transaction. */
@Component
public class Certificates {

    private static final String SELECT = "select id, type, domain, expire_time from certificate";

    private final JdbcClient jdbc;

    Certificates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Reads certificates and holds them until the transaction ends: none of them changes or goes meanwhile. Comes
     * before every advance of a load balancer. Errors: {@link ErrorCode#NOT_FOUND} naming the first that is absent.
     */
    public Map<String, KnownCertificate> hold(String projectId, Collection<String> ids) {
        return read(projectId, ids, " order by id for key share");
    }

    /** Reads a certificate without holding it. Errors: {@link ErrorCode#NOT_FOUND}, also where it is of type client. */
    public KnownCertificate requireServer(String projectId, String id) {
        return require(projectId, id, true);
    }

    /** Reads a certificate without holding it. Errors: {@link ErrorCode#NOT_FOUND}, also where it is of type server. */
    public KnownCertificate requireClient(String projectId, String id) {
        return require(projectId, id, false);
    }

    private KnownCertificate require(String projectId, String id, boolean isServer) {
        var found = read(projectId, List.of(id), "").get(id);
        if (found == null || found.isServer() != isServer) {
            throw ErrorCode.NOT_FOUND.with("certificate", id);
        }
        return found;
    }

    private Map<String, KnownCertificate> read(String projectId, Collection<String> ids, String lock) {
        var found = new HashMap<String, KnownCertificate>();
        if (ids.isEmpty()) {
            return found;
        }
        jdbc.sql(SELECT + " where project_id = :project and id = any(:ids)" + lock)
                .param("project", projectId)
                .param("ids", new TreeSet<>(ids).toArray(String[]::new))
                .query((row, n) -> new KnownCertificate(
                        row.getString("id"),
                        row.getString("type").equals("SERVER"),
                        Domains.of(row.getString("domain")),
                        row.getObject("expire_time", OffsetDateTime.class).toInstant()))
                .list()
                .forEach(certificate -> found.put(certificate.id(), certificate));
        for (var id : ids) {
            if (!found.containsKey(id)) {
                throw ErrorCode.NOT_FOUND.with("certificate", id);
            }
        }
        return found;
    }
}
