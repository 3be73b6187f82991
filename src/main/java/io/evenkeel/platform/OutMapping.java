package io.evenkeel.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mapstruct.MapperConfig;
import org.mapstruct.MappingConstants;
import org.mapstruct.ReportingPolicy;

/** How mappers are made: from what we hold to what we answer, never back, and no answer field forgotten. */
@MapperConfig(
        componentModel = MappingConstants.ComponentModel.SPRING,
        unmappedTargetPolicy = ReportingPolicy.ERROR,
        uses = OutMapping.Texts.class)
public interface OutMapping {

    /** Values whose wire form is text. */
    final class Texts {

        private Texts() {}

        public static @Nullable String time(@Nullable Instant instant) {
            return instant == null ? null : Timestamps.onWire(instant);
        }
    }
}
