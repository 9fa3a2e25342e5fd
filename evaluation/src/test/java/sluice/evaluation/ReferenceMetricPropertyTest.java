package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** The metrics against loops over plain arrays, where NaN stands for undefined. */
@Domain(RandomReferences.class)
class ReferenceMetricPropertyTest {
    @Property
    void everyMetricAgreesWithTheNaiveComputation(@ForAll ForgettingReport report) {
        double[] naive = {intransigence(report), forgettingRatio(report), forward(report)};

        report.referenceMetrics().forEach((metric, value) -> {
            double expected = naive[metric.ordinal()];
            assertThat(value instanceof MetricValue.Undefined).as(metric.key()).isEqualTo(Double.isNaN(expected));
            value.number()
                    .ifPresent(number -> assertThat(number)
                            .as(metric.key())
                            .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected)))));
        });
    }

    @Property
    void aRunThatEndsAsJointDoesHasARatioOfZero(@ForAll ForgettingReport report) {
        AccuracyMatrix matrix = report.matrix();
        ReferenceAccuracies references = ReferenceAccuracies.empty(1);
        for (int j = 1; j <= matrix.tasks().size(); j++) {
            String task = matrix.tasks().get(j - 1);
            references = references.with(Reference.UNTRAINED, task, 0, 1);
            if (matrix.cell(matrix.tasks().size(), j).isPresent()) {
                AccuracyMatrix.Cell last = matrix.cell(matrix.tasks().size(), j).get();
                references = references.with(Reference.JOINT, task, last.correct(), last.total());
            }
        }

        OptionalDouble ratio =
                ReferenceMetric.FORGETTING_RATIO.of(matrix, references).number();

        ratio.ifPresent(value -> assertThat(value).isZero());
    }

    private static double intransigence(ForgettingReport report) {
        double[][] r = RandomMatrices.accuracies(report.matrix());
        double[] joint = RandomReferences.accuracies(report, Reference.JOINT);
        double sum = 0;
        for (int j = 0; j < joint.length; j++) {
            sum += joint[j] - r[j + 1][j];
        }
        return sum / joint.length;
    }

    private static double forgettingRatio(ForgettingReport report) {
        double[][] r = RandomMatrices.accuracies(report.matrix());
        double[] joint = RandomReferences.accuracies(report, Reference.JOINT);
        double[] untrained = RandomReferences.accuracies(report, Reference.UNTRAINED);
        double sum = 0;
        for (int j = 0; j < joint.length; j++) {
            double floor = Double.isNaN(untrained[j]) ? r[0][j] : untrained[j];
            sum += joint[j] > floor ? (r[joint.length][j] - floor) / (joint[j] - floor) : Double.NaN;
        }
        return sum / joint.length - 1;
    }

    private static double forward(ForgettingReport report) {
        double[][] r = RandomMatrices.accuracies(report.matrix());
        double[] independent = RandomReferences.accuracies(report, Reference.INDEPENDENT);
        double sum = 0;
        for (int j = 1; j < independent.length; j++) {
            sum += r[j + 1][j] - independent[j];
        }
        return sum / (independent.length - 1); // 0/0 with one task
    }
}
