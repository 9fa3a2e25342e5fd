package sluice.framework.internal.step;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.conditional.Pooling;
import sluice.framework.conditional.TaskGaters;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.GateTraining;
import sluice.framework.gates.InputGateTraining;
import sluice.framework.gates.LayerGates;
import sluice.framework.gates.LookedAt;
import sluice.framework.internal.random.TaskStreams;
import sluice.framework.optimizer.Optimizer;
import sluice.gating.UnitSet;

/**
 * The gates of every hidden layer while a task trains, and what gaters look at where gates hang on the example.
 *
 * @param layers lowest first
 * @param looked what gaters look at; none where gates are the task's own
 */
record StepGates(ImmutableList<LayerGates> layers, Optional<Pooling> looked) {
    static StepGates of(
            TaskInNetwork network,
            TaskExamples from,
            GateSettings settings,
            Optimizer optimizer,
            TaskStreams streams,
            MiniBatches batches) {
        int hidden = network.hidden().size();
        Optional<Pooling> looked = settings.gater().map(gater -> new Pooling(from.shape(), gater.pool()));
        Optional<LookedAt> at =
                looked.map(seen -> new LookedAt(seen, batches::inputs, from.examples(), from.normalisation()));
        return new StepGates(
                IntStream.range(0, hidden)
                        .mapToObj(l -> {
                            double[] logits = network.state().logits().get(l);
                            UnitSet used = network.consolidated().used(l);
                            return at.<LayerGates>map(seen -> new InputGateTraining(
                                            settings, seen, logits, used, batches.size(), optimizer, streams.gates(l)))
                                    .orElseGet(() -> new GateTraining(
                                            settings, logits, used, hidden, batches.size(), streams.gates(l)));
                        })
                        .collect(ImmutableList.toImmutableList()),
                looked);
    }

    LayerGates of(int layer) {
        return layers.get(layer);
    }

    /** Gaters as they are, of the units that the logits open; none where gates do not look at the example. */
    Optional<TaskGaters> gaters() {
        return looked.map(seen -> new TaskGaters(
                seen.shape(),
                seen.side(),
                layers.stream()
                        .map(layer -> ((InputGateTraining) layer).gater())
                        .collect(ImmutableList.toImmutableList())));
    }

    /** What gaters took of so many examples; nothing where there are none. */
    Optional<LayerAccount> account(long examples) {
        return looked.map(seen -> {
            MultiplyAdds ofExample = new MultiplyAdds(seen.multiplyAdds(), 0, 0);
            for (LayerGates layer : layers) {
                ofExample = ofExample.plus(layer.work());
            }
            return new LayerAccount("gaters", ofExample.times(examples), MultiplyAdds.NONE);
        });
    }
}
