package sluice.framework.bench.builds;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.math.Quantiles;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A figure of one build against another's, measured in pairs.
 *
 * @param work what was run
 * @param name of the figure
 * @param ours by pair
 * @param theirs by pair
 */
public record BuildFigure(String work, String name, ImmutableList<Double> ours, ImmutableList<Double> theirs) {
    /** Checks that there is a pair at least. */
    public BuildFigure {
        checkArgument(!ours.isEmpty() && ours.size() == theirs.size(), "figures come in pairs");
    }

    /** {@return the median of ours} */
    public double median() {
        return median(ours);
    }

    /** {@return the median of theirs} */
    public double otherMedian() {
        return median(theirs);
    }

    /** {@return the quotient of the medians, ours by theirs} */
    public double ratio() {
        return median() / otherMedian();
    }

    /** {@return the least quotient of a pair} */
    public double leastRatio() {
        return ratios().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /** {@return the largest quotient of a pair} */
    public double largestRatio() {
        return ratios().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    private List<Double> ratios() {
        return IntStream.range(0, ours.size())
                .mapToObj(i -> ours.get(i) / theirs.get(i))
                .toList();
    }

    private static double median(List<Double> values) {
        return Quantiles.median().compute(values);
    }
}
