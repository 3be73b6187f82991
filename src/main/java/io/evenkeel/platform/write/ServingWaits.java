package io.evenkeel.platform.write;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Waits until what writes advanced is served. */
public interface ServingWaits {

    /**
     * Returns as soon as every live worker that is to serve these was seen to do so, in these generations or later ones,
     * or when the time is over. Not to be called within a transaction.
     *
     * @return what is missing, in sentences; empty when nothing is
     */
    List<String> await(Collection<Advanced> awaited, Duration atMost);
}
