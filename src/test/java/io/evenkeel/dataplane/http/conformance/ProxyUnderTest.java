package io.evenkeel.dataplane.http.conformance;

import io.evenkeel.dataplane.http.HttpProxy;
import io.evenkeel.dataplane.http.memory.BlockPools;
import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The proxy on one loop, with one member or none. */
public final class ProxyUnderTest implements AutoCloseable {

    static final String VIP = "192.0.2.7:8080";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final UUID ID = UUID.fromString("0197a000-0000-7000-8000-000000000001");

    private final Transport transport = TestTransports.open(1);
    private final Observing observing = new Observing(new HttpProxy(this::settings, new BlockPools(64 << 20)));
    private final Traffic traffic = new Traffic(1);
    private final OneMember pool;
    private final InetSocketAddress address;
    private volatile ListenerSettings settings;

    public ProxyUnderTest(InetSocketAddress member) throws IOException {
        pool = new OneMember(member);
        settings = settings(Map.of(), true);
        address = transport
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), observing)
                .localAddress();
    }

    private ListenerSettings settings() {
        return settings;
    }

    private ListenerSettings settings(Map<String, String> inserted, boolean hasMember) {
        var vip = new InetSocketAddress("192.0.2.7", 8080);
        var counts = traffic.of(ID, ID);
        return new ListenerSettings(ID, ID, vip, hasMember ? pool : null, counts, LONG, LONG, LONG, inserted, true);
    }

    void use(Map<String, String> inserted, boolean hasMember) {
        var current = settings;
        if (!current.insertHeaders().equals(inserted) || hasMember != (current.pool() != null)) {
            settings = settings(inserted, hasMember);
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    Observing observing() {
        return observing;
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Always the same member. */
    private record OneMember(UUID id, InetSocketAddress address) implements MemberPool, Member {

        OneMember(InetSocketAddress address) {
            this(ID, address);
        }

        @Override
        public Member pick(int loop, long clientKey) {
            return this;
        }

        @Override
        public @Nullable Member pickOther(int loop, long clientKey, List<Member> failed) {
            return failed.isEmpty() ? this : null;
        }

        @Override
        public void release(int loop, Member member) {}

        @Override
        public boolean takesNew(int loop) {
            return true;
        }

        @Override
        public void attach(int loop, Attachment connection) {}

        @Override
        public void detach(int loop, Attachment connection) {}
    }
}
