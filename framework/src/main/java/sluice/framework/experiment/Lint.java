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

    /** What there is to say of one run. */
    static ImmutableList<String> lines(RunPlan plan, TaskSequence sequence) {
        return remarks(plan, Stream.concat(surprises(plan, sequence), idle(plan)));
    }

    /** What there is to say of one run before its data is loaded. */
    static ImmutableList<String> lines(RunPlan plan) {
        return remarks(plan, Stream.concat(ShortTraining.warnings(plan), idle(plan)));
    }

    private static ImmutableList<String> remarks(RunPlan plan, Stream<Surprise> warnings) {
        return warnings.map(warning -> plan.remark(warning.key(), warning.message()))
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }

    private static Stream<Surprise> surprises(RunPlan plan, TaskSequence sequence) {
        return Stream.concat(
                sequence.notes().stream().map(note -> new Surprise("data", note)),
                Arrays.stream(LintRule.values()).flatMap(rule -> rule.warnings(plan, sequence)));
    }

    private static Stream<Surprise> idle(RunPlan plan) {
        return Arrays.stream(IdleKeys.values()).flatMap(reason -> reason.nothing(reason.idle(plan)));
    }

    /**
     * What there is to say of a comparison: each line once, with the variants that it is about.
     *
     * @param sequences the tasks of each variant, in the same order
     */
    static ImmutableList<String> lines(List<PlannedRun> variants, List<TaskSequence> sequences) {
        return lines(
                variants,
                v -> Stream.concat(
                        surprises(variants.get(v).tasks(), sequences.get(v)), idle(variants.get(v), variants)));
    }

    /** What there is to say of a comparison before its data is loaded. */
    static ImmutableList<String> lines(List<PlannedRun> variants) {
        return lines(
                variants,
                v -> Stream.concat(ShortTraining.warnings(variants.get(v).tasks()), idle(variants.get(v), variants)));
    }

    /** Each line once, with the variants that it is about; of each, by its place, there are surprises. */
    static ImmutableList<String> lines(List<PlannedRun> variants, IntFunction<Stream<Surprise>> ofVariant) {
        SetMultimap<String, String> about = LinkedHashMultimap.create();
        for (int v = 0; v < variants.size(); v++) {
            PlannedRun variant = variants.get(v);
            ofVariant
                    .apply(v)
                    .forEach(warning ->
                            about.put(variant.plan().remark(warning.key(), warning.message()), variant.variant()));
        }
        return about.asMap().entrySet().stream()
                .map(entry -> entry.getKey() + " (" + names(Set.copyOf(entry.getValue()), variants) + ")")
                .collect(ImmutableList.toImmutableList());
    }

    private static Stream<Surprise> idle(PlannedRun variant, List<PlannedRun> variants) {
        return Arrays.stream(IdleKeys.values())
                .flatMap(reason -> reason.nothing(reason.idle(variant.tasks()).stream()
                        .filter(key -> !isForAnother(key, reason, variant, variants))
                        .toList()));
    }

    /** Whether a key that does nothing for a variant is there for another, for which it does something. */
    private static boolean isForAnother(String key, IdleKeys reason, PlannedRun variant, List<PlannedRun> variants) {
        return variants.stream()
                .filter(other -> !reason.idle(other.tasks()).contains(key))
                .anyMatch(other -> isWrittenOnce(
                        key, variant.plan().locations(), other.plan().locations()));
    }

    private static boolean isWrittenOnce(String key, Locations one, Locations other) {
        return other.isWritten(key) && other.of(key).equals(one.of(key));
    }

    private static String names(Set<String> names, List<PlannedRun> variants) {
        List<String> inOrder = variants.stream()
                .map(PlannedRun::variant)
                .distinct()
                .filter(names::contains)
                .toList();
        long all = variants.stream().map(PlannedRun::variant).distinct().count();
        return inOrder.size() == all && all > 1
                ? "every variant"
                : (inOrder.size() == 1 ? "variant " : "variants ") + String.join(", ", inOrder);
    }
}
