package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Tasks that each have all of a data set, seen through a map of their own. */
final class MappedTasks {
    private MappedTasks() {}

    static ImmutableList<Task> permuted(DataSet dataSet, int tasks, long seed) {
        checkArgument(tasks >= 1, "tasks must be at least 1, got %s", tasks);
        Task whole = whole(dataSet);
        int features = dataSet.train().features();
        return IntStream.range(0, tasks)
                .mapToObj(t -> whole.through("permutation-" + (t + 1), permutation(features, seed, t)))
                .collect(ImmutableList.toImmutableList());
    }

    private static FeatureMap permutation(int features, long seed, int index) {
        return index == 0
                ? new FeatureMap.Identity(features)
                : new FeatureMap.Permutation(DrawnOrder.of(features, seed, "permutation", index));
    }

    static ImmutableList<Task> rotated(DataSet dataSet, double... degrees) {
        Shape.Channels image = dataSet.shape()
                .pixels()
                .orElseThrow(() -> new InputException(
                        "data set %s has vectors, only images can be rotated: choose a data set of images"
                                .formatted(dataSet.name())));
        Task whole = whole(dataSet);
        return Arrays.stream(degrees)
                .mapToObj(angle -> whole.through("rotation-" + plain(angle), Rotation.of(image, angle)))
                .collect(ImmutableList.toImmutableList());
    }

    private static Task whole(DataSet dataSet) {
        return ClassSplit.consecutive(dataSet, dataSet.train().distinctLabels().length)
                .tasks(dataSet)
                .get(0);
    }

    /** 20, 22.5: without the zeros that add nothing. */
    private static String plain(double angle) {
        checkArgument(Double.isFinite(angle), "degrees must be finite, got %s", angle);
        return BigDecimal.valueOf(angle).stripTrailingZeros().toPlainString();
    }
}
