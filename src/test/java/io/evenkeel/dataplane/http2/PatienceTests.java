package io.evenkeel.dataplane.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.dataplane.http2.frame.ConnectionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PatienceTests {

    private final Patience patience = new Patience(0);

    private void spend(int frames, long atMillis, boolean isHeard) throws ConnectionException {
        for (int i = 0; i < frames; i++) {
            patience.spend(Patience.FRAME, TimeUnit.MILLISECONDS.toNanos(atMillis), isHeard);
        }
    }

    @Test
    void endsWithTheLastOfIt() throws ConnectionException {
        spend(Patience.MAX, 0, true);
        assertThatThrownBy(() -> spend(1, 0, true)).isInstanceOf(ConnectionException.class);
    }

    @Test
    void isTriedByMoreThanALittleAndMayBeLost() throws ConnectionException {
        spend(Patience.LITTLE, 0, true);
        assertThat(patience.isTried()).isFalse();
        spend(1, 0, true);
        assertThat(patience.isTried()).isTrue();
        patience.lose();
        assertThatThrownBy(() -> spend(1, 0, true)).isInstanceOf(ConnectionException.class);
    }

    @Test
    void comesBackWithTime() throws ConnectionException {
        spend(Patience.MAX, 0, true);
        spend(200, 1001, true);
        assertThatThrownBy(() -> spend(2, 1001, true)).isInstanceOf(ConnectionException.class);
    }

    @Test
    void neverComesToMoreThanItWasAtFirst() throws ConnectionException {
        spend(Patience.MAX, 0, true);
        spend(Patience.MAX, TimeUnit.HOURS.toMillis(1), true);
        assertThatThrownBy(() -> spend(2, TimeUnit.HOURS.toMillis(1), true)).isInstanceOf(ConnectionException.class);
    }

    @Test
    void doesNotComeBackWhileThePeerTakesNothing() throws ConnectionException {
        spend(Patience.MAX, 0, true);
        assertThatThrownBy(() -> spend(1, 60_000, false)).isInstanceOf(ConnectionException.class);
    }

    @Test
    void comesBackWithAnswersAndWithContent() {
        assertThatCode(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        spend(1, 0, true);
                        patience.onSent(1000);
                        spend(4, 0, true);
                        patience.onAnswered();
                    }
                })
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        spend(1, 0, true);
                        patience.onSent(1);
                    }
                })
                .isInstanceOf(ConnectionException.class);
    }
}
