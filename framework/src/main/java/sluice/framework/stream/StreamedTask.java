package sluice.framework.stream;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import sluice.framework.account.LayerAccount;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.random.TaskStreams;
import sluice.framework.internal.step.TaskExamples;
import sluice.framework.internal.step.TaskInNetwork;
import sluice.framework.internal.step.TaskTraining;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.DivergedException;
import sluice.gating.Subnetwork;
import sluice.tasks.Examples;
import sluice.tasks.Task;

/** A task of a stream while it is learned: weights, head and gates, until the subnetwork is fixed and frozen. */
final class StreamedTask implements AutoCloseable {
    private final GatedNetwork network;
    private final GateSettings gates;
    private final int batchSize;
    private final TaskState state;
    private final TaskTraining training;
    private double loss = Double.NaN;

    /** All that is known of it when it begins. */
    record Named(String name, ImmutableList<Integer> classes) {
        /** With an example that nobody looks at: a task has one. */
        Task task(int features) {
            Examples any = Examples.of(new float[features], features, new int[1]);
            return new Task(name, classes, any, Examples.none(features));
        }
    }

    /**
     * @param training whose length is the horizon, in iterations
     */
    StreamedTask(GatedNetwork network, GateSettings gates, TrainingSettings training, Named named, Lanes lanes) {
        int position = network.parts().learned();
        this.network = network;
        this.gates = gates;
        this.batchSize = training.batchSize();
        this.state = network.parts().initialState(named.task(network.inputs()), gates, position);
        this.training = new TaskTraining(
                new TaskInNetwork(network.parts().layers(), state, network.consolidated()),
                new TaskExamples(Examples.none(network.inputs()), network.normalisation()),
                gates,
                training,
                new TaskStreams(new RandomStreams(network.seed()), position),
                lanes);
    }

    String name() {
        return state.name();
    }

    long steps() {
        return training.steps();
    }

    /** Of the last step. */
    double loss() {
        return loss;
    }

    /** One step per mini-batch, and one for what is left. */
    void learn(Examples examples) {
        for (int from = 0; from < examples.size(); from += batchSize) {
            int to = Math.min(examples.size(), from + batchSize);
            int[] rows = new int[to - from];
            int first = from;
            Arrays.setAll(rows, r -> first + r);
            loss = training.step(examples.select(rows, label -> label));
            if (!Double.isFinite(loss)) {
                throw new DivergedException(name(), 1, Math.toIntExact(training.steps() + 1), loss);
            }
        }
    }

    /** What its subnetwork would answer if it were fixed now. */
    float[] logits(Examples examples, Lanes lanes) {
        training.writeBack();
        return network.fresh().logits(state, subnetwork(), examples, lanes);
    }

    private Subnetwork subnetwork() {
        return gates.subnetwork(state.logits(), network.consolidated());
    }

    ImmutableList<LayerAccount> account() {
        return training.account();
    }

    /** Fixes its subnetwork, and freezes what that uses. */
    void consolidate() {
        training.writeBack();
        double slope = gates.slope().at(training.progress());
        network.parts()
                .consolidate(
                        ConsolidatedTask.of(
                                state,
                                subnetwork(),
                                state.logits().stream()
                                        .map(logits -> gates.probabilities(logits, slope)
                                                .count())
                                        .collect(ImmutableList.toImmutableList())),
                        subnetwork());
    }

    @Override
    public void close() {
        training.close();
    }
}
