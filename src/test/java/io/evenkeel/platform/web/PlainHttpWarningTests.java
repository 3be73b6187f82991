package io.evenkeel.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Who is warned that the API can be read on its way. */
@ExtendWith(OutputCaptureExtension.class)
class PlainHttpWarningTests {

    private static final String WARNING = "The API speaks plain HTTP with other hosts";

    @TempDir
    private Path directory = Path.of("");

    /** A server, and who looks at it. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({TomcatServletWebServerAutoConfiguration.class, SslAutoConfiguration.class})
    @Import(PlainHttpWarning.class)
    static class Server {}

    private static void start(String... settings) {
        var none = Stream.of("--server.port=0", "--spring.config.location=optional:classpath:/none/");
        new SpringApplicationBuilder(Server.class)
                .run(Stream.concat(none, Stream.of(settings)).toArray(String[]::new))
                .close();
    }

    @Test
    void warnsWhereOtherHostsReachIt(CapturedOutput output) {
        start();

        assertThat(output).contains(WARNING);
    }

    @Test
    void isSilentOnLoopback(CapturedOutput output) {
        start("--server.address=127.0.0.1");

        assertThat(output).contains("Tomcat started on port").doesNotContain(WARNING);
    }

    @Test
    void isSilentOverTls(CapturedOutput output) throws IOException {
        var issued = Pki.selfSigned("localhost");
        Files.writeString(directory.resolve("certificate.pem"), issued.pem());
        Files.writeString(directory.resolve("key.pem"), issued.key());

        start(
                "--server.ssl.certificate=" + directory.resolve("certificate.pem"),
                "--server.ssl.certificate-private-key=" + directory.resolve("key.pem"));

        assertThat(output).contains("(https)").doesNotContain(WARNING);
    }
}
