package io.evenkeel.console.page;

import io.evenkeel.console.api.ApiRefusal;
import io.evenkeel.console.api.Visible;
import io.evenkeel.console.page.Frame.Crumb;
import io.evenkeel.identity.Caller;
import io.evenkeel.identity.Callers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.ModelAndView;

/** What the controllers of pages share. Each page is checked by the operations it calls; none decides on access. */
public abstract class ConsolePage {

    private static final Logger log = LoggerFactory.getLogger(ConsolePage.class);
    private static final String FRAME = "frame";

    protected ConsolePage() {}

    /**
     * A page.
     *
     * @param section the entry of the navigation that it belongs to
     */
    protected static ModelAndView page(String view, String projectId, String section, String title, List<Crumb> way) {
        return new ModelAndView("console/" + view).addObject(FRAME, frame(projectId, section, title, way));
    }

    private static Frame frame(String projectId, String section, String title, List<Crumb> way) {
        var request = request();
        var query = request.getQueryString();
        var crumbs = new ArrayList<>(way);
        crumbs.add(new Crumb(title, null));
        return new Frame(
                Callers.current(),
                projectId,
                title,
                request.getRequestURI() + (query == null ? "" : "?" + query),
                Visible.text(Objects.requireNonNullElse(request.getParameter("q"), "")),
                List.copyOf(crumbs),
                section);
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }

    /** What the API refused, in its words. */
    @ExceptionHandler
    ModelAndView refused(ApiRefusal refusal) {
        return error(HttpStatusCode.valueOf(refusal.status()), refusal.getMessage(), refusal.errorCode());
    }

    @ExceptionHandler
    ModelAndView absent(NoSuchPageException absent) {
        return error(HttpStatus.NOT_FOUND, absent.getMessage(), null);
    }

    /** Whoever asked is gone; nobody is left to tell. */
    @ExceptionHandler
    void gone(IOException gone, HttpServletResponse response) {
        log.atDebug().setCause(gone).log("A browser left before its answer, with status {}", response.getStatus());
    }

    @ExceptionHandler
    ModelAndView failed(Exception failure) {
        log.atError().setCause(failure).log("A page failed unexpectedly");
        return error(
                HttpStatus.INTERNAL_SERVER_ERROR, "The page could not be made. The log of the service says why.", null);
    }

    /** Shown where the caller is at home: the page's own project may not be theirs. */
    private static ModelAndView error(HttpStatusCode status, @Nullable String message, @Nullable String code) {
        var projectId = Callers.find().map(Caller::projectId).orElse("");
        var page = page("error", projectId, "", title(status.value()), List.of());
        page.setStatus(status);
        return page.addObject("message", message).addObject("code", code);
    }

    private static String title(int status) {
        return switch (status) {
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 503 -> "Not available at the moment";
            default -> status < 500 ? "Refused" : "Something went wrong";
        };
    }

    /** Nothing is at this address. */
    protected static final class NoSuchPageException extends RuntimeException {
        public NoSuchPageException() {
            super("There is no such page.", null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
