package io.evenkeel.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@EvenkeelTest
class SignInTests {

    private static final String PROJECT = "/console/projects/" + TestInstance.PROJECT_ID;

    @Autowired
    Api api;

    @Test
    void leadsFromTheRootToTheSignInAndBack() {
        var visitor = new Visitor(api.root());

        assertThat(location(visitor.get("/"))).endsWith("/console");
        assertThat(location(visitor.get("/console"))).endsWith("/console/sign-in?next=%2Fconsole");
        assertThat(location(visitor.get(PROJECT + "/listeners?filter=a%20b")))
                .endsWith(
                        "?next=%2Fconsole%2Fprojects%2F" + TestInstance.PROJECT_ID + "%2Flisteners%3Ffilter%3Da%2520b");
        var signedIn = visitor.submit(
                "/console/sign-in?next=" + PROJECT + "/listeners",
                "/console/sign-in",
                Map.of("token", TestInstance.TOKEN, "next", PROJECT + "/listeners"));

        assertThat(location(signedIn)).endsWith(PROJECT + "/listeners");
        assertThat(visitor.page(PROJECT + "/listeners")).contains("<h1>Listeners</h1>");
        assertThat(location(visitor.get("/console"))).endsWith(PROJECT);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://elsewhere.example/", "//elsewhere.example/", "/v3/x", "/console//elsewhere.example"})
    void leadsNowhereElse(String next) {
        var visitor = new Visitor(api.root());

        var signedIn = visitor.submit(
                "/console/sign-in", "/console/sign-in", Map.of("token", TestInstance.TOKEN, "next", next));

        assertThat(location(signedIn)).endsWith("/console").doesNotContain("elsewhere");
    }

    @Test
    void refusesATokenThatIsNone() {
        var visitor = new Visitor(api.root());

        var answer = visitor.signIn("no-such-token");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("This token is unknown, expired or revoked.")
                .doesNotContain("no-such-token");
        assertThat(visitor.get(PROJECT + "/listeners").statusCode()).isEqualTo(302);
    }

    @Test
    void setsACookieThatOnlyTheConsoleGets() {
        var visitor = new Visitor(api.root());

        var cookie = visitor.signIn(TestInstance.TOKEN).headers().allValues("Set-Cookie").stream()
                .filter(text -> text.startsWith("evenkeel_console="))
                .findFirst()
                .orElseThrow();

        assertThat(cookie).contains("; Path=/console").contains("; HttpOnly").contains("; SameSite=Strict");
        assertThat(cookie).doesNotContain(TestInstance.TOKEN);
    }

    @Test
    void forgetsWhoSignsOut() {
        var visitor = Visitor.signedIn(api.root(), TestInstance.TOKEN);
        var cookie = visitor.cookies().getCookieStore().getCookies().stream()
                .filter(one -> one.getName().equals("evenkeel_console"))
                .findFirst()
                .orElseThrow();

        visitor.submit(PROJECT + "/listeners", "/console/sign-out", Map.of());

        assertThat(visitor.get(PROJECT + "/listeners").statusCode()).isEqualTo(302);
        // Not only the browser has forgotten it.
        visitor.cookies().getCookieStore().add(URI.create(api.root()), cookie);
        assertThat(visitor.get(PROJECT + "/listeners").statusCode()).isEqualTo(302);
    }

    @Test
    void endsWithItsToken() {
        var token = token("operator");
        var visitor = Visitor.signedIn(api.root(), token.text());
        assertThat(visitor.get(PROJECT + "/listeners").statusCode()).isEqualTo(200);

        api.delete("/identity/v1/tokens/" + token.id()).expect(204);

        assertThat(visitor.get(PROJECT + "/listeners").statusCode()).isEqualTo(302);
    }

    private record Token(String id, String text) {}

    private Token token(String role) {
        var made = api.post(
                        "/identity/v1/tokens",
                        Map.of("token", Map.of("project_id", TestInstance.PROJECT_ID, "role", role)))
                .expect(201)
                .path("token");
        return new Token(made.path("id").asString(), made.path("token").asString());
    }

    @Test
    void tellsAnOpenPartOfAPageToGoToTheSignIn() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(api.root() + PROJECT + "/listeners"))
                .header("HX-Request", "true")
                .build();

        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Redirect")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong"})
    void refusesAFormThatIsNotItsOwn(String formToken) {
        var visitor = Visitor.signedIn(api.root(), TestInstance.TOKEN);

        var answer = visitor.post("/console/sign-out", Map.of("_csrf", formToken));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("The form did not come from a page of this session");
        assertThat(visitor.get(PROJECT + "/listeners").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsBrowsersToLoadNothingFromElsewhere() {
        var headers = new Visitor(api.root()).get("/console/sign-in").headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'self';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Cache-Control").orElseThrow()).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"console.css", "console.js", "htmx/htmx.min.js", "icon.svg"})
    void servesWhatPagesAreMadeOf(String asset) {
        assertThat(new Visitor(api.root()).page("/console/assets/" + asset)).isNotEmpty();
    }

    @Test
    void leavesTheApiAsItIs() {
        var anybody = new Api(api.root(), TestInstance.PROJECT_ID, "");

        anybody.get("/versions").expect(200);
        assertThat(anybody.get(api.elb("/listeners"))
                        .expect(401)
                        .path("error_code")
                        .asString())
                .isEqualTo("APIGW.0301");
        assertThat(new Visitor(api.root()).get("/docs").statusCode()).isEqualTo(302);
        assertThat(api.get("/nothing").status()).isEqualTo(404);
        // A session of the console is no credential there.
        var visitor = Visitor.signedIn(api.root(), TestInstance.TOKEN);
        assertThat(visitor.get(api.elb("/listeners")).statusCode()).isEqualTo(401);
    }
}
