package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.stream.Stream;
import sluice.evaluation.run.BudgetPoint;
import sluice.tasks.Examples;

/**
 * What a network with exits answers right for what: a point per rule.
 *
 * @param points by what they take on held-out examples, ascending
 * @param alone accuracy of each exit's head, were all test examples to stop there
 */
public record ExitCurve(ImmutableList<BudgetPoint> points, ImmutableList<Double> alone) {
    static ExitCurve of(ExitModel model, Examples test) {
        ExitTable table = ExitTable.of(model, test);
        ImmutableList.Builder<BudgetPoint> points = ImmutableList.builder();
        for (Map.Entry<Long, ExitRule> rule : model.rules().entrySet()) {
            double[] thresholds = rule.getValue().thresholds().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            ExitTable.Outcome outcome = table.under(thresholds);
            points.add(new BudgetPoint(
                    rule.getKey(), outcome.multiplyAdds(), (double) (test.size() - outcome.wrong()) / test.size()));
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
