package sluice.framework;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sluice.framework.network.GatedNetwork;
import sluice.framework.result.Hardening;
import sluice.framework.result.TrainingListener;
import sluice.gating.UnitSet;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** What will surprise of a gated network's training, told as it shows. */
final class TrainingWarnings {
    /** Accuracy that making gates binary may cost without a warning. */
    private static final double DEAR = 0.01;

    private TrainingWarnings() {}

    static void ofHardening(Task task, Optional<Hardening> hardening, TrainingListener listener) {
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
    static void ofFullLayers(GatedNetwork network, TaskSequence sequence, int index, TrainingListener listener) {
        for (int l = 0; l < network.hidden().size(); l++) {
            String filledBy = network.consolidated().filledBy(l).orElse("");
            boolean justFound = index == 0 || filledBy.equals(sequence.names().get(index - 1));
            if (!filledBy.isEmpty() && justFound) {
                listener.warning(
                        ("hidden layer %d has had no free unit since task %s: from task %s on it trains with what"
                                        + " is frozen; widen network.hidden, raise gates.sparsity or train longer")
                                .formatted(l + 1, filledBy, sequence.names().get(index)));
            }
        }
    }

    static void ofClosedLayers(GatedNetwork network, Task task, TrainingListener listener) {
        List<UnitSet> layers = network.subnetwork(task.name()).layers();
        for (int l = 0; l < layers.size(); l++) {
            if (layers.get(l).size() == 0) {
                listener.warning(
                        "task %s opens no unit of hidden layer %d: lower gates.sparsity or raise gates.logit_mean"
                                .formatted(task.name(), l + 1));
            }
        }
    }
}
