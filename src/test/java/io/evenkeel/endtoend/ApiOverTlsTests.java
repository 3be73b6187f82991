package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.EvenkeelApplication;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.TestInstance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service with {@code server.ssl} and a key store, as {@code docs/operations.md} tells it. */
class ApiOverTlsTests {

    private static final String PASSWORD = "of-the-key-store";

    private static final Pki.Issued ISSUED =
            Pki.selfSigned(Pki.Wish.of("localhost").names("localhost", "127.0.0.1"));

    @TempDir
    private static Path directory;

    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        var keyStore = directory.resolve("api.p12");
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var chain = new Certificate[] {ISSUED.certificate()};
        store.setKeyEntry("api", ISSUED.keys().getPrivate(), PASSWORD.toCharArray(), chain);
        try (var file = Files.newOutputStream(keyStore)) {
            store.store(file, PASSWORD.toCharArray());
        }
        service = SpringApplication.run(
                EvenkeelApplication.class,
                "--evenkeel.home=" + directory.resolve("home"),
                "--evenkeel.roles=api",
                "--evenkeel.bootstrap.project-id=" + TestInstance.PROJECT_ID,
                "--evenkeel.bootstrap.token=" + TestInstance.TOKEN,
                "--management.server.port=0",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--server.ssl.key-store=" + keyStore,
                "--server.ssl.key-store-password=" + PASSWORD);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static URI at(String scheme, String path) {
        var server = Objects.requireNonNull(((WebServerApplicationContext) service).getWebServer());
        return URI.create(scheme + "://127.0.0.1:" + server.getPort() + path);
    }

    private static SSLContext trusting(Certificate certificate) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("api", certificate);
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri)
                .header("X-Auth-Token", TestInstance.TOKEN)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersOverTls() throws Exception {
        try (var client = HttpClient.newBuilder()
                .sslContext(trusting(ISSUED.certificate()))
                .build()) {
            var answer = get(client, at("https", "/v3/" + TestInstance.PROJECT_ID + "/elb/workers"));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"workers\":[]");
            assertThat(answer.sslSession())
                    .hasValueSatisfying(
                            session -> assertThat(session.getProtocol()).isEqualTo("TLSv1.3"));
        }
    }

    @Test
    void isToldApartByItsCertificate() throws Exception {
        try (var stranger = HttpClient.newBuilder()
                .sslContext(trusting(Pki.selfSigned("other").certificate()))
                .build()) {
            assertThatThrownBy(() -> get(stranger, at("https", "/versions"))).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void doesNotAnswerPlainHttp() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var answer = get(client, at("http", "/v3/" + TestInstance.PROJECT_ID + "/elb/workers"));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("workers");
        }
    }
}
