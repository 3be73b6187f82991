package io.evenkeel.livechanges;

import io.evenkeel.livechanges.scene.Change;
import io.evenkeel.livechanges.scene.Scene;

/** Where changes are made: through the API of a service, or at a worker's own entrance. */
interface Stage extends AutoCloseable {

    String vip();

    /** The address of a server by its number. */
    String address(int server);

    /** Serves the scene as it is; on return both listeners answer. */
    void open(Scene scene);

    /**
     * Makes the change, which the scene shows already.
     *
     * @throws AssertionError when it is not taken
     */
    void make(Change change, Scene scene);

    @Override
    void close();
}
