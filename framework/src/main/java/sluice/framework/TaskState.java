package sluice.framework;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.gating.GateModel;
import sluice.gating.Progress;
import sluice.gating.Subnetwork;

/**
 * What a network holds for one task: its classes, its head, and its gate logits per hidden layer. While the task trains,
 * head and logits move; afterwards nothing does.
 *
 * @param name the task's name
 * @param classes original labels in the order of the head's outputs
 * @param head dense layer [classes, values of the units of the last hidden layer]
 * @param logits gate logits per hidden layer [units]
 */
record TaskState(String name, ImmutableList<Integer> classes, DenseLayer head, List<double[]> logits) {
    /** The state before any training, which depends on the seed and the task's position alone. */
    static TaskState initial(
            String name,
            ImmutableList<Integer> classes,
            List<Integer> hidden,
            Connection headConnection,
            GateSettings gates,
            RandomStreams streams,
            int position) {
        DenseLayer head = DenseLayer.heUniform(
                classes.size(),
                hidden.get(hidden.size() - 1),
                headConnection,
                streams.stream("initial-head", position));
        GateModel model = gates.model();
        double slope = gates.slope().at(Progress.START);
        List<double[]> logits = new ArrayList<>();
        for (int layer = 0; layer < hidden.size(); layer++) {
            RandomGenerator random = streams.stream("initial-logits", position, layer);
            if (gates.groups() > 1) {
                logits.add(UnitGroups.initial(hidden.get(layer), gates.groups(), gates.logitSpread(), random));
                continue;
            }
            double[] ofLayer = new double[hidden.get(layer)];
            for (int i = 0; i < ofLayer.length; i++) {
                double drawn = gates.logitMean() + gates.logitSpread() * random.nextGaussian();
                ofLayer[i] = model.clamp(drawn, slope, gates.logitLimit());
            }
            logits.add(ofLayer);
        }
        return new TaskState(name, classes, head, List.copyOf(logits));
    }

    /** The units open by these logits. */
    Subnetwork subnetwork() {
        return Subnetwork.of(logits);
    }
}
