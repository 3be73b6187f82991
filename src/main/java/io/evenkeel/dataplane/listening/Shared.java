package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.accesslog.AccessLog;
import io.evenkeel.dataplane.http.memory.BlockPools;
import io.evenkeel.dataplane.proof.Outstanding;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.udp.SessionBudget;
import java.util.List;

/**
 * What all ports of a worker share.
 *
 * @param loops by their index
 * @param outstanding the worker's own sockets that ask its ports
 */
record Shared(
        SessionBudget sessions, BlockPools blocks, AccessLog log, List<EventLoop> loops, Outstanding outstanding) {}
