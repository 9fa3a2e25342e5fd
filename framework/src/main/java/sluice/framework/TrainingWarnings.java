package sluice.framework;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.GateProbabilities;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.result.Binarisation;
import sluice.framework.result.TrainingListener;
import sluice.gating.BinaryNeuron;
import sluice.gating.UnitSet;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** What will surprise of a gated network's training, told as it shows. */
final class TrainingWarnings {
    /** Accuracy that making gates binary may cost without a warning. */
    private static final double DEAR = 0.01;

    /** Share of gates that are undecided, from which on chance decides: tasks that are well trained with the usual estimator stay below 0.75. */
    private static final double MOST_UNDECIDED = 0.9;

    private TrainingWarnings() {}

    static void ofHardening(Task task, Optional<Binarisation> hardening, TrainingListener listener) {
        hardening
                .filter(cost -> cost.cost() > DEAR)
                .ifPresent(cost -> listener.warning(String.format(
                        Locale.ROOT,
                        "making the gates of task %s binary costs %.1f points of accuracy (%.4f to %.4f): "
                                + "train longer, let gates.slope grow or the estimator's temperature fall",
                        task.name(),
                        100 * cost.cost(),
                        cost.relaxedAccuracy(),
                        cost.binaryAccuracy())));
    }

    /** Once per layer: before the first task that finds it full. */
    static void ofFullLayers(
            GatedNetwork network, TaskSequence sequence, int index, GateSettings gates, TrainingListener listener) {
        for (int l = 0; l < network.hidden().size(); l++) {
            String filledBy = network.consolidated().filledBy(l).orElse("");
            boolean justFound = index == 0 || filledBy.equals(sequence.names().get(index - 1));
            if (!filledBy.isEmpty() && justFound) {
                listener.warning(
                        ("hidden layer %d has had no free unit since task %s: from task %s on it trains with what"
                                        + " is frozen; widen the layer, %s")
                                .formatted(
                                        l + 1,
                                        filledBy,
                                        sequence.names().get(index),
                                        gates.gater().isPresent()
                                                ? "or lower gates.gater.open"
                                                : "raise gates.sparsity or train longer"));
            }
        }
    }

    /** Before the first task whose network is too large; growth may make it so. */
    static void ofNoCheckpoints(TaskSequence sequence, int index, long bytes, long most, TrainingListener listener) {
        listener.warning(
                "no checkpoints are kept from task %s on, as the network's layers take %d MiB and may take %d: a run that is interrupted %s"
                        .formatted(
                                sequence.names().get(index),
                                bytes >> 20,
                                most >> 20,
                                index == 0
                                        ? "begins anew"
                                        : "goes on from its last checkpoint before that task, or begins anew where it has none"));
    }

    static void ofClosedLayers(GatedNetwork network, Task task, GateSettings gates, TrainingListener listener) {
        List<UnitSet> layers = network.subnetwork(task.name()).layers();
        for (int l = 0; l < layers.size(); l++) {
            if (layers.get(l).size() == 0) {
                listener.warning("task %s opens no unit of hidden layer %d: %s"
                        .formatted(
                                task.name(),
                                l + 1,
                                gates.gater().isPresent()
                                        ? "raise gates.gater.open, or widen the layer"
                                        : "lower gates.sparsity or raise gates.logit_mean"));
            }
        }
    }

    /**
     * Once per network: of the first task that most gates leave undecided. Gates that are not drawn are what they will be from
     * the first step on, however close to 1/2.
     */
    static void ofUndecidedGates(GatedNetwork network, Task task, GateSettings gates, TrainingListener listener) {
        List<String> undecided = network.tasks().stream()
                .filter(name -> areUndecided(network.parts().state(name).gates()))
                .toList();
        if (gates.neuron().sampling() == BinaryNeuron.Sampling.DETERMINISTIC
                || !undecided.equals(List.of(task.name()))) {
            return;
        }
        List<ConsolidatedTask.GateCount> layers =
                network.parts().state(task.name()).gates();
        listener.warning(String.format(
                Locale.ROOT,
                "%d of %d gates of task %s end undecided, with an open probability between %.2f and %.2f, so that chance"
                        + " says which units it keeps: train longer, raise gates.learning_rate or let gates.slope grow"
                        + " (ledger.csv has the gates of every task)",
                layers.stream().mapToInt(ConsolidatedTask.GateCount::undecided).sum(),
                layers.stream().mapToInt(ConsolidatedTask.GateCount::units).sum(),
                task.name(),
                GateProbabilities.UNDECIDED,
                1 - GateProbabilities.UNDECIDED));
    }

    /** Whether hardly a gate is decided, those of all layers together. */
    static boolean areUndecided(List<ConsolidatedTask.GateCount> layers) {
        long gates =
                layers.stream().mapToLong(ConsolidatedTask.GateCount::units).sum();
        long undecided =
                layers.stream().mapToLong(ConsolidatedTask.GateCount::undecided).sum();
        return gates > 0 && undecided >= MOST_UNDECIDED * gates;
    }

    /** Of each layer once: when growth takes it past {@link #mostUnits}. */
    static void ofAbsurdGrowth(GatedNetwork network, List<Integer> before, int inputs, TrainingListener listener) {
        for (int l = 0; l < before.size(); l++) {
            int units = network.hidden().get(l);
            int created = network.created().get(l);
            long most = mostUnits(inputs, created, network.parts().learned());
            boolean wasSound = before.get(l)
                    <= mostUnits(inputs, created, Math.max(0, network.parts().learned() - 1));
            if (wasSound && units > most) {
                listener.warning(String.format(
                        Locale.ROOT,
                        "hidden layer %d grows from %,d to %,d units for %,d input%s and %,d task%s, more than the %,d"
                                + " that they can use, so that steps get slow and the model large: raise gates.sparsity or gates.reuse_price,"
                                + " train longer so that gates close, or lower network.growth",
                        l + 1,
                        before.get(l),
                        units,
                        inputs,
                        inputs == 1 ? "" : "s",
                        network.parts().learned() + 1,
                        network.parts().learned() == 0 ? "" : "s",
                        most));
            }
        }
    }

    /**
     * Units of a hidden layer beyond which growth is absurd: twice what separate networks of the width that it was created
     * with would have, one for every task and one for the next; and a hundred per input, but a thousand at the least, as
     * few inputs may need many.
     *
     * @param inputs of the network
     * @param created units before any growth
     * @param learned tasks learned so far
     */
    static long mostUnits(int inputs, int created, int learned) {
        return Math.min(2L * created * (learned + 1), Math.max(1000, 100L * inputs));
    }
}
