package io.evenkeel.packaging;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads just so much of PromQL as tells which metrics an expression asks for. */
final class PromQl {

    /** Where a name is no metric: texts, matchers, ranges, lists of labels. */
    private static final Pattern OTHER_NAMES =
            Pattern.compile("\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring)\\s*\\([^)]*\\)");

    /** Not a function, which has a parenthesis behind it. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.$])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");

    /** In a dashboard's variable; its second argument is a label. */
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*),[^,]*\\)");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

    private PromQl() {}

    static Set<String> metrics(String expression) {
        var text = LABEL_VALUES.matcher(expression).replaceAll("$1");
        var names = new TreeSet<String>();
        NAME.matcher(OTHER_NAMES.matcher(text).replaceAll(" "))
                .results()
                .map(match -> match.group())
                .filter(name -> !WORDS.contains(name))
                .forEach(names::add);
        return names;
    }
}
