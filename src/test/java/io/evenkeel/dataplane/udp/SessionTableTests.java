package io.evenkeel.dataplane.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTableTests {

    private record Entry(InetSocketAddress client) implements SessionTable.OfClient {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsWhatWasAddedAndNotRemovedWhateverTheOrder(long seed) {
        var random = new Random(seed);
        var clients = clients();
        var table = new SessionTable<Entry>(seed);
        var model = new HashMap<InetSocketAddress, Entry>();
        for (int i = 0; i < 20_000; i++) {
            var client = clients.get(random.nextInt(clients.size()));
            assertThat(table.find(client)).isSameAs(model.get(client));
            // Grows to many and shrinks to few, in turn.
            boolean isToBeThere = random.nextInt(10) < (i / 2_000 % 2 == 0 ? 8 : 2);
            var known = model.get(client);
            if (known == null && isToBeThere) {
                var added = new Entry(client);
                table.add(added);
                model.put(client, added);
            } else if (known != null && !isToBeThere) {
                table.remove(known);
                model.remove(client);
            }
            assertThat(table.size()).isEqualTo(model.size());
        }
        assertThat(clients).allSatisfy(client -> assertThat(table.find(client)).isSameAs(model.get(client)));
    }

    /** Neighbours of both families: a bad hash puts them side by side. */
    private static List<InetSocketAddress> clients() {
        var clients = new ArrayList<InetSocketAddress>();
        for (int i = 1; i <= 20; i++) {
            for (int port = 1; port <= 20; port++) {
                clients.add(new InetSocketAddress(InetAddress.ofLiteral("10.0.0." + i), port));
                clients.add(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::" + i), port));
            }
        }
        return clients;
    }
}
