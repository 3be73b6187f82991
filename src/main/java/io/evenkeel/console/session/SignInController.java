package io.evenkeel.console.session;

import io.evenkeel.identity.Secret;
import io.evenkeel.identity.Tokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Sign-in by an access token, and sign-out. */
@Controller
class SignInController {

    static final String PATH = "/console/sign-in";
    static final String START = "/console";
    private static final String VIEW = "console/sign-in";

    private final Tokens tokens;
    private final SessionService sessions;

    SignInController(Tokens tokens, SessionService sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    @GetMapping(PATH)
    String form(@RequestParam(name = "next", defaultValue = START) String next, Model model) {
        model.addAttribute("next", inside(next));
        return VIEW;
    }

    @PostMapping(PATH)
    String signIn(
            @RequestParam(name = "token", defaultValue = "") String token,
            @RequestParam(name = "next", defaultValue = START) String next,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        var caller = tokens.callerOf(new Secret(token.strip()));
        if (caller.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            model.addAttribute("next", inside(next));
            model.addAttribute("refusal", "This token is unknown, expired or revoked.");
            return VIEW;
        }
        // Whoever planted a session's id before gains nothing by it.
        Cookies.SESSION.read(request).ifPresent(sessions::end);
        Cookies.SESSION.write(request, response, sessions.open(caller.get()));
        Cookies.BROWSER.delete(request, response);
        return "redirect:" + inside(next);
    }

    @PostMapping("/console/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        Cookies.SESSION.read(request).ifPresent(sessions::end);
        Cookies.SESSION.delete(request, response);
        return "redirect:" + PATH;
    }

    /** Reached by an internal forward, for any method. */
    @RequestMapping(ConsoleRefusals.PATH)
    String refused(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        return "console/refused";
    }

    /** A way inside the console; anything else would lead whoever signs in to a place of somebody else's choice. */
    private static String inside(String next) {
        return next.matches("/console(/[A-Za-z0-9_./~-]*)?(\\?[A-Za-z0-9_./~%=&+:-]*)?") && !next.contains("//")
                ? next
                : START;
    }
}
