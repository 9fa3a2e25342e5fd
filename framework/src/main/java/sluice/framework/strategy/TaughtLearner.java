package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.network.ClassNames;
import sluice.framework.network.NetworkShape;
import sluice.framework.network.ShapeDescription;
import sluice.framework.network.TaskProvenance;
import sluice.framework.sequence.TaughtTasks;
import sluice.tasks.Examples;
import sluice.tasks.InputEncoding;
import sluice.tasks.InputException;
import sluice.tasks.OutputLayout;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.KnownEncodings;
import sluice.tasks.csv.TableEncoding;

/**
 * A plain network with all that its strategy remembers when the last task of a run has been learned: importances, copies, masks, stored
 * examples, moments and random streams. Another run goes on from it with {@link LearningOn}. As a file it is a {@link Checkpoint}.
 * Immutable.
 */
public final class TaughtLearner {
    /** What a run's folder calls the file. */
    public static final String FILE = "learner.sluice";

    private static final String NOTE = "learner";

    private final LearnerNote note;
    private final Snapshot snapshot;

    TaughtLearner(LearnerNote note, Snapshot snapshot) {
        this.note = note;
        this.snapshot = snapshot;
    }

    /** What a strategy has learned of tasks, all of them in one run or the first of them in earlier ones. */
    static TaughtLearner of(
            NamedSettings strategy,
            Setup setup,
            NetworkShape shape,
            TaskSequence sequence,
            ImmutableMap<String, String> provenance,
            Snapshot snapshot) {
        return new TaughtLearner(
                new LearnerNote(
                        strategy.name(),
                        strategy.settings(),
                        setup.training().optimizer().name(),
                        setup.seed(),
                        ShapeDescription.of(shape),
                        sequence.normalisation().shift(),
                        sequence.normalisation().scale(),
                        TaughtTasks.of(sequence),
                        provenance),
                snapshot);
    }

    /**
     * Writes it; it appears whole or not at all. Equal learners give equal bytes.
     *
     * @param file where to; replaced if there
     * @throws InputException if it cannot be written
     */
    public void save(Path file) {
        new Checkpoint(ImmutableMap.of(NOTE, note.json()), snapshot).save(file);
    }

    /**
     * {@return the learner}
     *
     * @param file that {@link #save} wrote
     * @throws InputException if it is another file, of a newer format, or damaged
     */
    public static TaughtLearner load(Path file) {
        Checkpoint checkpoint = Checkpoint.load(file);
        return new TaughtLearner(note(checkpoint.notes(), file), checkpoint.snapshot());
    }

    /**
     * {@return the same without its state, which is neither read nor found whole}
     *
     * @param file that {@link #save} wrote
     * @throws InputException if it is another file, or damaged as far as it was looked at
     */
    static TaughtLearner described(Path file) {
        return new TaughtLearner(note(Checkpoint.notes(file), file), new Snapshot(ImmutableMap.of()));
    }

    /**
     * {@return whether a file begins as one that {@link #save} wrote}
     *
     * @param file a checkpoint
     */
    public static boolean isIn(Path file) {
        return Checkpoint.notes(file).containsKey(NOTE);
    }

    private static LearnerNote note(ImmutableMap<String, String> notes, Path file) {
        try {
            return LearnerNote.parse(Optional.ofNullable(notes.get(NOTE))
                    .orElseThrow(() -> new IllegalArgumentException("it is of a training that has not ended")));
        } catch (IllegalArgumentException foreign) {
            throw new InputException(
                    "%s holds no learner (%s): name what a run wrote as %s".formatted(file, foreign.getMessage(), FILE),
                    foreign);
        }
    }

    /**
     * {@return this learner with a note}
     *
     * @param key what the note is about; replaced if there
     * @param value the note
     */
    public TaughtLearner annotated(String key, String value) {
        return new TaughtLearner(
                note.with(ImmutableMap.<String, String>builder()
                        .putAll(note.provenance())
                        .put(key, value)
                        .buildKeepingLast()),
                snapshot);
    }

