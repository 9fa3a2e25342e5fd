package sluice.framework;

import com.google.common.base.Stopwatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.predict.CompiledSubnetwork;
import sluice.framework.internal.step.TaskTraining;
import sluice.framework.network.GatedNetwork;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.TrainingListener;
import sluice.gating.Subnetwork;
import sluice.tasks.Examples;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Measures a network's accuracy on every task of a sequence, learned or not, and the time that this takes. */
final class Evaluator {
    private final GatedNetwork network;
    private final TaskSequence sequence;
    private final GateSettings gates;
    private final Evaluation evaluation;
    private final int known;
    private final Lanes lanes;
    private final TrainingListener listener;
    private final Stopwatch watch = Stopwatch.createUnstarted();

    /** Takes the tasks that the network knows now for those before the sequence. */
    Evaluator(
            GatedNetwork network,
            TaskSequence sequence,
            GateSettings gates,
            Evaluation evaluation,
            Lanes lanes,
            TrainingListener listener) {
        this.network = network;
        this.sequence = sequence;
        this.gates = gates;
        this.evaluation = evaluation;
        this.known = network.learned();
        this.lanes = lanes;
        this.listener = listener;
    }

    /** Fills the row after so many tasks of the sequence: every cell that is wanted by predicting all test examples. */
    AccuracyMatrix evaluate(AccuracyMatrix matrix, int row) {
        watch.start();
        AccuracyMatrix filled = matrix;
        for (int j = 0; j < sequence.tasks().size(); j++) {
            if (!evaluation.measures(row, j + 1, sequence.tasks().size())) {
                continue;
            }
            Task task = sequence.tasks().get(j);
            float[] logits = j < row ? network.logits(task.name(), task.test(), lanes) : untrainedLogits(task, j);
            filled = filled.with(row, j + 1, correct(logits, task), task.test().size());
            if (row == sequence.tasks().size()) {
                listener.answered(answers(logits, task));
            }
        }
        watch.stop();
        return filled;
    }

    /** A task not learned yet has its initial head and gates. */
    private float[] untrainedLogits(Task task, int index) {
        TaskState state = network.initialState(task, gates, known + index);
        Subnetwork open = gates.subnetwork(state.logits(), network.consolidated());
        return network.freshLogits(state, open, task.test(), lanes);
    }

    private static TestAnswers answers(float[] logits, Task task) {
        TestAnswers answers = TestAnswers.of(task);
        int classes = task.classes().size();
        for (int i = 0; i < task.test().size(); i++) {
            answers.answers()[i] = task.classes().get(CompiledSubnetwork.largest(logits, i, classes));
            answers.probabilities()[i] = CompiledSubnetwork.probability(
                    logits, i, classes, task.test().label(i));
        }
        return answers;
    }

    /** Test examples that these logits tell right. */
    static int correct(float[] logits, Task task) {
        return correct(logits, task.test(), task.classes().size());
    }

    /** Examples that these logits tell right. */
    static int correct(float[] logits, Examples examples, int classes) {
        return (int) IntStream.range(0, examples.size())
                .filter(i -> CompiledSubnetwork.largest(logits, i, classes) == examples.label(i))
                .count();
    }

    /** The network while it learns a task of the sequence; to ask it is evaluation, and no training. */
    InterimModel interim(TaskState state, TaskTraining training, Stopwatch trainingTime) {
        return new InterimSubnetwork(network, sequence, gates, state, training, lanes, trainingTime, watch);
    }

    /** Time spent in evaluation so far. */
    double seconds() {
        return watch.elapsed(TimeUnit.NANOSECONDS) / 1e9;
    }
}
