package io.evenkeel.routing.settings;

/** Parts of a URL in which {@code ${…}} stands for the same part of the request. */
final class UrlTexts {

    static final String SAME_PROTOCOL = "${protocol}";
    static final String SAME_HOST = "${host}";
    static final String SAME_PORT = "${port}";
    static final String SAME_PATH = "${path}";
    static final String SAME_QUERY = "${query}";

    /** Looks at the length first: Java's matcher recurses once for each repetition of a group. */
    static final String HOST = "(?=.{1,128}$)([A-Za-z0-9.-]|\\$\\{host\\})+";

    static final String HOST_RULE = "must be letters, digits, '-' and '.', or \\${host}";
    static final String PORT =
            "\\$\\{port\\}|[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}" + "|655[0-2][0-9]|6553[0-5]";
    static final String PORT_RULE = "must be 1..65535 as text, or \\${port}";
    static final String PATH = "(/|\\$\\{path\\})[!-~]*";
    static final String PATH_RULE = "must begin with '/' or \\${path} and consist of visible ASCII characters";
    static final String QUERY = "[!-~]*";
    static final String QUERY_RULE = "must consist of visible ASCII characters";
    static final String LENGTH = "must be 1..128 characters long";
    static final String QUERY_LENGTH = "must be 0..128 characters long";

    private UrlTexts() {}
}