    LearnerNote note() {
        return note;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** {@return the name of the strategy} */
    public String strategy() {
        return note.strategy();
    }

    /** {@return what is known of the task at test time} */
    public Scenario scenario() {
        return note.tasks().scenario();
    }

    /** {@return the seed of everything random} */
    public long seed() {
        return note.seed();
    }

    /** {@return the tasks that it has learned, in order} */
    public ImmutableList<String> taskNames() {
        return note.tasks().taskNames();
    }

    /** {@return what the data call the classes that it has learned, each once} */
    public ImmutableList<String> classNames() {
        return note.tasks().labels().stream().map(note.tasks()::className).collect(ImmutableList.toImmutableList());
    }

    /** {@return features of an example} */
    public int inputs() {
        return note.shape().inputs();
    }

    /** {@return how tables became its inputs, task by task; of none where it learned from none} */
    public KnownEncodings encodings() {
        return note.tasks().knownEncodings();
    }

    /** Outputs of its network. */
    int outputs() {
        return layout(note.tasks()).count();
    }

    private static OutputLayout layout(TaughtTasks tasks) {
        return OutputLayout.of(
                tasks.scenario(),
                tasks.tasks().stream()
                        .map(task -> ImmutableList.copyOf(task.classes()))
                        .collect(ImmutableList.toImmutableList()));
    }

    /** Whether outputs of these tasks stand for the same with others behind them. */
    boolean keepsMeaning(TaskSequence next) {
        return note.tasks().tasks().size() == 1
                || layout(note.tasks()).meaning()
                        == layout(note.tasks().then(next)).meaning();
    }

    /** Whether it is this task, of an earlier run, as far as it shows. */
    boolean fits(Task task) {
        int place = taskNames().indexOf(task.name());
        return place >= 0
                && note.tasks().tasks().get(place).classes().size()
                        == task.classes().size()
                && task.test().features() == inputs();
    }

    /**
     * Its tasks and then others: of its own no training examples are there, and test examples of those alone that are at hand.
     *
     * @param next the tasks that it is to learn, numbered as its own
     * @param asked tasks of its own whose test examples are at hand
     */
    TaskSequence before(TaskSequence next, ImmutableList<Task> asked) {
        TaughtTasks all = note.tasks().then(next);
        ImmutableList.Builder<Task> tasks = ImmutableList.builder();
        Examples none = Examples.of(new float[1][inputs()], new int[1]);
        for (TaughtTasks.Taught known : all.tasks().subList(0, taskNames().size())) {
            Examples test = asked.stream()
                    .filter(task -> task.name().equals(known.name()))
                    .findFirst()
                    .map(Task::test)
                    .orElse(none);
            tasks.add(new Task(known.name(), ImmutableList.copyOf(known.classes()), none, test));
        }
        return new TaskSequence(
                next.name(),
                tasks.addAll(next.tasks()).build(),
                next.scenario(),
                next.normalisation(),
                next.checksums(),
                next.shape(),
                ImmutableList.<InputEncoding>copyOf(all.encodings()),
                next.notes(),
                ImmutableList.copyOf(all.names()),
                next.leftOut());
    }

    /** Where all tasks of a sequence come from, of which the first are its own. */
    ImmutableMap<String, String> provenance(TaskSequence all) {
        int before = taskNames().size();
        ImmutableMap.Builder<String, String> keys = ImmutableMap.builder();
        keys.putAll(note.provenance());
        // of its own tasks what classes are called and how tables were encoded is as it is with the others
        for (Task task : all.tasks().subList(0, before)) {
            String prefix = TaskProvenance.prefix(task.name());
            Map<String, String> now = TaskProvenance.of(all, task);
            Stream.of(prefix + ClassNames.KEY, prefix + TableEncoding.KEY)
                    .filter(now::containsKey)
                    .forEach(key -> keys.put(key, now.get(key)));
        }
        all.tasks().subList(before, all.tasks().size()).forEach(task -> keys.putAll(TaskProvenance.of(all, task)));
        return keys.buildKeepingLast();
    }

    /** Parameters of the strategy by which it was taught that are others now, by name: as they were. */
    ImmutableMap<String, Object> otherParameters(NamedSettings now) {
        Map<String, Object> then = new NamedSettings(note.strategy(), note.settings()).parameters();
        ImmutableMap.Builder<String, Object> others = ImmutableMap.builder();
        now.parameters().forEach((name, value) -> {
            Object before = then.get(name);
            if (before != null && !before.equals(value)) {
                others.put(name, before);
            }
        });
        return others.buildOrThrow();
    }
}
