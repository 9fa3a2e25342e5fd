package sluice.framework;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import sluice.evaluation.run.GateShare;
import sluice.framework.conditional.GateUse;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** What gaters did with test examples, task by task. */
final class GaterUses {
    private final TaskSequence sequence;
    private final List<ImmutableList<GateUse>> uses = new ArrayList<>();
    private final ImmutableList.Builder<GateShare> shares = ImmutableList.builder();

    GaterUses(TaskSequence sequence) {
        this.sequence = sequence.withClassNames();
    }

    /** Units that are not the task's are never open for it. */
    void add(Task task, Subnetwork subnetwork, ImmutableList<GateUse> layers) {
        uses.add(layers);
        for (GateUse layer : layers) {
            UnitSet units = subnetwork.layers().get(layer.layer() - 1);
            int[] ofTask = units.toArray();
            for (int c = 0; c < layer.classes().size(); c++) {
                double[] open = new double[units.universe()];
                for (int k = 0; k < ofTask.length; k++) {
                    open[ofTask[k]] = layer.classes().get(c).get(k);
                }
                String name =
                        task.name() + ": " + sequence.className(task.classes().get(c));
                for (int unit = 0; unit < open.length; unit++) {
                    shares.add(new GateShare(layer.layer(), unit + 1, name, open[unit]));
                }
            }
        }
    }

    ImmutableList<ImmutableList<GateUse>> uses() {
        return ImmutableList.copyOf(uses);
    }

    ImmutableList<GateShare> shares() {
        return shares.build();
    }
}
