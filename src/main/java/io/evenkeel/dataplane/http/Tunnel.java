package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.transport.Connection;
import java.lang.foreign.MemorySegment;

/** After a 101: bytes go both ways as they come, each way ends for itself. */
final class Tunnel {

    private final Connection client;
    private final Connection member;
    private boolean hasClientEnded;
    private boolean hasMemberEnded;

    Tunnel(Connection client, Connection member) {
        this.client = client;
        this.member = member;
    }

    void fromClient(MemorySegment bytes, int from, int to) {
        relay(client, member, bytes, from, to);
    }

    void fromMember(MemorySegment bytes, int from, int to) {
        relay(member, client, bytes, from, to);
    }

    private static void relay(Connection source, Connection target, MemorySegment bytes, int from, int to) {
        if (from < to) {
            target.write(bytes.asSlice(from, to - from));
            target.flush();
        }
        if (!target.isWritable()) {
            source.pauseReading();
        }
    }

    void onClientWritable() {
        member.resumeReading();
    }

    void onMemberWritable() {
        client.resumeReading();
    }

    void onClientEnd() {
        hasClientEnded = true;
        member.shutdownOutput();
        closeIfBothEnded();
    }

    void onMemberEnd() {
        hasMemberEnded = true;
        client.shutdownOutput();
        closeIfBothEnded();
    }

    private void closeIfBothEnded() {
        if (hasClientEnded && hasMemberEnded) {
            client.close();
            member.close();
        }
    }
}
