package sluice.framework.stream;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.ContinualTrainer;
import sluice.framework.inference.FoundAnswers;
import sluice.framework.inference.FoundTasks;
import sluice.framework.inference.Subnetworks;
import sluice.framework.inference.UntoldFigures;
import sluice.framework.internal.loop.SequenceRun;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.loop.Tested;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Retention;
import sluice.framework.network.TaskProvenance;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TestAnswers;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.OutputLayout;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Feeds a learner a stream, one stretch of training, and afterwards asks it about the test examples of all tasks. */
final class StreamRun implements SequenceRun, AutoCloseable {
    final GatedNetwork network;
    final TaskSequence sequence;
    final StreamOrder order;
    final StreamSettings settings;
    final StreamLearner learner;
    final StreamTruth truth;
    final UntoldFigures figures = new UntoldFigures();
    final int batchSize;
    private final double threshold;
    private final OutputLayout layout;
    private final Retention retention;
    private final List<TaskSummary> found = new ArrayList<>();
    private long since = System.nanoTime();

    StreamRun(
            GatedNetwork network,
            ContinualTrainer trainer,
            StreamSettings settings,
            TaskSequence sequence,
            double threshold) {
        this.network = network;
        this.sequence = sequence;
        this.settings = settings;
        this.threshold = threshold;
        this.layout = OutputLayout.of(sequence);
        this.order = StreamOrder.of(sequence, settings, network.seed());
        this.batchSize = trainer.training().batchSize();
        this.learner = new StreamLearner(network, trainer, settings.horizon(), layout.labels());
        this.truth = new StreamTruth(order, batchSize);
        this.retention = new Retention(network);
        learner.whenConsolidated(this::record);
    }

    /** The proof of retention is nothing that the learner has: it asks for test examples. */
    private void record(FoundTask done) {
        String name = done.name();
        double seconds = (System.nanoTime() - since) / 1e9;
        Task shown = sequence.tasks().get(truth.task(network.tasks().indexOf(name)));
        Examples sample = shown.isTested() ? shown.test() : shown.train();
        int[] rows = IntStream.range(0, Math.min(sample.size(), Retention.MOST)).toArray();
        Examples asked = sample.select(rows, label -> 0);
        Task task = new Task(name, layout.labels(), asked, asked);
        network.parts().annotate(TaskProvenance.ofStream(sequence, task));
        long unchanged = retention.verify();
        found.add(new TaskSummary(
                name,
                network.subnetwork(name).layers().stream().map(UnitSet::size).collect(ImmutableList.toImmutableList()),
                done.steps(),
                seconds,
                done.account(),
                retention.record(task),
                Optional.empty(),
                unchanged,
                ImmutableList.of(),
                ImmutableList.copyOf(network.capacity().tasks().get(name)),
                Optional.empty()));
        since = System.nanoTime();
    }

    /** Training begins. */
    void start() {
        since = System.nanoTime();
    }

    /** What each task took that was found, with the proof that every logit that was recorded is the same after the last. */
    ImmutableList<TaskSummary> found() {
        long unchanged = found.size() < 2 ? 0 : retention.verifyAll();
        TaskSummary last = found.get(found.size() - 1);
        return ImmutableList.<TaskSummary>builder()
                .addAll(found.subList(0, found.size() - 1))
                .add(last.proven(last.digest(), unchanged))
                .build();
    }

    @Override
    public int stretches() {
        return 1;
    }

    @Override
    public TaskRun begin(int stretch) {
        return new StreamTaskRun(this);
    }

    @Override
    public void beforeRow(int row) {
        figures.reset();
    }

    @Override
    public Tested test(int row, int index) {
        Task task = sequence.tasks().get(index);
        if (row == 0) {
            return Tested.of((int) IntStream.range(0, task.test().size())
                    .filter(i -> layout.output(index, task.test().label(i)) == 0)
                    .count());
        }
        FoundTasks found = learner.find(task.test());
        TestAnswers answers = new FoundAnswers(layout, sequence, threshold)
                .of(
                        index,
                        found,
                        place -> FoundAnswers.ALL_OUTPUTS,
                        new Subnetworks(
                                IntStream.range(0, learner.tasks())
                                        .mapToObj(place -> network.classes(StreamLearner.name(place))
                                                .size())
                                        .toList(),
                                (place, rows) -> network.logits(StreamLearner.name(place), rows, learner.lanes())));
        int[] truly = IntStream.range(0, learner.tasks()).map(truth::task).toArray();
        figures.add(
                found,
                place -> truly[place] == index,
                answers,
                learner.multiplyAdds(),
                place -> network.multiplyAdds(StreamLearner.name(place)));
        int correct = (int) IntStream.range(0, task.test().size())
                .filter(i -> answers.answers()[i] == answers.actual(i))
                .count();
        return Tested.of(correct, () -> answers);
    }

    /** How the run's end puts it: each line with its subject in the first 18 columns. */
    ImmutableList<String> explanation() {
        return ImmutableList.of(
                truth.line(),
                "tasks             told apart by densities that are products over features (%s), each example by itself; borders were %s"
                        .formatted(
                                learner.word(),
                                settings.borders() == StreamSettings.Borders.TOLD ? "told" : "not told"));
    }

    @Override
    public void close() {
        learner.close();
    }
}
