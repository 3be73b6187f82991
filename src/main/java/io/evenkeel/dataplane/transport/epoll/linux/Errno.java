package io.evenkeel.dataplane.transport.epoll.linux;

import io.evenkeel.dataplane.transport.CannotListenException;
import io.evenkeel.dataplane.transport.OwnTroubleException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;

/** errno(3) of Linux, as far as it makes a difference here; the same on x86-64 and aarch64. */
public final class Errno {

    public static final int EPERM = 1;
    public static final int EINTR = 4;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int EPIPE = 32;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENETUNREACH = 101;
    public static final int ECONNRESET = 104;
    public static final int ENOBUFS = 105;
    public static final int ETIMEDOUT = 110;
    public static final int ECONNREFUSED = 111;
    public static final int EHOSTUNREACH = 113;
    public static final int EINPROGRESS = 115;

    private Errno() {}

    // Asked of every result that matters, so that this class is there before descriptors run out: loading it needs one.
    static boolean isError(int result) {
        return result < 0;
    }

    /** No descriptor, or no memory of the kernel, is left: trying again at once is no use. */
    public static boolean isExhaustion(int errno) {
        return errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
    }

    /** The network said that nobody is there. */
    public static boolean isUnreachable(int errno) {
        return errno == ECONNREFUSED || errno == EHOSTUNREACH || errno == ENETUNREACH;
    }

    /** What it means when an address was to be bound. */
    public static CannotListenException.Reason bindReason(int errno) {
        return switch (errno) {
            case EADDRINUSE -> CannotListenException.Reason.ADDRESS_IN_USE;
            case EADDRNOTAVAIL -> CannotListenException.Reason.ADDRESS_NOT_AVAILABLE;
            case EACCES -> CannotListenException.Reason.NOT_PERMITTED;
            default -> CannotListenException.Reason.OTHER;
        };
    }

    /** What the JDK's own sockets would throw for it. */
    public static IOException toException(int errno, String what) {
        var message = text(errno) + ": " + what;
        return switch (errno) {
            case ECONNREFUSED, ETIMEDOUT -> new ConnectException(message);
            case ENETUNREACH, EHOSTUNREACH -> new NoRouteToHostException(message);
            case EADDRINUSE, EADDRNOTAVAIL, EACCES -> new BindException(message);
            case EMFILE, ENFILE, ENOBUFS, ENOMEM -> new OwnTroubleException(message);
            default -> new SocketException(message);
        };
    }

    private static String text(int errno) {
        return switch (errno) {
            case EPERM -> "Operation not permitted";
            case EACCES -> "Permission denied";
            case ENOMEM, ENOBUFS -> "No memory left for sockets";
            case EMFILE, ENFILE -> "Too many open files";
            case EPIPE -> "Broken pipe";
            case EADDRINUSE -> "Address already in use";
            case EADDRNOTAVAIL -> "Cannot assign requested address";
            case ENETUNREACH -> "Network is unreachable";
            case ECONNRESET -> "Connection reset";
            case ETIMEDOUT -> "Connection timed out";
            case ECONNREFUSED -> "Connection refused";
            case EHOSTUNREACH -> "No route to host";
            default -> "System error " + errno;
        };
    }
}
