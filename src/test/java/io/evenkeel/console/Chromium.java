package io.evenkeel.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The host's Chromium; nothing is downloaded. */
final class Chromium implements AutoCloseable {

    private static final Path BINARY = Path.of("/usr/bin/chromium");

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(BINARY)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    static boolean isThere() {
        return Files.isExecutable(BINARY);
    }

    /** How somebody looks at it. */
    enum Look {
        LIGHT(1280, 900, ColorScheme.LIGHT),
        DARK(1280, 900, ColorScheme.DARK),
        PHONE(375, 740, ColorScheme.LIGHT);

        private final int width;
        private final int height;
        private final ColorScheme scheme;

        Look(int width, int height, ColorScheme scheme) {
            this.width = width;
            this.height = height;
            this.scheme = scheme;
        }
    }

    BrowserContext look(Look look, String root) {
        return browser.newContext(options(look, root));
    }

    /** Where scripts of the test may run beside those of the page. */
    BrowserContext inspect(Look look, String root) {
        return browser.newContext(options(look, root).setBypassCSP(true));
    }

    private static Browser.NewContextOptions options(Look look, String root) {
        return new Browser.NewContextOptions()
                .setBaseURL(root)
                .setColorScheme(look.scheme)
                .setViewportSize(look.width, look.height);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
