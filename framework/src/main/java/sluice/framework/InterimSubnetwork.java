package sluice.framework;

import com.google.common.base.Stopwatch;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import sluice.framework.kernel.Lanes;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** A gated network while it learns a task: that task by the units that its gates would fix now, earlier ones as they are. */
final class InterimSubnetwork implements InterimModel {
    private final GatedNetwork network;
    private final TaskSequence sequence;
    private final GateSettings gates;
    private final TaskState state;
    private final TaskTraining training;
    private final Lanes lanes;
    private final Stopwatch trainingTime;
    private final Stopwatch evaluationTime;

    InterimSubnetwork(
            GatedNetwork network,
            TaskSequence sequence,
            GateSettings gates,
            TaskState state,
            TaskTraining training,
            Lanes lanes,
            Stopwatch trainingTime,
            Stopwatch evaluationTime) {
        this.network = network;
        this.sequence = sequence;
        this.gates = gates;
        this.state = state;
        this.training = training;
        this.lanes = lanes;
        this.trainingTime = trainingTime;
        this.evaluationTime = evaluationTime;
    }

    @Override
    public Answers ask(int task, int examples) {
        return evaluated(task, examples, (asked, sample) -> {
            int correct = Evaluator.correct(
                    logits(asked, sample), sample, asked.classes().size());
            return new Answers(correct, sample.size());
        });
    }

    @Override
    public float[][] features(int task, int examples) {
        return evaluated(
                task,
                examples,
                (asked, sample) ->
                        features(isLearned(asked) ? network.subnetwork(asked.name()) : subnetworkNow(), sample));
    }

    /** What a head says that hands on what it gets. */
    private float[][] features(Subnetwork subnetwork, Examples sample) {
        Connection above = network.headConnection();
        List<UnitSet> layers = subnetwork.layers();
        int values = layers.get(layers.size() - 1).size() * above.span();
        if (values == 0) {
            return new float[sample.size()][0];
        }
        float[] identity = new float[Math.multiplyExact(values, values)];
        for (int v = 0; v < values; v++) {
            identity[v * values + v] = 1;
        }
        try (CompiledSubnetwork handing =
                network.under(new DenseLayer(values, values, identity, new float[values], above), subnetwork)) {
            float[] all = handing.logits(sample, lanes);
            return IntStream.range(0, sample.size())
                    .mapToObj(row -> Arrays.copyOfRange(all, row * values, (row + 1) * values))
                    .toArray(float[][]::new);
        }
    }

    private <T> T evaluated(int task, int examples, BiFunction<Task, Examples, T> question) {
        boolean trains = trainingTime.isRunning();
        if (trains) {
            trainingTime.stop();
        }
        evaluationTime.start();
        Task asked = sequence.tasks().get(task);
        T answer = question.apply(asked, InterimModel.spread(asked.test(), examples));
        evaluationTime.stop();
        if (trains) {
            trainingTime.start();
        }
        return answer;
    }

    private boolean isLearned(Task task) {
        return network.tasks().contains(task.name());
    }

    private float[] logits(Task asked, Examples sample) {
        return isLearned(asked)
                ? network.logits(asked.name(), sample, lanes)
                : network.freshLogits(state, subnetworkNow(), sample, lanes);
    }

    /** What the gates of the task that is learned would fix now, over weights that are brought home. */
    private Subnetwork subnetworkNow() {
        training.finish();
        return gates.subnetwork(state.logits(), network.consolidated());
    }
}
