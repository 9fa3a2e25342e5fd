package sluice.framework;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import sluice.evaluation.run.GateShare;
import sluice.framework.conditional.GateUse;
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

    void add(Task task, ImmutableList<GateUse> layers) {
        uses.add(layers);
        for (GateUse layer : layers) {
            for (int c = 0; c < layer.classes().size(); c++) {
                String name =
                        task.name() + ": " + sequence.className(task.classes().get(c));
                for (int b = 0; b < layer.classes().get(c).size(); b++) {
                    shares.add(new GateShare(
                            layer.layer(), b + 1, name, layer.classes().get(c).get(b)));
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
