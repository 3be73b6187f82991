package io.evenkeel.certificate.echo;

import io.evenkeel.platform.write.ResourceWritten;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Owns the table {@code certificate_setting}. */
@Service
public class PrivateKeyEchoService {

    private static final String KIND = "private_key_echo";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    PrivateKeyEchoService(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** The setting, as audits show it; an attribute of its name on the wire would be hidden as a secret. */
    record Setting(boolean enabled) {}

    /** Whether answers show the private keys of the project. */
    @Transactional(readOnly = true)
    public boolean isOn(String projectId) {
        return jdbc.sql("select private_key_echo from certificate_setting where project_id = :project")
                .param("project", projectId)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    @Transactional
    void set(String projectId, boolean isOn) {
        boolean before = isOn(projectId);
        jdbc.sql("""
                        insert into certificate_setting (project_id, private_key_echo) values (:project, :on)
                        on conflict (project_id) do update set private_key_echo = excluded.private_key_echo
                        """).param("project", projectId).param("on", isOn).update();
        if (before != isOn) {
            events.publishEvent(
                    ResourceWritten.updated(projectId, KIND, projectId, null, new Setting(before), new Setting(isOn)));
        }
    }
}
