package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A script that comes with Sluice.
 *
 * @param name what it is asked for by
 * @param description one line
 */
public record ShippedScript(String name, String description) {
    static final ImmutableList<String> NAMES = ImmutableList.of(
            "binary-mnist",
            "compare-split-mnist-class",
            "compare-split-mnist-domain",
            "compare-split-mnist-task",
            "estimators-split-mnist",
            "permuted-digits-200",
            "permuted-mnist-10",
            "permuted-mnist-50",
            "reuse-permuted-digits",
            "rotated-mnist-10",
            "split-digits",
            "split-fashion-mnist",
            "split-mnist",
            "split-mnist-class",
            "split-mnist-cnn",
            "split-mnist-domain");

    static String text(String name) {
        String resource = "/sluice/sequences/" + name + ".yaml";
        try (InputStream in = ShippedScript.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource %s is missing from the build".formatted(resource));
            }
            return ScriptText.of(in, source(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String source(String name) {
        return "shipped " + name + ".yaml";
    }
}
