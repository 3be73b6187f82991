package io.evenkeel.console.group;

import io.evenkeel.console.api.Tree;

/** Whether the traffic is balanced, for a badge. */
record Verdict(String word, String tone, String summary) {

    static Verdict of(Tree distribution) {
        var word = distribution.text("verdict");
        return new Verdict(
                word.isEmpty() ? "" : Character.toUpperCase(word.charAt(0)) + word.substring(1),
                switch (word) {
                    case "balanced" -> "good";
                    case "unbalanced" -> "bad";
                    default -> "plain";
                },
                distribution.text("summary"));
    }
}
