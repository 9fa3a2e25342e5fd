package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.stream.Stream;
import sluice.tasks.Examples;

/**
 * What a network with exits answers right for what: a point per rule.
 *
 * @param points by what they take on held-out examples, ascending
 * @param alone accuracy of each exit's head, were all test examples to stop there
 */
public record ExitCurve(ImmutableList<Point> points, ImmutableList<Double> alone) {
    /**
     * A rule on test examples.
     *
     * @param budget mean multiply-adds that it took on held-out examples, rounded up
     * @param multiplyAdds mean that it took on test examples
     * @param accuracy share of the test examples answered right, in [0, 1]
     */
    public record Point(long budget, double multiplyAdds, double accuracy) {}

    static ExitCurve of(ExitModel model, Examples test) {
        ExitTable table = ExitTable.of(model, test);
        ImmutableList.Builder<Point> points = ImmutableList.builder();
        for (Map.Entry<Long, ExitRule> rule : model.rules().entrySet()) {
            double[] thresholds = rule.getValue().thresholds().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            ExitTable.Outcome outcome = table.under(thresholds);
            points.add(new Point(rule.getKey(), outcome.multiplyAdds(), 1 - (double) outcome.wrong() / test.size()));
        }
        return new ExitCurve(
                points.build(),
                Stream.of(table.right()).map(ExitCurve::share).collect(ImmutableList.toImmutableList()));
    }

    private static double share(boolean[] right) {
        int count = 0;
        for (boolean each : right) {
            count += each ? 1 : 0;
        }
        return (double) count / right.length;
    }
}
