package io.evenkeel.packaging.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The chart, rendered by Helm's own code, which a Maven artifact carries. Needs no cluster. */
record Chart(Path directory) {

    static final Chart OURS = new Chart(Path.of("helm", "evenkeel"));
    static final String RELEASE = "elb";
    private static final String SUFFIX = "-values.yaml";
    private static final String KUBERNETES = "1.36.0";

    /** The names of the value sets in {@code ci}. */
    List<String> valueSets() {
        try (var files = Files.list(directory.resolve("ci"))) {
            return files.map(file -> file.getFileName().toString().replace(SUFFIX, ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the default values. */
    List<Manifest> render() {
        return Manifest.readAll(template().call());
    }

    List<Manifest> render(String valueSet) {
        var values = directory.resolve("ci").resolve(valueSet + SUFFIX);
        return Manifest.readAll(template().withValuesFile(values).call());
    }

    /** With single values set, as {@code --set} does. */
    List<Manifest> renderWith(Map<String, Object> values) {
        var template = template();
        values.forEach(template::set);
        return Manifest.readAll(template.call());
    }

    List<Manifest> renderFor(String kubernetesVersion, String valueSet) {
        var values = directory.resolve("ci").resolve(valueSet + SUFFIX);
        return Manifest.readAll(template()
                .withKubeVersion(kubernetesVersion)
                .withValuesFile(values)
                .call());
    }

    private com.marcnuri.helm.TemplateCommand template() {
        return new Helm(directory)
                .template()
                .withName(RELEASE)
                .withNamespace("network")
                .withKubeVersion(KUBERNETES);
    }

    LintResult lint() {
        return new Helm(directory).lint().strict().call();
    }

    /** A copy to plant mistakes in. */
    Chart copyTo(Path target) {
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = target.resolve(directory.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Chart(target);
    }

    /** Replaces the first such text of a file, which must be there. */
    void replace(String file, String text, String by) {
        try {
            var path = directory.resolve(file);
            var before = Files.readString(path);
            int at = before.indexOf(text);
            if (at < 0) {
                throw new AssertionError(file + " does not contain: " + text);
            }
            Files.writeString(path, before.substring(0, at) + by + before.substring(at + text.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
