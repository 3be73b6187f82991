package io.evenkeel.inventory.server;

import io.evenkeel.platform.error.ErrorCode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;

/** Up to 1,000 servers, put all or not at all. */
record PutServersRequest(
        @NotNull @Size(min = 1, max = 1000, message = "must hold 1..1000 servers")
        List<@NotNull @Valid PutServerRequest> servers) {

    List<WantedServer> wanted() {
        var wanted = new ArrayList<WantedServer>();
        for (int i = 0; i < servers.size(); i++) {
            var path = "servers[" + i + "].";
            var id = servers.get(i).id();
            if (id == null) {
                throw ErrorCode.REQUIRED.with(path + "id");
            }
            wanted.add(servers.get(i).wanted(path, id));
        }
        return wanted;
    }
}
