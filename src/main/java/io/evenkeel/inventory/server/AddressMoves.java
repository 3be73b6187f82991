package io.evenkeel.inventory.server;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a put changes of who holds which address.
 *
 * @param taking sorted by {@link Claim#ORDER}
 */
record AddressMoves(List<Claim> taking, List<Claim> leaving) {

    static AddressMoves between(Set<Claim> held, Map<String, List<Claim>> wantedByServer) {
        var wanted =
                wantedByServer.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
        return new AddressMoves(
                wanted.stream()
                        .filter(claim -> !held.contains(claim))
                        .sorted(Claim.ORDER)
                        .toList(),
                held.stream().filter(claim -> !wanted.contains(claim)).toList());
    }

    /** The ids of the servers concerned. */
    Set<String> servers() {
        return Stream.concat(taking.stream(), leaving.stream())
                .map(Claim::serverId)
                .collect(Collectors.toSet());
    }
}
