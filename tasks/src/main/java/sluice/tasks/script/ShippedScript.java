package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import sluice.tasks.InputException;

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
            "digits-few-labels",
            "digits-on-request",
            "digits-on-request-drawn",
            "efficiency-digits",
            "efficiency-mnist",
            "estimators-split-mnist",
            "gater-digits",
            "gater-mnist",
            "generators-digits",
            "generators-mnist",
            "permuted-digits-200",
            "permuted-digits-250",
            "permuted-digits-2500",
            "permuted-digits-masks",
            "permuted-digits-stream",
            "permuted-digits-untold",
            "permuted-mnist-10",
            "permuted-mnist-250",
            "permuted-mnist-2500",
            "permuted-mnist-50",
            "permuted-mnist-masks",
            "permuted-mnist-stream",
            "permuted-mnist-untold",
            "reuse-permuted-digits",
            "rotated-mnist-10",
            "split-digits",
            "split-digits-conditional",
            "split-digits-replay",
            "split-digits-untold",
            "split-fashion-mnist",
            "split-mnist",
            "split-mnist-class",
            "split-mnist-cnn",
            "split-mnist-conditional",
            "split-mnist-domain",
            "split-mnist-replay",
            "split-mnist-untold");

    /**
     * {@return the script}
     *
     * @param name of a shipped script
     * @throws InputException if no script of that name is shipped
     */
    public static ShippedScript named(String name) {
        if (!NAMES.contains(name)) {
            throw new InputException(ScriptReader.neither(name));
        }
        // they are known to be well, so that a list of them need not read each to its end
        return new ShippedScript(name, YamlTree.first(text(name), "description").orElse(""));
    }

    /** {@return a commented script to start from, in YAML} */
    public static String starter() {
        return resource("/sluice/starter.yaml", "starter.yaml");
    }

    /** {@return what it says, in YAML, comments included} */
    public String text() {
        return text(name);
    }

    static String text(String name) {
        return resource("/sluice/sequences/" + name + ".yaml", source(name));
    }

    private static String resource(String resource, String source) {
        try (InputStream in = ShippedScript.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource %s is missing from the build".formatted(resource));
            }
            return ScriptText.of(in, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String source(String name) {
        return "shipped " + name + ".yaml";
    }
}
