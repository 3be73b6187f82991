package io.evenkeel.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.evenkeel.console.Chromium.Look;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** In a real browser: by mouse, by keyboard, with axe's eyes. Pictures of the pages are left in target/console. */
@EvenkeelTest
@EnabledIf(
        value = "io.evenkeel.console.Chromium#isThere",
        disabledReason = "no /usr/bin/chromium here: the console is not looked at in a browser")
class BrowserTests {

    private static final String PROJECT = "/console/projects/" + TestInstance.PROJECT_ID;
    private static final Path PICTURES = Path.of("target", "console");

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static Chromium chromium;

    @Autowired
    Api api;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    /** A load balancer with two groups, one of them with a member in trouble. */
    private record Shop(Estate estate, String balancer, String pool, String listener) {

        static Shop open(Api api) {
            var estate = Estate.create(api);
            estate.servers(4);
            var balancer = estate.loadBalancer(Map.of("name", "shop-front"));
            var webs = estate.pool(Map.of("loadbalancer_id", balancer, "name", "webs"));
            var images = estate.pool(Map.of("loadbalancer_id", balancer, "name", "images"));
            var listener = estate.listener(
                    balancer,
                    "HTTP",
                    80,
                    Map.of("enhance_l7policy_enable", true, "name", "web", "default_pool_id", webs));
            estate.policy(listener, "/images", images);
            estate.member(webs, 1, Map.of("name", "web-1", "weight", 5));
            estate.member(webs, 2, Map.of("name", "web-2", "weight", 5));
            estate.member(images, 3, Map.of("name", "images-1", "weight", 1));
            estate.monitor(images);
            return new Shop(estate, balancer, webs, listener);
        }
    }

    private Page signedIn(BrowserContext context) {
        var page = context.newPage();
        page.navigate("/");
        page.getByLabel("Access token").fill(TestInstance.TOKEN);
        page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
        assertThat(page.getByRole(AriaRole.HEADING, heading("Load balancers"))).isVisible();
        return page;
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Page.GetByRoleOptions heading(String name) {
        return named(name).setLevel(1);
    }

    @ParameterizedTest
    @EnumSource(Look.class)
    void axeFindsNothing(Look look) {
        var shop = Shop.open(api);
        // Between them they have every kind of part.
        var different = List.of(
                "/load-balancers",
                "/load-balancers/" + shop.balancer(),
                "/groups/" + shop.pool(),
                "/groups/" + shop.pool() + "?edit=weights");
        var others = List.of(
                "/listeners/" + shop.listener(),
                "/groups/" + shop.pool() + "/add-servers",
                "/search?q=" + shop.estate().cloud().address(1),
                "/audit",
                "/quotas",
                "/workers",
                "/certificates",
                "/nothing");
        var pages = new ArrayList<>(different);
        if (look == Look.LIGHT) {
            pages.addAll(others);
        }
        var found = new ArrayList<String>();
        try (var context = chromium.inspect(look, api.root())) {
            var page = context.newPage();
            page.navigate("/console/sign-in");
            inspect(page, "sign-in", look, found);
            page = signedIn(context);
            for (var path : pages) {
                page.navigate(PROJECT + path);
                inspect(page, path.substring(1).replaceAll("[/?].*", ""), look, found);
            }
        }
        assertThat(found).isEmpty();
    }

    private static void inspect(Page page, String name, Look look, List<String> found) {
        var picture = name + "-"
                + page.url().replaceAll(".*[0-9a-f]{12}[/?]?|.*/", "").replaceAll("[^a-z].*", "") + "-"
                + look.name().toLowerCase(Locale.ROOT) + ".png";
        page.screenshot(
                new Page.ScreenshotOptions().setPath(PICTURES.resolve(picture)).setFullPage(true));
        new AxeBuilder(page)
                .analyze()
                .getViolations()
                .forEach(violation -> violation
                        .getNodes()
                        .forEach(node -> found.add(page.url() + ": " + violation.getId() + ": " + node.getHtml())));
        // What does not fit is scrolled in its own box, never the page as a whole.
        if ((boolean) page.evaluate("() => document.documentElement.scrollWidth > innerWidth")) {
            found.add(page.url() + " is wider than " + look);
        }
    }

    @Test
    void findsALoadBalancerByItsServerAndChangesWeightsByMouse() {
        var shop = Shop.open(api);
        try (var context = chromium.look(Look.LIGHT, api.root())) {
            var errors = new ArrayList<String>();
            context.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    errors.add(message.text());
                }
            });
            var page = signedIn(context);
            page.getByRole(AriaRole.SEARCHBOX).fill(shop.estate().cloud().address(1));
            page.getByRole(AriaRole.BUTTON, named("Search")).click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("shop-front"))
                    .first()
                    .click();
            assertThat(page.getByRole(AriaRole.HEADING, heading("shop-front"))).isVisible();
            page.getByRole(AriaRole.LINK, named("webs")).first().click();
            page.getByRole(AriaRole.LINK, named("Edit weights")).click();
            weight(page, "web-1").fill("15");
            page.getByRole(AriaRole.BUTTON, named("Preview")).click();
            assertThat(page.getByText("75.0 %")).isVisible();
            page.getByRole(AriaRole.BUTTON, named("Apply")).click();
            assertThat(page.getByRole(AriaRole.HEADING, heading("webs"))).isVisible();
            assertThat(page.getByRole(AriaRole.CELL, named("15"))).isVisible();
            assertThat(errors).isEmpty();
        }
    }

    private static Locator weight(Page page, String member) {
        return page.getByRole(AriaRole.SPINBUTTON, new Page.GetByRoleOptions().setName("Weight of " + member));
    }

    @Test
    void doesTheSameByKeyboardAlone() {
        var shop = Shop.open(api);
        try (var context = chromium.look(Look.LIGHT, api.root())) {
            var page = context.newPage();
            page.navigate("/");
            page.keyboard().type(TestInstance.TOKEN);
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.HEADING, heading("Load balancers")))
                    .isVisible();
            page.keyboard().press("/");
            page.keyboard().type(shop.estate().cloud().address(1));
            page.keyboard().press("Enter");
            go(page, "webs");
            go(page, "Edit weights");
            tabTo(page, weight(page, "web-1"));
            page.keyboard().press("Control+A");
            page.keyboard().type("15");
            // Enter in a field is the form's first button.
            page.keyboard().press("Enter");
            assertThat(page.getByText("75.0 %")).isVisible();
            tabTo(page, page.getByRole(AriaRole.BUTTON, named("Apply")));
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.CELL, named("15"))).isVisible();
        }
    }

    private static void go(Page page, String link) {
        tabTo(page, page.getByRole(AriaRole.LINK, named(link)).first());
        page.keyboard().press("Enter");
    }

    private static void tabTo(Page page, Locator wanted) {
        wanted.waitFor();
        for (int n = 0; n < 200; n++) {
            if ((boolean) wanted.evaluate("element => element === document.activeElement")) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("The keyboard does not reach " + wanted);
    }

    @Test
    void showsWhatChangesWithoutAReload() {
        var shop = Shop.open(api);
        try (var context = chromium.look(Look.LIGHT, api.root())) {
            var page = signedIn(context);
            page.navigate(PROJECT + "/load-balancers/" + shop.balancer());
            page.evaluate("() => { window.isSamePage = true; }");

            shop.estate().member(shop.pool(), 4, Map.of("name", "web-4"));

            assertThat(page.getByText(shop.estate().cloud().address(4) + ":80"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));
            assertThat((boolean) page.evaluate("() => window.isSamePage === true"))
                    .isTrue();
        }
    }
}
