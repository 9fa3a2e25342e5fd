package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.Locations;
import sluice.tasks.script.TaskSequenceScript;

/** Tells the user what will surprise in a run, though nothing is wrong with it: a line each, {@code file:line: key: ...}. */
final class Lint {
    private Lint() {}

    /**
     * What one rule says of one key.
     *
     * @param key dotted
     * @param message what will surprise, and how to mend it
     */
    record Warning(String key, String message) {}

    /** A variant of a comparison. */
    record Variant(String name, TaskSequenceScript script) {}

    /** What there is to say of one run. */
    static ImmutableList<String> lines(TaskSequenceScript script, TaskSequence sequence) {
        return Arrays.stream(LintRule.values())
                .flatMap(rule -> Stream.concat(rule.warnings(script, sequence), rule.nothing(rule.idle(script))))
                .map(warning -> script.remark(warning.key(), warning.message()))
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }

    /** What there is to say of one run before its data is loaded. */
    static ImmutableList<String> lines(TaskSequenceScript script) {
        return Arrays.stream(LintRule.values())
                .flatMap(rule -> rule.nothing(rule.idle(script)))
                .map(warning -> script.remark(warning.key(), warning.message()))
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * What there is to say of a comparison: each line once, with the variants that it is about.
     *
     * @param sequences the tasks of each variant, in the same order
     */
    static ImmutableList<String> lines(List<Variant> variants, List<TaskSequence> sequences) {
        return lines(
                variants,
                (rule, v) -> Stream.concat(
                        rule.warnings(variants.get(v).script(), sequences.get(v)),
                        idle(rule, variants.get(v), variants)));
    }

    /** What there is to say of a comparison before its data is loaded. */
    static ImmutableList<String> lines(List<Variant> variants) {
        return lines(variants, (rule, v) -> idle(rule, variants.get(v), variants));
    }

    /** What a rule has to say of the variant at an index. */
    private interface Opinion {
        Stream<Warning> of(LintRule rule, int variant);
    }

    private static ImmutableList<String> lines(List<Variant> variants, Opinion opinion) {
        SetMultimap<String, String> about = LinkedHashMultimap.create();
        for (int v = 0; v < variants.size(); v++) {
            int index = v;
            Variant variant = variants.get(v);
            Arrays.stream(LintRule.values())
                    .flatMap(rule -> opinion.of(rule, index))
                    .forEach(warning ->
                            about.put(variant.script().remark(warning.key(), warning.message()), variant.name()));
        }
        return about.asMap().entrySet().stream()
                .map(entry -> entry.getKey() + " (" + names(Set.copyOf(entry.getValue()), variants) + ")")
                .collect(ImmutableList.toImmutableList());
    }

    private static Stream<Warning> idle(LintRule rule, Variant variant, List<Variant> variants) {
        return rule.nothing(rule.idle(variant.script()).stream()
                .filter(key -> !isForAnother(key, rule, variant, variants))
                .toList());
    }

    /** Whether a key that does nothing for a variant is there for another, for which it does something. */
    private static boolean isForAnother(String key, LintRule rule, Variant variant, List<Variant> variants) {
        return variants.stream()
                .filter(other -> !rule.idle(other.script()).contains(key))
                .anyMatch(other -> isWrittenOnce(
                        key, variant.script().locations(), other.script().locations()));
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
