package io.evenkeel.dataplane.http.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads vectors. A line {@code == 9112 §3.1: title} begins one. Lines that begin alike are one block of bytes, each line
 * with CRLF behind it unless it ends with a backslash:
 *
 * <pre>
 * c&gt; what the client sends          &gt;m what the member must see next (a line "+" is the inserted field)
 * m&gt; what the member sends          &gt;c what the client must get next
 * ?m what the member sees at most before its connection is broken
 * </pre>
 *
 * Within a line {@code \r \n \t \0 \\ \xHH} are bytes, and {@code {7*ab}} is "ab" seven times. Other lines are steps:
 * {@code ok} (the member answers 200, the client gets it), {@code passes} (the member sees what the client sent, with
 * the inserted field; then ok), {@code refused 400} (our answer, and the connection closes),
 * {@code fails 502 reason [unsent] [closes]}, {@code c|m ends|resets|sees end|sees reset},
 * {@code m left} (by FIN or RST),
 * {@code m kept}, {@code m new} (where the next request comes), {@code insert NAME ...}, {@code no member}.
 */
final class Vectors {

    /** X-Forwarded-For alone is inserted, which no switch turns off. */
    static final Map<String, String> PLAIN = Map.of("X-Forwarded-Host", "false");

    static final String INSERTED = "X-Forwarded-For: 127.0.0.1\r\n";
    private static final List<String> FILES = List.of("requests", "framing", "fields", "connections", "responses");
    private static final Pattern BLOCK = Pattern.compile("(c>|>c|m>|>m|\\?m)(?: (.*))?");
    private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)\\*([^}]+)}");

    private final List<Vector> vectors = new ArrayList<>();
    private String title = "";
    private List<Step> steps = new ArrayList<>();
    private Map<String, String> inserted = PLAIN;
    private boolean hasMember = true;
    private String tag = "";
    private StringBuilder block = new StringBuilder();
    private String lastRequest = "";

    private Vectors() {}

    static List<Vector> all() {
        return FILES.stream().flatMap(file -> read(lines(file)).stream()).toList();
    }

    private static List<String> lines(String file) {
        try (var in = Vectors.class.getResourceAsStream(file + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Vector> read(List<String> lines) {
        var reader = new Vectors();
        Stream.concat(lines.stream(), Stream.of("== end"))
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(reader::line);
        return reader.vectors;
    }

    private void line(String line) {
        var match = BLOCK.matcher(line);
        if (match.matches()) {
            if (!match.group(1).equals(tag)) {
                endBlock();
                tag = match.group(1);
            }
            block.append(bytes(match.group(2) == null ? "" : match.group(2)));
            return;
        }
        endBlock();
        if (line.startsWith("== ")) {
            endVector();
            title = line.substring(3);
        } else {
            words(List.of(line.split(" ")));
        }
    }

    private void endVector() {
        if (!title.isEmpty()) {
            vectors.add(new Vector(title, inserted, hasMember, steps));
        }
        steps = new ArrayList<>();
        inserted = PLAIN;
        hasMember = true;
        lastRequest = "";
    }

    private void endBlock() {
        var bytes = block.toString();
        switch (tag) {
            case "c>" -> {
                steps.add(new Step.Sends(Step.Who.CLIENT, bytes, true));
                lastRequest = bytes;
            }
            case "m>" -> steps.add(new Step.Sends(Step.Who.MEMBER, bytes, true));
            case ">c" -> steps.add(new Step.Sees(Step.Who.CLIENT, bytes));
            case ">m" -> steps.add(new Step.Sees(Step.Who.MEMBER, bytes));
            case "?m" -> steps.add(new Step.SeesAtMost(bytes));
            default -> {}
        }
        tag = "";
        block = new StringBuilder();
    }

    private void words(List<String> words) {
        switch (words.getFirst()) {
            case "ok" -> ok();
            case "passes" -> passes();
            case "refused" -> steps.add(new Step.GetsOwnAnswer(Integer.parseInt(words.get(1)), "", false, true));
            case "fails" ->
                steps.add(new Step.GetsOwnAnswer(
                        Integer.parseInt(words.get(1)),
                        words.get(2),
                        !words.contains("unsent"),
                        words.contains("closes")));
            case "insert" -> insert(words.subList(1, words.size()));
            case "no" -> hasMember = false;
            case "c" -> steps.add(act(Step.Who.CLIENT, words));
            case "m" -> steps.add(act(Step.Who.MEMBER, words));
            default -> throw new IllegalArgumentException(title + ": " + words);
        }
    }

    private static Step act(Step.Who who, List<String> words) {
        return switch (String.join(" ", words.subList(1, words.size()))) {
            case "ends" -> new Step.Ends(who);
            case "resets" -> new Step.Resets(who);
            case "sees end" -> new Step.SeesEnd(who);
            case "sees reset" -> new Step.SeesReset(who);
            case "left" -> new Step.IsLeft();
            case "kept" -> new Step.NextComesOn(true);
            case "new" -> new Step.NextComesOn(false);
            default -> throw new IllegalArgumentException("what is " + words);
        };
    }

    private void ok() {
        var answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        steps.add(new Step.Sends(Step.Who.MEMBER, answer, false));
        steps.add(new Step.Sees(Step.Who.CLIENT, answer));
    }

    private void passes() {
        int end = lastRequest.indexOf("\r\n\r\n") + 2;
        steps.add(
                new Step.Sees(Step.Who.MEMBER, lastRequest.substring(0, end) + INSERTED + lastRequest.substring(end)));
        ok();
    }

    private void insert(List<String> names) {
        var switches = new HashMap<>(PLAIN);
        names.forEach(name -> switches.put(name, "true"));
        inserted = Map.copyOf(switches);
    }

    private static String bytes(String line) {
        if (line.equals("+")) {
            return INSERTED;
        }
        boolean isOpen = line.endsWith("\\");
        var text = isOpen ? line.substring(0, line.length() - 1) : line + "\\r\\n";
        return unescape(REPEATED.matcher(text)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        match.group(2).repeat(Integer.parseInt(match.group(1))))));
    }

    private static String unescape(String text) {
        var bytes = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '\\') {
                bytes.append(c);
                continue;
            }
            char code = text.charAt(++at);
            switch (code) {
                case 'r' -> bytes.append('\r');
                case 'n' -> bytes.append('\n');
                case 't' -> bytes.append('\t');
                case '0' -> bytes.append('\0');
                case '\\' -> bytes.append('\\');
                case 'x' -> {
                    bytes.append((char) Integer.parseInt(text.substring(at + 1, at + 3), 16));
                    at += 2;
                }
                default -> throw new IllegalArgumentException("no escape: " + code);
            }
        }
        return bytes.toString();
    }
}
