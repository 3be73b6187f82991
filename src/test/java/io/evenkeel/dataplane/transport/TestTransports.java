package io.evenkeel.dataplane.transport;

import io.evenkeel.dataplane.transport.epoll.EpollTransport;
import io.evenkeel.dataplane.transport.kind.TransportKind;
import io.evenkeel.dataplane.transport.netty.NettyTransport;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opens the transport that the running tests are for. Test classes run one after the other. */
public final class TestTransports implements ClassTemplateInvocationContextProvider {

    private static TransportKind current = TransportKind.NETTY;

    public static Transport open(int loops) {
        var options = TransportOptions.ofLoops(loops);
        return current == TransportKind.EPOLL ? EpollTransport.open(options) : NettyTransport.open(options);
    }

    /** Whether a peer's reset is noticed without reading or writing. The JDK's sockets do not tell. */
    public static boolean noticesResetsAtOnce() {
        return current == TransportKind.EPOLL;
    }

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<Run> provideClassTemplateInvocationContexts(ExtensionContext context) {
        return Stream.of(TransportKind.NETTY, TransportKind.EPOLL)
                .filter(kind -> kind.whyNot().isEmpty())
                .map(Run::new);
    }

    record Run(TransportKind kind) implements ClassTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocationIndex) {
            return kind.name();
        }

        @Override
        public void prepareInvocation(ExtensionContext context) {
            current = kind;
        }
    }
}
