package io.evenkeel.inventory.zone;

import io.evenkeel.inventory.address.InventoryIds;
import io.evenkeel.platform.Timestamps;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class AvailabilityZoneService {

    private static final String KIND = "availability_zone";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AvailabilityZoneService(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    private record Written(String code) {}

    /** Whether it was created by this call. */
    @Transactional
    boolean put(String code) {
        InventoryIds.check("code", code);
        boolean isNew =
                jdbc.sql("insert into availability_zone (code, created_at) values (:code, :now) on conflict do nothing")
                                .param("code", code)
                                .param("now", Timestamp.from(clock.instant()))
                                .update()
                        == 1;
        if (isNew) {
            events.publishEvent(
                    ResourceWritten.created(ResourceWritten.NO_PROJECT, KIND, code, null, new Written(code)));
        }
        return isNew;
    }

    AvailabilityZoneResponse require(String code) {
        return read(List.of(code)).stream().findFirst().orElseThrow(() -> ErrorCode.NOT_FOUND.with(KIND, code));
    }

    /** Sorted by code. */
    List<AvailabilityZoneResponse> read(Collection<String> codes) {
        return jdbc.sql("select code, created_at from availability_zone where code = any(:codes) order by code")
                .param("codes", codes.toArray(String[]::new))
                .query((row, n) -> new AvailabilityZoneResponse(
                        row.getString("code"),
                        Timestamps.onWire(row.getTimestamp("created_at").toInstant())))
                .list();
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#CONFLICT} naming a server or load balancer in it. */
    @Transactional
    void delete(String code) {
        var user = jdbc.sql("""
                        (select 'server ' || id from server where availability_zone = :code limit 1)
                        union all
                        (select 'load balancer ' || id from load_balancer where :code = any(availability_zones) limit 1)
                        limit 1""")
                .param("code", code)
                .query((row, n) -> row.getString(1))
                .optional();
        if (user.isPresent()) {
            throw ErrorCode.CONFLICT.with(user.get() + " is using this availability zone");
        }
        if (jdbc.sql("delete from availability_zone where code = :code")
                        .param("code", code)
                        .update()
                == 0) {
            throw ErrorCode.NOT_FOUND.with(KIND, code);
        }
        events.publishEvent(ResourceWritten.deleted(ResourceWritten.NO_PROJECT, KIND, code, null, new Written(code)));
    }
}
