package sluice.framework.script;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.framework.ContinualTrainer;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.stream.StreamSettings;
import sluice.framework.stream.StreamSettings.Borders;
import sluice.tasks.Scenario;
import sluice.tasks.script.Section;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.script.Value;

/** Reads and writes the section {@code stream}. */
final class StreamSection {
    static final String NAME = "stream";
    static final ImmutableList<String> KEYS = ImmutableList.of("borders", "width", "repeats", "horizon");
    private static final int MOST_REPEATS = 100_000;
    private static final int LONGEST = 100_000_000;

    private StreamSection() {}

    static Optional<StreamSettings> read(Section top) {
        Section section = top.section(NAME, KEYS);
        Borders borders = section.choice("borders", Borders.HIDDEN);
        if (borders != Borders.GRADUAL) {
            section.refuse(
                    "width",
                    "is how long one task goes over into the next, and borders are %s: write borders: gradual, or remove it"
                            .formatted(Section.word(borders)));
        }
        StreamSettings read = new StreamSettings(
                borders,
                section.real("width", Range.openClosed(0.0, StreamSettings.MOST_WIDTH), StreamSettings.USUAL_WIDTH),
                section.value("repeats").map(StreamSection::names).orElse(ImmutableList.of()),
                section.integer("horizon", Range.closed(1, LONGEST), StreamSettings.USUAL_HORIZON));
        return top.value(NAME).map(written -> read);
    }

    private static ImmutableList<String> names(Value written) {
        return written.items("a list of tasks, by name or position, like [1, 3]", MOST_REPEATS).stream()
                .map(task ->
                        task.isNumber() ? Integer.toString(task.integer(Range.closed(1, MOST_REPEATS))) : task.text())
                .collect(ImmutableList.toImmutableList());
    }

    /** Refuses what a stream cannot be beside. */
    static void check(
            TaskSequenceScript script,
            StreamSettings stream,
            InferenceSettings inference,
            String strategy,
            Optional<Selection> selection) {
        if (!strategy.equals(ContinualTrainer.STRATEGY)) {
            throw script.error(
                    NAME,
                    "strategy %s is told where tasks begin: write strategy: %s, or remove the section"
                            .formatted(strategy, ContinualTrainer.STRATEGY));
        }
        if (script.scenario() != Scenario.DOMAIN) {
            throw script.error(
                    "scenario",
                    "%s does not work with a stream, of which nobody says what tasks there are, so that they share their outputs: write scenario: domain"
                            .formatted(Ascii.toLowerCase(script.scenario().name())));
        }
        TaskChoice choice = inference.task().orElse(TaskChoice.GIVEN);
        if (choice != TaskChoice.AUTO && choice != TaskChoice.DENSITY) {
            throw script.error(
                    "inference.task",
                    "tasks of a stream are found by densities: write inference: {task: density}, or auto");
        }
        if (!inference.strangers().isEmpty()) {
            throw script.error("inference.strangers", "does not work with a stream: remove it, or the section stream");
        }
        for (String key : ImmutableList.of(
                "training.epochs", "training.iterations", "training.validation", "training.class_weights")) {
            if (!script.locations().writtenIn("training").contains(key)) {
                continue;
            }
            throw script.error(
                    key,
                    key.equals("training.epochs") || key.equals("training.iterations")
                            ? "a stream passes once, and nobody says how long a task is: remove it, and say by stream.horizon how many steps schedules run over"
                            : "needs all examples of a task beforehand, and a stream has them as they come: remove it");
        }
        for (String key : ImmutableList.of("network.growth", "network.exits", "network.from", "gates.gater")) {
            if (script.locations().writtenIn(key.substring(0, key.indexOf('.'))).stream()
                    .anyMatch(written -> written.equals(key) || written.startsWith(key + "."))) {
                throw script.error(key, "does not work with a stream: remove it, or the section stream");
            }
        }
        if (selection.isPresent()) {
            throw script.error("selection", "does not work with a stream: remove it, or the section stream");
        }
    }

    /** Of settings of training those that a stream has: it passes once. */
    static Map<String, Object> without(Optional<StreamSettings> stream, Map<String, Object> training) {
        stream.ifPresent(passes -> training.remove("epochs"));
        return training;
    }

    /** As a script has them. */
    static Map<String, Object> settings(StreamSettings stream) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("borders", Section.word(stream.borders()));
        if (stream.borders() == Borders.GRADUAL) {
            settings.put("width", stream.width());
        }
        settings.put("repeats", stream.repeats());
        settings.put("horizon", stream.horizon());
        return settings;
    }
}
