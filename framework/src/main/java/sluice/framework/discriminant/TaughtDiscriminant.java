package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Optional;
import sluice.framework.sequence.TaughtTasks;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Scenario;
import sluice.tasks.Shape;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.KnownEncodings;

/** What a discriminant has learned, by what kept sums say of it: which tasks, and with which settings. Immutable. */
public final class TaughtDiscriminant {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Settings settings;
    private final TaughtTasks tasks;

    /**
     * What cannot be another for tasks to come; height and width are 0 where inputs are no images.
     *
     * @param features as wanted, before they are rounded
     */
    record Settings(long seed, int features, double sparsity, int inputs, int height, int width) {
        static Settings of(long seed, int features, double sparsity, TaskSequence sequence) {
            Optional<Shape.Channels> image = sequence.shape().pixels().filter(RandomFeatures::isImage);
            return new Settings(
                    seed,
                    features,
                    sparsity,
                    sequence.features(),
                    image.map(Shape.Channels::height).orElse(0),
                    image.map(Shape.Channels::width).orElse(0));
        }

        boolean isOfImages() {
            return height > 0;
        }

        private String words() {
            int channels = isOfImages() ? inputs / (height * width) : 1;
            return isOfImages()
                    ? "images of %d x %d%s"
                            .formatted(height, width, channels == 1 ? "" : " in %d channels".formatted(channels))
                    : "examples of %d features that are no images".formatted(inputs);
        }

        private boolean isWhole() {
            return features >= LocalFilters.PER_FILTER
                    && features <= InferenceSettings.MOST_FEATURES
                    && inputs > 0
                    && ((height == 0 && width == 0) || isImage());
        }

        private boolean isImage() {
            return LocalFilters.image(inputs, height, width).isPresent();
        }
    }

    /** As a note has it. */
    record Note(Settings settings, TaughtTasks tasks) {}

    TaughtDiscriminant(Settings settings, TaughtTasks tasks) {
        this.settings = settings;
        this.tasks = tasks;
    }

    /**
     * {@return what a note says}
     *
     * @throws IllegalArgumentException if it says nothing that makes sense
     */
    static TaughtDiscriminant parse(String json) {
        try {
            Note note = JSON.readValue(json, Note.class);
            checkArgument(note != null && note.settings() != null && note.tasks() != null, "its note is not whole");
            checkArgument(note.settings().isWhole(), "its settings are %s", note.settings());
            note.tasks().check();
            checkArgument(note.tasks().scenario() != Scenario.TASK, "its scenario is task");
            return new TaughtDiscriminant(note.settings(), note.tasks());
        } catch (JsonProcessingException | NullPointerException foreign) {
            throw new IllegalArgumentException("its note cannot be read", foreign);
        }
    }

    String json() {
        try {
            return JSON.writeValueAsString(new Note(settings, tasks));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Settings settings() {
        return settings;
    }

    TaughtTasks tasks() {
        return tasks;
    }

    /** {@return what the accuracy matrix calls the tasks that it has learned, in their order} */
    public ImmutableList<String> taskNames() {
        return tasks.taskNames();
    }

    /** {@return what the data call the classes that it has learned, each once} */
    public ImmutableList<String> classNames() {
        return tasks.labels().stream().map(tasks::className).collect(ImmutableList.toImmutableList());
    }

    /** {@return the scenario in which it learned them, class or domain} */
    public Scenario scenario() {
        return tasks.scenario();
    }

    /** {@return how tables became its inputs, task by task; of none where it learned from none} */
    public KnownEncodings encodings() {
        return tasks.knownEncodings();
    }

    /**
     * {@return whether it is this task, of an earlier run, as far as it shows}
     *
     * @param task of a name that it knows
     */
    public boolean fits(Task task) {
        int place = taskNames().indexOf(task.name());
        return place >= 0
                && tasks.tasks().get(place).classes().size() == task.classes().size()
                && task.test().features() == settings.inputs();
    }

    /**
     * What the accuracy matrix calls a task whose name may be that of an earlier one, which it has more examples of.
     *
     * @param taken names of earlier tasks
     * @param name of a task
     * @return the name, or {@code NAME (2)} and so on where it is taken
     */
    public static String column(Collection<String> taken, String name) {
        return TaughtTasks.unlike(taken, name);
    }

    /**
     * The tasks as they are learned after these: a class that the data call as they called one of these is that one.
     *
     * @param sequence the tasks
     * @return them, with labels that are numbered anew where classes have names
     */
    public TaskSequence next(TaskSequence sequence) {
        return tasks.numbered(sequence);
    }

    /**
     * Refuses what cannot be learned after these tasks.
     *
     * @param next tasks, as {@link #next} gave them
     * @param inference how classes are told apart
     * @param seed of random features and gates
     * @throws InputException saying why, and what to write
     */
    public void check(TaskSequence next, InferenceSettings inference, long seed) {
        misfit(next, inference, seed).ifPresent(why -> {
            throw new InputException(why);
        });
        if (inference.known() == InferenceSettings.Known.REFUSE) {
            next.tasks().forEach(task -> checkNew(task, next));
        }
    }

    private Optional<String> misfit(TaskSequence next, InferenceSettings inference, long seed) {
        if (next.scenario() != tasks.scenario()) {
            return Optional.of("learned in scenario %s, the script says %s: write scenario: %1$s"
                    .formatted(word(tasks.scenario()), word(next.scenario())));
        }
        if (seed != settings.seed()) {
            return Optional.of("has seed %d, the script %d: write seed: %1$d".formatted(settings.seed(), seed));
        }
        if (inference.features() != InferenceSettings.FITTING && inference.features() != settings.features()) {
            return Optional.of("has %d random features, the script %d: write inference: {features: %1$d}"
                    .formatted(settings.features(), inference.features()));
        }
        if (inference.sparsity() != settings.sparsity()) {
            return Optional.of("has sparsity %s, the script %s: write inference: {sparsity: %1$s}"
                    .formatted(settings.sparsity(), inference.sparsity()));
        }
        return misfit(next, Settings.of(seed, settings.features(), settings.sparsity(), next));
    }

    private Optional<String> misfit(TaskSequence next, Settings shaped) {
        if (!shaped.words().equals(settings.words())) {
            return Optional.of(
                    "takes %s, these are %s: give it data of that form".formatted(settings.words(), shaped.words()));
        }
        Components before = Components.of(tasks);
        Components after = Components.of(tasks.then(next));
        boolean several = tasks.tasks().stream()
                        .map(TaughtTasks.Taught::domain)
                        .distinct()
                        .count()
                > 1;
        return several && before.outputs().meaning() != after.outputs().meaning()
                ? Optional.of(
                        "told classes apart by their positions, as no two of its tasks shared one, and these share some: learn all in one run, or give classes other labels")
                : Optional.empty();
    }

    private void checkNew(Task task, TaskSequence next) {
        if (taskNames().contains(task.name())) {
            throw new InputException(
                    "has learned task %s: give it another name, or add its examples to those with --more (inference.known: add)"
                            .formatted(Printable.quoted(task.name())));
        }
        if (tasks.scenario() == Scenario.CLASS) {
            task.classes().stream()
                    .map(next::className)
                    .filter(classNames()::contains)
                    .findFirst()
                    .ifPresent(known -> {
                        throw new InputException(
                                "has learned class %s, which task %s has: leave it out, or add its examples to those with --more (inference.known: add)"
                                        .formatted(Printable.quoted(known), Printable.quoted(task.name())));
                    });
        }
    }

    private static String word(Scenario scenario) {
        return Ascii.toLowerCase(scenario.name());
    }
}
