package io.evenkeel.dataplane.listening;

/** One thing to do to the listening sockets. */
sealed interface ApplyStep {

    /**
     * Closes the port.
     *
     * @param isCut whether the connections it took are closed too; else they end in their own time
     */
    record CloseListener(Endpoint.Key key, boolean isCut) implements ApplyStep {}

    /** Gives an open port its next configuration; no connection notices. */
    record SwapSettings(Endpoint endpoint) implements ApplyStep {}

    record OpenListener(Endpoint endpoint) implements ApplyStep {}
}
