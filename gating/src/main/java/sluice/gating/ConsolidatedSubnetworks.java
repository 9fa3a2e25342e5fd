package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What consolidated tasks use, and so exactly what is frozen: the weight between unit j and unit i of the layer below
 * where one task has both open (the network's inputs are open in every task), and the bias of j where one task has j
 * open. All else is free; a weight from a free unit into a used one is harmless, because the free unit is closed, exactly
 * 0, in every old task. Immutable.
 */
public final class ConsolidatedSubnetworks {
    private final ImmutableList<Integer> widths;
    private final ImmutableMap<String, Subnetwork> tasks;
    private final ImmutableList<UnitSet> used;

    private ConsolidatedSubnetworks(ImmutableList<Integer> widths, ImmutableMap<String, Subnetwork> tasks) {
        this.widths = widths;
        this.tasks = tasks;
        ImmutableList.Builder<UnitSet> unions = ImmutableList.builder();
        for (int layer = 0; layer < widths.size(); layer++) {
            UnitSet union = UnitSet.none(widths.get(layer));
            for (Subnetwork subnetwork : tasks.values()) {
                union = union.union(subnetwork.layers().get(layer));
            }
            unions.add(union);
        }
        this.used = unions.build();
    }

    /**
     * {@return the record of a network that has learned nothing yet}
     *
     * @param widths units per hidden layer, lowest first
     */
    public static ConsolidatedSubnetworks none(List<Integer> widths) {
        checkArgument(!widths.isEmpty(), "a gated network needs at least one hidden layer");
        return new ConsolidatedSubnetworks(ImmutableList.copyOf(widths), ImmutableMap.of());
    }

    /**
     * {@return this record and that task}
     *
     * @param task the name of a task that is not here yet
     * @param subnetwork what it uses
     */
    public ConsolidatedSubnetworks with(String task, Subnetwork subnetwork) {
        checkArgument(!tasks.containsKey(task), "task %s is consolidated already", task);
        List<Integer> shape =
                subnetwork.layers().stream().map(UnitSet::universe).toList();
        checkArgument(shape.equals(widths), "the layers have %s units, the subnetwork's %s", widths, shape);
        return new ConsolidatedSubnetworks(
                widths,
                ImmutableMap.<String, Subnetwork>builder()
                        .putAll(tasks)
                        .put(task, subnetwork)
                        .buildOrThrow());
    }

    /**
     * Forgets a task on purpose: what only it uses is free again.
     *
     * @param task the name of a task that is here
     * @return this record without it
     */
    public ConsolidatedSubnetworks without(String task) {
        checkArgument(tasks.containsKey(task), "task %s is not consolidated", task);
        ImmutableMap.Builder<String, Subnetwork> others = ImmutableMap.builder();
        tasks.forEach((name, subnetwork) -> {
            if (!name.equals(task)) {
                others.put(name, subnetwork);
            }
        });
        return new ConsolidatedSubnetworks(widths, others.buildOrThrow());
    }

    /**
     * The record of a network that has grown: new units are free, and no task uses another unit than before.
     *
     * @param wider units per hidden layer, lowest first, none fewer than now
     * @return this record with these widths
     */
    public ConsolidatedSubnetworks widened(List<Integer> wider) {
        ImmutableMap.Builder<String, Subnetwork> grown = ImmutableMap.builder();
        tasks.forEach((name, subnetwork) -> grown.put(name, subnetwork.widened(wider)));
        return new ConsolidatedSubnetworks(ImmutableList.copyOf(wider), grown.buildOrThrow());
    }

    /** {@return units per hidden layer, lowest first} */
    public ImmutableList<Integer> widths() {
        return widths;
    }

    /**
     * {@return units that no consolidated task has open}
     *
     * @param layer hidden layer, from 0
     */
    public int free(int layer) {
        return widths.get(layer) - used.get(layer).size();
    }

    /** {@return subnetworks by task, in the order of consolidation} */
    public Map<String, Subnetwork> tasks() {
        return tasks;
    }

    /**
     * {@return units that a consolidated task has open}
     *
     * @param layer hidden layer, from 0
     */
    public UnitSet used(int layer) {
        return used.get(layer);
    }

    /**
     * How full a layer is.
     *
     * @param layer hidden layer, from 0
     * @return share of its units that a consolidated task uses, in [0, 1]
     */
    public double occupancy(int layer) {
        return (double) used.get(layer).size() / widths.get(layer);
    }

    /**
     * {@return the task whose consolidation left no unit of the layer free; empty while there is one}
     *
     * @param layer hidden layer, from 0
     */
    public Optional<String> filledBy(int layer) {
        UnitSet union = UnitSet.none(widths.get(layer));
        for (Map.Entry<String, Subnetwork> task : tasks.entrySet()) {
            union = union.union(task.getValue().layers().get(layer));
            if (union.size() == union.universe()) {
                return Optional.of(task.getKey());
            }
        }
        return Optional.empty();
    }

    /**
     * {@return whether its bias is frozen}
     *
     * @param layer hidden layer, from 0
     * @param unit a unit of it
     */
    public boolean biasFrozen(int layer, int unit) {
        return used.get(layer).contains(unit);
    }

    /**
     * {@return whether the weight between them is frozen}
     *
     * @param layer hidden layer, from 0
     * @param unit a unit of it
     * @param input a unit of the layer below, or an input of the network for layer 0
     */
    public boolean weightFrozen(int layer, int unit, int input) {
        return layer == 0
                ? used.get(0).contains(unit)
                : frozenInputs(layer, unit).contains(input);
    }

    /**
     * {@return the units of the layer below whose weight into it is frozen}
     *
     * @param layer hidden layer, from 1
     * @param unit a unit of it
     */
    public UnitSet frozenInputs(int layer, int unit) {
        checkArgument(layer >= 1, "layer must be at least 1, got %s: layer 0 is frozen row by row", layer);
        UnitSet inputs = UnitSet.none(widths.get(layer - 1));
        for (Subnetwork subnetwork : tasks.values()) {
            if (subnetwork.layers().get(layer).contains(unit)) {
                inputs = inputs.union(subnetwork.layers().get(layer - 1));
            }
        }
        return inputs;
    }
}
