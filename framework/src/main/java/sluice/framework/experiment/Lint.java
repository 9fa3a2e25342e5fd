package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.Locations;
import sluice.tasks.script.TaskSequenceScript;

/** Tells the user what will surprise in a run, though nothing is wrong with it: a line each, {@code file:line: key: ...}. */
final class Lint {
    private Lint() {}

    /**
     * What one rule says of one key.
     *
     * @param rule the rule
     * @param key dotted
     * @param message what will surprise, and how to mend it
     */
    record Warning(LintRule rule, String key, String message) {}

    /** A variant of a comparison, with the tasks that it learns. */
    record Variant(String name, TaskSequenceScript script, TaskSequence sequence) {}

    /** What there is to say of one run. */
    static ImmutableList<String> lines(TaskSequenceScript script, TaskSequence sequence) {
        return warnings(script, sequence).stream()
                .map(warning -> script.remark(warning.key(), warning.message()))
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }

    /** What there is to say of a comparison: each line once, with the variants that it is about. */
    static ImmutableList<String> lines(List<Variant> variants) {
        SetMultimap<String, String> about = LinkedHashMultimap.create();
        for (Variant variant : variants) {
            for (Warning warning : warnings(variant.script(), variant.sequence())) {
                if (!isForAnother(warning, variant, variants)) {
                    about.put(variant.script().remark(warning.key(), warning.message()), variant.name());
                }
            }
        }
        return about.asMap().entrySet().stream()
                .map(entry -> entry.getKey() + " (" + names(Set.copyOf(entry.getValue()), variants) + ")")
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Warning> warnings(TaskSequenceScript script, TaskSequence sequence) {
        return Arrays.stream(LintRule.values())
                .flatMap(rule -> rule.warnings(script, sequence))
                .collect(ImmutableList.toImmutableList());
    }

    /** Whether all keys that do nothing for a variant are there for others, for which they do something. */
    private static boolean isForAnother(Warning warning, Variant variant, List<Variant> variants) {
        List<String> idle = warning.rule().idle(variant.script());
        return !idle.isEmpty()
                && idle.stream()
                        .allMatch(key -> variants.stream()
                                .filter(other ->
                                        !warning.rule().idle(other.script()).contains(key))
                                .anyMatch(other -> isWrittenOnce(
                                        key,
                                        variant.script().locations(),
                                        other.script().locations())));
    }

    private static boolean isWrittenOnce(String key, Locations one, Locations other) {
        return other.isWritten(key) && other.of(key).equals(one.of(key));
    }

    private static String names(Set<String> names, List<Variant> variants) {
        List<String> inOrder = variants.stream()
                .map(Variant::name)
                .distinct()
                .filter(names::contains)
                .toList();
        long all = variants.stream().map(Variant::name).distinct().count();
        return inOrder.size() == all && all > 1
                ? "every variant"
                : (inOrder.size() == 1 ? "variant " : "variants ") + String.join(", ", inOrder);
    }
}
