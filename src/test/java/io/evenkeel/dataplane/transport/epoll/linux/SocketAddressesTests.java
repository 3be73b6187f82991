package io.evenkeel.dataplane.transport.epoll.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketAddressesTests {

    private final MemorySegment memory = Arena.ofAuto().allocate(SocketAddresses.MAX_BYTES);

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,    80, 16",
        "255.254.253.1, 65535, 16",
        "0.0.0.0,      0, 16",
        "::1,          443, 28",
        "2001:db8::9,  65535, 28"
    })
    void readsWhatItWrote(String ip, int port, long size) {
        var address = new InetSocketAddress(InetAddress.ofLiteral(ip), port);
        var written = SocketAddresses.encode(address, memory);

        assertThat(written.byteSize()).isEqualTo(size);
        assertThat(SocketAddresses.decode(memory)).isEqualTo(address);
    }

    @Test
    void keepsTheScopeOfALinkLocalAddress() throws UnknownHostException {
        var linkLocal =
                Inet6Address.getByAddress(null, InetAddress.ofLiteral("fe80::1").getAddress(), 7);
        SocketAddresses.encode(new InetSocketAddress(linkLocal, 1), memory);

        assertThat(((Inet6Address) SocketAddresses.decode(memory).getAddress()).getScopeId())
                .isEqualTo(7);
    }

    @Test
    void writesTheLayoutOfTheSystem() {
        SocketAddresses.encode(new InetSocketAddress(InetAddress.ofLiteral("1.2.3.4"), 0x1F90), memory);

        assertThat(memory.asSlice(2, 6).toArray(ValueLayout.JAVA_BYTE)).containsExactly(0x1F, 0x90, 1, 2, 3, 4);
        assertThat(memory.get(ValueLayout.JAVA_SHORT, 0)).isEqualTo((short) 2);
    }

    @Test
    void readsAnythingWithoutFailing() {
        var random = new Random(4);
        var bytes = new byte[SocketAddresses.MAX_BYTES];
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(bytes);
            bytes[1] = 0;
            bytes[0] = (byte) random.nextInt(12);
            MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);

            assertThat(SocketAddresses.decode(memory)).isNotNull();
        }
    }

    @Test
    void doesNotReachBeyondMemoryThatIsTooShort() {
        var tooShort = Arena.ofAuto().allocate(8);

        assertThatThrownBy(
                        () -> SocketAddresses.encode(new InetSocketAddress(InetAddress.ofLiteral("::1"), 1), tooShort))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
