package io.evenkeel.pool.spec;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a QUIC connection id the algorithm QUIC_CID hashes.
 *
 * @param len bytes
 * @param offset of the first, in bytes
 */
public record QuicCidHashStrategy(int len, int offset) {

    public static final QuicCidHashStrategy DEFAULT = new QuicCidHashStrategy(3, 1);

    /** As clients give it. */
    public record QuicCidHashStrategyInput(
            @Nullable @Min(value = 1, message = "must be 1..20") @Max(value = 20, message = "must be 1..20")
            Integer len,

            @Nullable @Min(value = 0, message = "must be 0..19") @Max(value = 19, message = "must be 0..19")
            Integer offset) {

        public QuicCidHashStrategy value() {
            return new QuicCidHashStrategy(
                    Objects.requireNonNullElse(len, DEFAULT.len()),
                    Objects.requireNonNullElse(offset, DEFAULT.offset()));
        }
    }
}
