package sluice.framework.strategy;

import com.google.common.base.Ascii;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import sluice.evaluation.DisplacedFolder;
import sluice.evaluation.run.RunFile;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.internal.file.FileChecksum;
import sluice.framework.network.NetworkShape;
import sluice.framework.network.ShapeDescription;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Printable;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.KnownEncodings;

/**
 * A plain network that an earlier run taught, with all that its strategy remembers, and that learns more tasks.
 *
 * @param run folder of that run, or a file of it, or what {@link TaughtLearner#save} wrote
 * @param earlier what is at hand of its tasks
 */
public record PriorLearner(Path run, EarlierTasks earlier) implements PriorRun {
    /**
     * Nothing is at hand of its tasks.
     *
     * @param run folder of that run, or a file of it
     */
    public PriorLearner(Path run) {
        this(run, EarlierTasks.NONE);
    }

    /**
     * {@return the same with tasks that it knows, to be asked again after each that it learns now}
     *
     * @param tasks what is at hand of them
     */
    public PriorLearner asking(EarlierTasks tasks) {
        return new PriorLearner(run, tasks);
    }

    private Path file() {
        Path place = DisplacedFolder.present(run);
        if (Files.isRegularFile(place) && Checkpoint.isIn(place) && TaughtLearner.isIn(place)) {
            return place;
        }
        Path file = file(TaughtLearner.FILE);
        if (Files.isRegularFile(file(RunFile.ERRORS))) {
            throw misfit(
                    "predicts numbers, and keeps no %s: of runs of numbers those of strategy gates alone are gone on with"
                            .formatted(TaughtLearner.FILE));
        }
        if (!Files.exists(place) || !Files.isRegularFile(file)) {
            throw misfit(
                    "holds no %s: name the folder of a finished run of that strategy; one of a comparison, or of a strategy that replays what it generates, keeps it where checkpoint: {learner: keep}"
                            .formatted(TaughtLearner.FILE));
        }
        return file;
    }

    /**
     * {@return how many tasks it has learned}
     *
     * @throws InputException if the run kept no learner
     */
    public int tasks() {
        return described().taskNames().size();
    }

    /** What it has learned, without state. */
    TaughtLearner described() {
        return readable(TaughtLearner::described);
    }

    /** What it has learned. */
    TaughtLearner load() {
        return readable(TaughtLearner::load);
    }

    private TaughtLearner readable(Function<Path, TaughtLearner> reading) {
        Path file = file();
        try {
            return reading.apply(file);
        } catch (InputException unfit) {
            throw new InputException(
                    "network.from: %s cannot be gone on with, so run it again: %s".formatted(run, unfit.getMessage()),
                    unfit);
        }
    }

    @Override
    public KnownEncodings encodings() {
        return described().encodings();
    }

    /**
     * {@return the tasks as it learns them, with the checksum of what it goes on from beside those of their data}
     *
     * @param sequence the tasks
     * @param strategy that learns them
     * @param setup of its network
     * @throws InputException if the run kept no learner, or the tasks do not fit it
     */
    public TaskSequence next(TaskSequence sequence, NamedSettings strategy, Setup setup) {
        TaughtLearner taught = described();
        checkSettings(taught, sequence, strategy, setup);
        TaskSequence next = taught.note().tasks().numbered(sequence);
        checkTasks(taught, next);
        checkShape(taught, next, setup);
        return next.withChecksum(PriorRun.CHECKSUM, FileChecksum.of(file()));
    }

    private void checkSettings(TaughtLearner taught, TaskSequence sequence, NamedSettings strategy, Setup setup) {
        if (!taught.strategy().equals(strategy.name())) {
            throw misfit("was taught by strategy %s, the script has %s: write strategy: %1$s"
                    .formatted(taught.strategy(), strategy.name()));
        }
        if (taught.scenario() != sequence.scenario()) {
            throw misfit("learned in scenario %s, the script says %s: write scenario: %1$s"
                    .formatted(word(taught.scenario()), word(sequence.scenario())));
        }
        if (taught.seed() != setup.seed()) {
            throw misfit("has seed %d, the script %d: write seed: %1$d".formatted(taught.seed(), setup.seed()));
        }
        Map<String, Object> others = taught.otherParameters(strategy);
        if (others.containsKey("memory")) {
            throw misfit("has a memory of %s, the script another: write strategy: {%s: {memory: %1$s}}"
                    .formatted(others.get("memory"), strategy.name()));
        }
        String optimizer = setup.training().optimizer().name();
        if (!taught.note().optimizer().equals(optimizer)) {
            throw misfit("was trained by optimizer %s, the script has %s: write its training.optimizer"
                    .formatted(taught.note().optimizer(), optimizer));
        }
    }

    private void checkTasks(TaughtLearner taught, TaskSequence next) {
        if (next.isRegression()) {
            throw misfit(
                    "tells classes apart, and these tasks predict numbers: learn them in a run of their own, or with strategy gates, whose runs of numbers are gone on with");
        }
        for (Task task : next.tasks()) {
            if (taught.taskNames().contains(task.name())) {
                throw misfit("has learned task %s: give it another name".formatted(Printable.quoted(task.name())));
            }
        }
        if (!taught.keepsMeaning(next)) {
            throw misfit(
                    "told classes apart by their positions, as no two of its tasks shared one, and these share some: learn all in one run, or give classes other labels");
        }
    }

    private void checkShape(TaughtLearner taught, TaskSequence next, Setup setup) {
        if (taught.inputs() != next.features()) {
            throw misfit("takes examples of %d features, these have %d: give it data of that form"
                    .formatted(taught.inputs(), next.features()));
        }
        Normalisation now = next.normalisation();
        LearnerNote note = taught.note();
        if (note.shift() != now.shift() || note.scale() != now.scale()) {
            throw misfit("subtracts %s and multiplies by %s, the script %s and %s: write its data.normalisation"
                    .formatted(note.shift(), note.scale(), now.shift(), now.scale()));
        }
        if (!note.shape().hidden().equals(setup.hidden())) {
            throw misfit("has hidden layers %s, the script %s: write its network.hidden or network.layers"
                    .formatted(note.shape().hidden(), setup.hidden()));
        }
        // what does not fit on the data is refused with its own words, later
        if (NetworkShape.misfit(next.shape(), setup.layers()).isEmpty()
                && !ShapeDescription.of(new NetworkShape(next.shape(), setup.layers()))
                        .equals(note.shape())) {
            throw misfit("has hidden layers of another kind than the script: write its network.layers");
        }
    }

    /** What of the strategy is another now than when it was taught, in words, if anything. */
    Optional<String> changed(TaughtLearner taught, NamedSettings strategy) {
        Map<String, Object> now = strategy.parameters();
        String others = taught.otherParameters(strategy).entrySet().stream()
                .map(then -> "%s %s, now %s".formatted(then.getKey(), then.getValue(), now.get(then.getKey())))
                .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("network.from: %s was taught with %s (defaults may depend on the number of tasks)"
                        .formatted(run, others));
    }

    private static String word(Scenario scenario) {
        return Ascii.toLowerCase(scenario.name());
    }

    InputException misfit(String why) {
        return new InputException("network.from: %s %s".formatted(run, why));
    }
}
