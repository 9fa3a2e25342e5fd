package sluice.framework.account;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;

/**
 * Who uses what of a gated network, and how much is left: a value, taken at one moment from the tasks that the network
 * knows then, in the order in which they were learned. Where a task was removed, its units count as new for the next one
 * that uses them.
 *
 * @param tasks per task what it took, lowest layer first
 * @param widths units per hidden layer now, lowest first
 * @param free units per hidden layer that no task uses now
 * @param created units per hidden layer before any growth
 */
public record CapacityLedger(
        ImmutableMap<String, ImmutableList<LayerCapacity>> tasks,
        ImmutableList<Integer> widths,
        ImmutableList<Integer> free,
        ImmutableList<Integer> created) {
    /** Tasks that a forecast goes by. */
    private static final int RECENT = 3;

    /**
     * How alike two tasks are in what they use of a layer.
     *
     * @param task learned later
     * @param earlier learned before it
     * @param layer {@code layer_1}, ... from the lowest on
     * @param jaccard units open in both, of those open in either, in [0, 1]; 0 where neither has any
     */
    public record Overlap(String task, String earlier, String layer, double jaccard) {}

    /**
     * {@return what a layer is called}
     *
     * @param l from 0, the lowest
     */
    public static String layer(int l) {
        return "layer_" + (l + 1);
    }

    /**
     * A forecast: how many more tasks fit that take as many new units as the last three did in the mean, before the first
     * layer has too few free units left.
     *
     * @return tasks, at least 0; empty where nothing was learned, or the last tasks took no new unit in any layer
     */
    public OptionalInt moreTasks() {
        return IntStream.range(0, widths.size())
                .filter(l -> demand(l) > 0)
                .map(l -> (int) (free.get(l) / demand(l)))
                .min();
    }

    /** New units of a layer that the last tasks took, in the mean; 0 where nothing was learned. */
    private double demand(int layer) {
        List<ImmutableList<LayerCapacity>> all = tasks.values().asList();
        return all.subList(Math.max(0, all.size() - RECENT), all.size()).stream()
                .mapToInt(task -> taken(task.get(layer)))
                .average()
                .orElse(0);
    }

    /** New units that are no more free; a task that has its units for itself leaves all of a layer free. */
    private static int taken(LayerCapacity layer) {
        return Math.min(layer.newUnits(), layer.units() - layer.freeUnits());
    }

    /**
     * {@return for every pair of tasks and layer, how much they have in common}
     *
     * @param network whose tasks these are
     */
    public static ImmutableList<Overlap> overlaps(ConsolidatedSubnetworks network) {
        List<Map.Entry<String, Subnetwork>> tasks =
                ImmutableList.copyOf(network.tasks().entrySet());
        ImmutableList.Builder<Overlap> overlaps = ImmutableList.builder();
        for (int later = 1; later < tasks.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                for (int l = 0; l < network.widths().size(); l++) {
                    overlaps.add(new Overlap(
                            tasks.get(later).getKey(),
                            tasks.get(earlier).getKey(),
                            layer(l),
                            jaccard(
                                    tasks.get(later).getValue().layers().get(l),
                                    tasks.get(earlier).getValue().layers().get(l))));
                }
            }
        }
        return overlaps.build();
    }

    private static double jaccard(UnitSet one, UnitSet other) {
        int both = one.intersection(other).size();
        return both == 0 ? 0 : (double) both / (one.size() + other.size() - both);
    }
}
