package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Classes of a data set that no task has, so that a learner can be asked about what it never saw.
 *
 * @param classes original labels, ascending, at least one
 * @param test test examples of those; there may be none
 */
public record LeftOut(ImmutableList<Integer> classes, Examples test) {
    /** Checks that something was left out. */
    public LeftOut {
        checkArgument(!classes.isEmpty(), "no class was left out");
    }

    /**
     * {@return classes of a data set that are left out}
     *
     * @param dataSet the data
     * @param classes which of its labels, each once, at least one
     * @throws InputException if it has no such class, or no other
     */
    public static LeftOut of(DataSet dataSet, List<Integer> classes) {
        int[] known = dataSet.train().distinctLabels();
        for (int label : classes) {
            if (Arrays.binarySearch(known, label) < 0) {
                throw new InputException("data set %s has no class %d: its classes are %s"
                        .formatted(dataSet.name(), label, Arrays.toString(known)));
            }
        }
        checkRest(dataSet, known.length, classes.size());
        return new LeftOut(ImmutableList.sortedCopyOf(classes), chosen(dataSet.test(), classes, true));
    }

    /**
     * {@return classes of a data set that are left out, drawn}
     *
     * @param dataSet the data
     * @param count how many, at least 1
     * @param seed another one, other classes
     * @throws InputException if it has no more classes than that
     */
    public static LeftOut drawn(DataSet dataSet, int count, long seed) {
        int[] known = dataSet.train().distinctLabels();
        checkRest(dataSet, known.length, count);
        return of(
                dataSet,
                Arrays.stream(DrawnOrder.of(known.length, seed, "left-out", 0))
                        .limit(count)
                        .mapToObj(i -> known[i])
                        .toList());
    }

    private static void checkRest(DataSet dataSet, int known, int out) {
        if (out >= known) {
            throw new InputException("of the %d classes of data set %s %d cannot be left out: one must be left to learn"
                    .formatted(known, dataSet.name(), out));
        }
    }

    /**
     * {@return the data without them}
     *
     * @param dataSet that they are left out of
     */
    public DataSet rest(DataSet dataSet) {
        return new DataSet(
                dataSet.name(),
                chosen(dataSet.train(), classes, false),
                chosen(dataSet.test(), classes, false),
                dataSet.shape(),
                dataSet.checksums(),
                dataSet.classNames(),
                dataSet.notes());
    }

    private static Examples chosen(Examples all, List<Integer> classes, boolean within) {
        return all.select(
                IntStream.range(0, all.size())
                        .filter(i -> classes.contains(all.label(i)) == within)
                        .toArray(),
                label -> label);
    }
}
