package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.util.List;
import java.util.Objects;
import sluice.framework.network.GatedNetwork;

/** What a model file says of {@link TaskSubnetworks}: by component of the discriminant, which class of which task it is. */
record SubnetworksDescription(double weight, List<Integer> tasks, List<Integer> classes) {
    static SubnetworksDescription of(TaskSubnetworks subnetworks) {
        return new SubnetworksDescription(
                subnetworks.weight(),
                subnetworks.places().stream().map(TaskSubnetworks.Place::task).toList(),
                subnetworks.places().stream().map(TaskSubnetworks.Place::label).toList());
    }

    /**
     * @throws IllegalArgumentException if it is not about so many components
     */
    void check(int components) {
        checkArgument(weight > 0 && weight <= 1, "subnetworks have a weight of %s", weight);
        checkArgument(isWhole(tasks, components) && isWhole(classes, components), "places of subnetworks are missing");
    }

    private static boolean isWhole(List<Integer> places, int components) {
        return places != null && places.size() == components && places.stream().allMatch(Objects::nonNull);
    }

    /**
     * @throws IllegalArgumentException if the network has no such places
     */
    TaskSubnetworks with(GatedNetwork network) {
        List<String> names = network.tasks();
        for (int c = 0; c < tasks.size(); c++) {
            int task = tasks.get(c);
            checkArgument(task >= 0 && task < names.size(), "subnetworks have no task %s", task);
            int label = classes.get(c);
            checkArgument(
                    label >= 0 && label < network.classes(names.get(task)).size(),
                    "task %s of the subnetworks has no class %s",
                    task,
                    label);
        }
        return new TaskSubnetworks(
                network,
                weight,
                Streams.zip(tasks.stream(), classes.stream(), TaskSubnetworks.Place::new)
                        .collect(ImmutableList.toImmutableList()));
    }
}
