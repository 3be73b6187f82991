package io.evenkeel.dataplane.tls;

import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's TLS as a peer: trusts everybody and shows what it is given. One is one session cache. */
public final class TlsClients {

    private static final char[] NO_PASSWORD = new char[0];

    private final SSLContext context;

    private TlsClients(Pki.@Nullable Issued shown) {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(
                    shown == null ? null : keys(shown).getKeyManagers(), new TrustManager[] {new TrustAll()}, null);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static TlsClients anonymous() {
        return new TlsClients(null);
    }

    public static TlsClients showing(Pki.Issued certificate) {
        return new TlsClients(certificate);
    }

    public SSLContext context() {
        return context;
    }

    private static KeyManagerFactory keys(Pki.Issued shown) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", shown.keys().getPrivate(), NO_PASSWORD, new Certificate[] {shown.certificate()});
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, NO_PASSWORD);
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Connected, the handshake not begun. */
    public SSLSocket socket(InetSocketAddress address, @Nullable String serverName, String... protocols)
            throws IOException {
        var plain = new Socket();
        plain.setTcpNoDelay(true);
        plain.setSoTimeout(20_000);
        plain.connect(address, 5_000);
        var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, address.getPort(), true);
        socket.setUseClientMode(true);
        var parameters = socket.getSSLParameters();
        if (serverName != null) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        socket.setSSLParameters(parameters);
        return socket;
    }

    public SSLSocket socket(String host, int port) throws IOException {
        return socket(new InetSocketAddress(InetAddress.ofLiteral(host), port), null);
    }

    /** The common name of the certificate that was shown. */
    public static String shownName(SSLSocket connected) throws IOException {
        var leaf = (X509Certificate) connected.getSession().getPeerCertificates()[0];
        return leaf.getSubjectX500Principal().getName().replace("CN=", "");
    }

    private static final class TrustAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
