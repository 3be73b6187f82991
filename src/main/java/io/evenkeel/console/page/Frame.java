package io.evenkeel.console.page;

import io.evenkeel.identity.Caller;
import io.evenkeel.identity.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a page.
 *
 * @param projectId whose resources are shown
 * @param here the page's own address with its query, for its refresh
 * @param crumbs the way to the page, from the widest; the page itself comes last, without a link
 */
public record Frame(
        Caller caller, String projectId, String title, String here, String search, List<Crumb> crumbs, String section) {

    public record Crumb(String text, @Nullable String href) {}

    public record Entry(String text, String href, boolean isCurrent) {}

    public record Section(String title, List<Entry> entries) {}

    public String base() {
        return base(projectId);
    }

    public static String base(String projectId) {
        return "/console/projects/" + projectId;
    }

    /** Whether edit buttons are shown; the API refuses the others by itself. */
    public boolean canWrite() {
        return caller.role().includes(Role.OPERATOR);
    }

    public boolean isAdmin() {
        return caller.role() == Role.ADMIN;
    }

    public String role() {
        return caller.role().onWire();
    }

    public List<Section> navigation() {
        return Navigation.of(this);
    }
}
