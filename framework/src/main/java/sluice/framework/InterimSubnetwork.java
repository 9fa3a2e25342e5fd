package sluice.framework;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.predict.CompiledSubnetwork;
import sluice.framework.internal.step.TaskTraining;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkExits;
import sluice.framework.result.InterimModel;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** A gated network while it learns a task: that task by the units that its gates would fix now, earlier ones as they are. */
final class InterimSubnetwork implements InterimModel {
    /** Units whose values are handed on at once. */
    private static final int BLOCK = 256;

    private final GatedNetwork network;
    private final TaskSequence sequence;
    private final GateSettings gates;
    private final TaskState state;
    private final TaskTraining training;
    private final Lanes lanes;

    InterimSubnetwork(
            GatedNetwork network,
            TaskSequence sequence,
            GateSettings gates,
            TaskState state,
            TaskTraining training,
            Lanes lanes) {
        this.network = network;
        this.sequence = sequence;
        this.gates = gates;
        this.state = state;
        this.training = training;
        this.lanes = lanes;
    }

    @Override
    public boolean answers(int task) {
        return sequence.tasks().get(task).isTested() && !sequence.isRegression();
    }

    @Override
    public Answers ask(int task, int examples) {
        Task asked = sequence.tasks().get(task);
        Examples sample = InterimModel.spread(asked.test(), examples);
        Optional<NetworkExits> exits = isLearned(asked) ? NetworkExits.of(network, asked.name()) : Optional.empty();
        int correct = exits.map(
                        at -> GatedRun.correct(at.answer(sample, at.exits().rule()), sample))
                .orElseGet(() -> GatedRun.correct(
                        logits(asked, sample), sample, asked.classes().size()));
        return new Answers(correct, sample.size());
    }

    @Override
    public float[][] features(int task, int examples) {
        Task asked = sequence.tasks().get(task);
        Examples sample = InterimModel.spread(asked.test(), examples);
        if (isLearned(asked)) {
            return features(
                    network.subnetwork(asked.name()), head -> network.fresh().compiled(asked.name(), head), sample);
        }
        TaskState now = stateNow();
        Subnetwork open = gates.subnetwork(now.logits(), network.consolidated());
        return features(open, head -> network.fresh().under(head, open, state.ownOver(open), now.gaters()), sample);
    }

    /** What heads say that hand on, block by block, what units say: of maps the mean over their positions. */
    private float[][] features(Subnetwork subnetwork, Function<Layer, CompiledSubnetwork> under, Examples sample) {
        List<UnitSet> layers = subnetwork.layers();
        int units = layers.get(layers.size() - 1).size();
        float[][] features = new float[sample.size()][units];
        for (int from = 0; from < units; from += BLOCK) {
            int count = Math.min(BLOCK, units - from);
            try (CompiledSubnetwork handing = under.apply(handing(from, count, units))) {
                float[] block = handing.logits(sample, lanes);
                for (int row = 0; row < features.length; row++) {
                    System.arraycopy(block, row * count, features[row], from, count);
                }
            }
        }
        return features;
    }

    private Layer handing(int from, int count, int units) {
        Connection above = network.parts().headConnection();
        int inputs = Math.multiplyExact(units, above.weightsPerUnitBelow());
        float[] weights = new float[Math.multiplyExact(count, inputs)];
        for (int unit = 0; unit < count; unit++) {
            int start = unit * inputs + (from + unit) * above.weightsPerUnitBelow();
            Arrays.fill(weights, start, start + above.weightsPerUnitBelow(), 1f / above.weightsPerUnitBelow());
        }
        return new Layer(count, inputs, weights, new float[count], above);
    }

    private boolean isLearned(Task task) {
        return network.tasks().contains(task.name());
    }

    private float[] logits(Task asked, Examples sample) {
        if (isLearned(asked)) {
            return network.logits(asked.name(), sample, lanes);
        }
        TaskState now = stateNow();
        return network.fresh().logits(now, gates.subnetwork(now.logits(), network.consolidated()), sample, lanes);
    }

    /** What the gates of the task that is learned would fix now, over weights that are written back. */
    private TaskState stateNow() {
        training.writeBack();
        return state.with(training.gaters());
    }
}
