package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.TaskChoice;
import sluice.tasks.script.Section;
import sluice.tasks.strangers.Strangers;

/** Reads and writes the section {@code inference}. */
final class InferenceSection {
    static final ImmutableList<String> KEYS =
            ImmutableList.of("features", "sparsity", "threshold", "subnetworks", "sums", "known", "task", "strangers");

    /** As many features as the data carry. */
    private static final String FITTING = "auto";

    private InferenceSection() {}

    static InferenceSettings read(Section inference, NetworkSection network) {
        InferenceSettings defaults = InferenceSettings.DEFAULT;
        double subnetworks = inference.real("subnetworks", Range.closed(0.0, 1.0), defaults.subnetworks());
        InferenceSettings.Sums sums = inference.choice("sums", defaults.sums());
        if (subnetworks > 0 && sums == InferenceSettings.Sums.KEEP) {
            throw inference.error(
                    "sums",
                    "cannot be kept for another run where a subnetwork per task (subnetworks above 0) learns beside them: write sums: drop, or subnetworks: 0");
        }
        Optional<TaskChoice> task = task(inference, subnetworks, sums);
        if (task.equals(Optional.of(TaskChoice.GRADIENT)) && !network.isSharedAndDense()) {
            throw inference.error(
                    "task",
                    "gradient lays the subnetworks of fully connected layers over each other, without normalisation and without network.growth: separate: write task: entropy");
        }
        return new InferenceSettings(
                inference
                        .value("features")
                        .filter(value -> !value.is(FITTING))
                        .map(value -> value.integer(Range.closed(18, 20_000)))
                        .orElse(InferenceSettings.FITTING),
                inference.real("sparsity", Range.atLeast(0.0), defaults.sparsity()),
                inference.real("threshold", Range.closed(0.0, 1.0), defaults.threshold()),
                subnetworks,
                sums,
                inference.choice("known", defaults.known()),
                task,
                strangers(inference, task));
    }

    /** What examples of tasks are told from, where that is asked for. */
    private static ImmutableSet<Strangers> strangers(Section inference, Optional<TaskChoice> task) {
        ImmutableSet<Strangers> kinds = inference.choices("strangers", List.of(Strangers.values()));
        if (!kinds.isEmpty() && (task.isEmpty() || task.get() == TaskChoice.GIVEN)) {
            throw inference.error(
                    "strangers",
                    "are told from examples of tasks where tasks are found: write inference.task: auto, or remove it");
        }
        return kinds;
    }

    /** How tasks are found whose subnetworks answer, where that is written. */
    private static Optional<TaskChoice> task(Section inference, double subnetworks, InferenceSettings.Sums sums) {
        if (inference.value("task").isEmpty()) {
            return Optional.empty();
        }
        TaskChoice choice = inference.choice("task", TaskChoice.AUTO);
        if (subnetworks > 0) {
            throw inference.error(
                    "subnetworks",
                    "mixes what subnetworks say into the discriminant's answer, and with inference.task they answer themselves: remove one of them");
        }
        if (sums == InferenceSettings.Sums.KEEP) {
            throw inference.error(
                    "sums", "cannot be kept for another run where inference.task finds the task: write sums: drop");
        }
        return Optional.of(choice);
    }

    /** As a script has them; those that speak of other runs where they are not the default, as checkpoints of earlier builds have none. */
    static Map<String, Object> settings(InferenceSettings inference) {
        Map<String, Object> settings = new LinkedHashMap<>();
        boolean fits = inference.features() == InferenceSettings.FITTING;
        settings.put("features", fits ? FITTING : (Object) inference.features());
        settings.put("sparsity", inference.sparsity());
        settings.put("threshold", inference.threshold());
        settings.put("subnetworks", inference.subnetworks());
        if (inference.sums() != InferenceSettings.DEFAULT.sums()) {
            settings.put("sums", Section.word(inference.sums()));
        }
        if (inference.known() != InferenceSettings.DEFAULT.known()) {
            settings.put("known", Section.word(inference.known()));
        }
        inference.task().ifPresent(choice -> settings.put("task", Section.word(choice)));
        if (!inference.strangers().isEmpty()) {
            settings.put(
                    "strangers",
                    inference.strangers().stream().map(Section::word).toList());
        }
        return settings;
    }
}
