package brokenonpurpose;

import io.netty.buffer.Unpooled;
import java.lang.foreign.Linker;
import java.time.Instant;
import org.springframework.transaction.annotation.Transactional;

/** Begins transactions anywhere, asks the machine for the time, touches Netty and native code, prints. */
@Transactional
class Wanderer {

    @Transactional
    void wander() {
        System.out.println(Instant.now() + " " + Unpooled.EMPTY_BUFFER + Linker.nativeLinker());
    }
}
