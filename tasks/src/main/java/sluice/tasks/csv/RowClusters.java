package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.MathArrays;
import sluice.tasks.MemoryBudget;

/** Finds the clusters of training rows, by k-means from centres that k-means++ draws. */
final class RowClusters {
    private static final int MOST_ROUNDS = 100;
    /** Of several searches the one counts whose clusters are the most compact. */
    private static final int STARTS = 10;
    /** What a point takes beside its values: objects, and its places in lists. */
    private static final int BYTES_PER_ROW = 80;

    private final EncodedRows train;
    private final ImmutableList<String> features;
    private final ColumnScale[] scales;

    /**
     * @param train training rows
     * @param features the column of each where it is numeric, else ""
     */
    RowClusters(EncodedRows train, ImmutableList<String> features) {
        this.train = train;
        this.features = features;
        int[] all = IntStream.range(0, train.labels().length).toArray();
        this.scales = IntStream.range(0, features.size())
                .mapToObj(f -> features.get(f).isEmpty() ? ColumnScale.NONE : scale(new ColumnValues(train, all, f)))
                .toArray(ColumnScale[]::new);
    }

    private static ColumnScale scale(ColumnValues values) {
        return values.scale(values.mean().orElse(0));
    }

    /** How many rows differ from one another, as far as it is asked: no more than so many are held. */
    int distinct(int most) {
        Set<List<Float>> found = new HashSet<>();
        for (int row = 0; row < train.labels().length && found.size() < most; row++) {
            found.add(Floats.asList(compared(train, row, scales)));
        }
        return found.size();
    }

    /**
     * The clusters.
     *
     * @param count at least 1, at most as many as {@link #distinct} rows
     * @param seed of the draws
     * @param budget that must hold the rows once more
     * @param place what the rows were read from, for the message
     * @throws sluice.tasks.InputException if it does not
     */
    TaskClusters of(int count, long seed, MemoryBudget budget, Supplier<String> place) {
        int rows = train.labels().length;
        budget.take(rows * ((long) Double.BYTES * features.size() + BYTES_PER_ROW), place);
        List<DoublePoint> points = IntStream.range(0, rows)
                .mapToObj(row -> new DoublePoint(Doubles.toArray(Floats.asList(compared(train, row, scales)))))
                .toList();
        KMeansPlusPlusClusterer<DoublePoint> search =
                new KMeansPlusPlusClusterer<>(count, MOST_ROUNDS, new EuclideanDistance(), new Well19937c(seed));
        // the library's own choice among starts is by the variance of distances, which may be least where clusters are
        // wide
        List<CentroidCluster<DoublePoint>> clusters = Stream.generate(() -> search.cluster(points))
                .limit(STARTS)
                .min(Comparator.comparingDouble(RowClusters::squares))
                .orElseThrow();
        ImmutableList<List<Double>> centres = clusters.stream()
                .sorted(Comparator.comparing(cluster -> -cluster.getPoints().size()))
                .map(cluster -> Doubles.asList(cluster.getCenter().getPoint()))
                .collect(ImmutableList.toImmutableList());
        ImmutableList.Builder<TableEncoding.Column.Scaled> numbers = ImmutableList.builder();
        for (int f = 0; f < scales.length; f++) {
            if (!features.get(f).isEmpty()) {
                numbers.add(new TableEncoding.Column.Scaled(
                        features.get(f), scales[f].fill(), scales[f].mean(), scales[f].deviation()));
            }
        }
        return new TaskClusters(TaskClusters.names(count), centres, numbers.build());
    }

    /** The sum of squared distances to the centres. */
    private static double squares(List<CentroidCluster<DoublePoint>> clusters) {
        double sum = 0;
        for (CentroidCluster<DoublePoint> cluster : clusters) {
            for (DoublePoint point : cluster.getPoints()) {
                double distance = MathArrays.distance(
                        point.getPoint(), cluster.getCenter().getPoint());
                sum += distance * distance;
            }
        }
        return sum;
    }

    /** The cluster of each row. */
    static ImmutableList<String> tasksOf(EncodedRows rows, TaskClusters clusters, ImmutableList<String> features) {
        ColumnScale[] scales = new ColumnScale[features.size()];
        int number = 0;
        for (int f = 0; f < scales.length; f++) {
            if (features.get(f).isEmpty()) {
                scales[f] = ColumnScale.NONE;
            } else {
                TableEncoding.Column.Scaled of = clusters.numbers().get(number++);
                scales[f] = new ColumnScale(of.fill(), of.mean(), of.deviation());
            }
        }
        return IntStream.range(0, rows.labels().length)
                .mapToObj(row -> clusters.taskOf(compared(rows, row, scales)))
                .collect(ImmutableList.toImmutableList());
    }

    /** A row as it is compared with centres. */
    private static float[] compared(EncodedRows rows, int row, ColumnScale[] scales) {
        float[] values = new float[scales.length];
        for (int f = 0; f < scales.length; f++) {
            int at = rows.at(row, f);
            values[f] = scales[f].apply(rows.values()[at], rows.missing().get(at));
        }
        return values;
    }
}
