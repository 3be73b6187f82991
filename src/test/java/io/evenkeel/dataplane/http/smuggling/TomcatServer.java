package io.evenkeel.dataplane.http.smuggling;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Tomcat. */
final class TomcatServer extends IndependentServer {

    private final Tomcat tomcat = new Tomcat();

    TomcatServer(Path home) throws LifecycleException {
        tomcat.setBaseDir(home.toString());
        var connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(0);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "counting", new Counting());
        context.addServletMappingDecoded("/", "counting");
        tomcat.start();
    }

    @Override
    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort());
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("serial")
    private final class Counting extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var body = new String(request.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            var query = request.getQueryString();
            var target = request.getRequestURI() + (query == null ? "" : "?" + query);
            int number = count(new Seen(request.getMethod(), target, body));
            response.setHeader(NUMBER, Integer.toString(number));
        }
    }
}
