package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.Locations;

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
    record Variant(String name, RunPlan plan) {}

    /** What there is to say of one run. */
    static ImmutableList<String> lines(RunPlan plan, TaskSequence sequence) {
        return remarks(plan, Stream.concat(surprises(plan, sequence), idle(plan)));
    }

    /** What there is to say of one run before its data is loaded. */
    static ImmutableList<String> lines(RunPlan plan) {
        return remarks(plan, Stream.concat(ShortTraining.warnings(plan), idle(plan)));
    }

    private static ImmutableList<String> remarks(RunPlan plan, Stream<Warning> warnings) {
        return warnings.map(warning -> plan.script().remark(warning.key(), warning.message()))
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }

    private static Stream<Warning> surprises(RunPlan plan, TaskSequence sequence) {
        return Stream.concat(
                sequence.notes().stream().map(note -> new Warning("data", note)),
                Arrays.stream(LintRule.values()).flatMap(rule -> rule.warnings(plan, sequence)));
    }

    private static Stream<Warning> idle(RunPlan plan) {
        return Arrays.stream(IdleKeys.values()).flatMap(reason -> reason.nothing(reason.idle(plan)));
    }

    /**
     * What there is to say of a comparison: each line once, with the variants that it is about.
     *
     * @param sequences the tasks of each variant, in the same order
     */
    static ImmutableList<String> lines(List<Variant> variants, List<TaskSequence> sequences) {
        return lines(
                variants,
                v -> Stream.concat(
                        surprises(variants.get(v).plan(), sequences.get(v)), idle(variants.get(v), variants)));
    }

    /** What there is to say of a comparison before its data is loaded. */
    static ImmutableList<String> lines(List<Variant> variants) {
        return lines(
                variants,
                v -> Stream.concat(ShortTraining.warnings(variants.get(v).plan()), idle(variants.get(v), variants)));
    }

    private static ImmutableList<String> lines(List<Variant> variants, IntFunction<Stream<Warning>> ofVariant) {
        SetMultimap<String, String> about = LinkedHashMultimap.create();
        for (int v = 0; v < variants.size(); v++) {
            Variant variant = variants.get(v);
            ofVariant
                    .apply(v)
                    .forEach(warning -> about.put(
                            variant.plan().script().remark(warning.key(), warning.message()), variant.name()));
        }
        return about.asMap().entrySet().stream()
                .map(entry -> entry.getKey() + " (" + names(Set.copyOf(entry.getValue()), variants) + ")")
                .collect(ImmutableList.toImmutableList());
    }

    private static Stream<Warning> idle(Variant variant, List<Variant> variants) {
        return Arrays.stream(IdleKeys.values())
                .flatMap(reason -> reason.nothing(reason.idle(variant.plan()).stream()
                        .filter(key -> !isForAnother(key, reason, variant, variants))
                        .toList()));
    }

    /** Whether a key that does nothing for a variant is there for another, for which it does something. */
    private static boolean isForAnother(String key, IdleKeys reason, Variant variant, List<Variant> variants) {
        return variants.stream()
                .filter(other -> !reason.idle(other.plan()).contains(key))
                .anyMatch(other -> isWrittenOnce(
                        key,
                        variant.plan().script().locations(),
                        other.plan().script().locations()));
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
