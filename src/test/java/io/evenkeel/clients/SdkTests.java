package io.evenkeel.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The clients that the build makes of {@code openapi/elb-v3.yaml}, compiled and used. Opt-in
 * ({@code ./mvnw -Psdk verify}, which makes them first): needs node and npm.
 */
@Tag("sdk")
@EvenkeelTest
class SdkTests {

    private static final Path JAVA_SOURCES = Path.of("target", "sdk", "java", "src", "main", "java");

    @Autowired
    private Api api;

    private Map<String, String> environment;

    @BeforeEach
    void createCloud() {
        var cloud = Cloud.create(api);
        cloud.server(1);
        environment = Map.of(
                "ELB_ENDPOINT", api.root(),
                "ELB_TOKEN", TestInstance.TOKEN,
                "ELB_PROJECT_ID", TestInstance.PROJECT_ID,
                "ELB_VIP_SUBNET_ID", cloud.vipSubnetId(),
                "ELB_SUBNET_ID", cloud.serverSubnetId(),
                "ELB_MEMBER_ADDRESS", cloud.address(1));
    }

    @Test
    void theJavaClientWorks() throws IOException {
        var java = Tool.of("sdk-java", environment);
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (var files = Files.walk(JAVA_SOURCES)) {
            Files.writeString(
                    Path.of(java.path("sources")),
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(file -> file.toAbsolutePath().toString())
                            .collect(Collectors.joining("\n", "", "\nContract.java\n")));
        }
        java.run(jdk("javac"), "-nowarn", "-proc:none", "-d", "classes", "-classpath", path, "@sources");

        assertThat(java.run(jdk("java"), "-classpath", "classes:" + path, "Contract"))
                .contains("java sdk: ok");
    }

    @Test
    void theTypeScriptClientWorks() {
        var typescript = Tool.of("sdk-typescript", environment);
        typescript.run("npm", "install", "--no-audit", "--no-fund");

        assertThat(typescript.run("npm", "run", "contract")).contains("typescript sdk: ok");
    }

    private static String jdk(String command) {
        return Path.of(System.getProperty("java.home"), "bin", command).toString();
    }
}
