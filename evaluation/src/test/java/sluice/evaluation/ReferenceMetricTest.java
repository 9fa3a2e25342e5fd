package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static sluice.evaluation.RandomMatrices.percent;
import static sluice.evaluation.Reference.INDEPENDENT;
import static sluice.evaluation.Reference.JOINT;
import static sluice.evaluation.Reference.UNTRAINED;
import static sluice.evaluation.ReferenceMetric.FORGETTING_RATIO;
import static sluice.evaluation.ReferenceMetric.FWT_INDEPENDENT;
import static sluice.evaluation.ReferenceMetric.INTRANSIGENCE;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceMetricTest {
    private static final double ROUNDING = 1e-12;

    private final AccuracyMatrix matrix = percent(
            new int[] {50, 48, 40}, //
            new int[] {90, 55, 45},
            new int[] {70, 80, 60},
            new int[] {60, 75, 95});
    private final ReferenceAccuracies references = references(JOINT, 97, 90, 94)
            .with(INDEPENDENT, "t1", 91, 100)
            .with(INDEPENDENT, "t2", 86, 100)
            .with(INDEPENDENT, "t3", 93, 100);

    private static ReferenceAccuracies references(Reference reference, int... percent) {
        ReferenceAccuracies references = ReferenceAccuracies.empty(1);
        for (int j = 1; j <= percent.length; j++) {
            references = references.with(reference, "t" + j, percent[j - 1], 100);
        }
        return references;
    }

    @Test
    void intransigenceIsTheMeanOfJointLessTheDiagonal() {
        assertThat(value(INTRANSIGENCE, references))
                .isCloseTo(((0.97 - 0.90) + (0.90 - 0.80) + (0.94 - 0.95)) / 3, within(ROUNDING));
    }

    @Test
    void theForgettingRatioIsTheShareOfJointsGainThatIsLeftInTheEndLessOne() {
        double left =
                ((0.60 - 0.50) / (0.97 - 0.50) + (0.75 - 0.48) / (0.90 - 0.48) + (0.95 - 0.40) / (0.94 - 0.40)) / 3;

        assertThat(value(FORGETTING_RATIO, references)).isCloseTo(left - 1, within(ROUNDING));
    }

    @Test
    void forwardTransferAgainstIndependentNetworksLeavesOutTheFirstTask() {
        assertThat(value(FWT_INDEPENDENT, references)).isCloseTo(((0.80 - 0.86) + (0.95 - 0.93)) / 2, within(ROUNDING));
    }

    @Test
    void anUntrainedReferenceGoesBeforeTheRunsOwnRow() {
        ReferenceAccuracies chance = references.with(UNTRAINED, "t1", 10, 100);
        double left =
                ((0.60 - 0.10) / (0.97 - 0.10) + (0.75 - 0.48) / (0.90 - 0.48) + (0.95 - 0.40) / (0.94 - 0.40)) / 3;

        assertThat(value(FORGETTING_RATIO, chance)).isCloseTo(left - 1, within(ROUNDING));
    }

    @Test
    void aRatioOfMinusOneIsAsUntrained() {
        AccuracyMatrix nothing = percent(new int[] {50, 50}, new int[] {90, 50}, new int[] {50, 50});

        assertThat(FORGETTING_RATIO.of(nothing, references(JOINT, 90, 90))).isEqualTo(MetricValue.of(-1));
    }

    @Test
    void aJointReferenceThatLearnedNothingLeavesTheRatioUndefined() {
        assertThat(FORGETTING_RATIO.of(matrix, references(JOINT, 90, 48, 90)).text())
                .isEqualTo("undefined because the joint reference is no better than the untrained one on task \"t2\" "
                        + "(0.4800 against 0.4800)");
        assertThat(FORGETTING_RATIO.of(matrix, references(JOINT, 90, 47, 90)).text())
                .endsWith("(0.4700 against 0.4800)");
    }

    @Test
    void withoutReferencesEveryMetricSaysHowToGetThem() {
        ReferenceAccuracies none = ReferenceAccuracies.empty(1);

        assertThat(INTRANSIGENCE.of(matrix, none).text())
                .isEqualTo("undefined because no joint reference was run: ask for references");
        assertThat(FORGETTING_RATIO.of(matrix, none)).isEqualTo(INTRANSIGENCE.of(matrix, none));
        assertThat(FWT_INDEPENDENT.of(matrix, none).text())
                .isEqualTo("undefined because no independent reference was run: ask for references");
    }

    @Test
    void whatIsMissingIsNamed() {
        ReferenceAccuracies two = references(JOINT, 97, 90);
        AccuracyMatrix noStart = percent(new int[] {-1}, new int[] {90});

        assertThat(INTRANSIGENCE.of(matrix, two).text())
                .isEqualTo("undefined because the joint reference has no accuracy on task \"t3\"");
        assertThat(FORGETTING_RATIO.of(noStart, two).text())
                .isEqualTo("undefined because no untrained reference was run: ask for references");
        assertThat(FWT_INDEPENDENT.of(noStart, two).text()).isEqualTo("undefined because there is only one task");
    }

    @Test
    void aReferenceHasOneAccuracyPerTask() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> references.with(JOINT, "t1", 1, 2))
                .withMessageStartingWith("the joint reference on task \"t1\" is already set to ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> references.with(JOINT, "", 1, 2))
                .withMessage("a task's name must not be empty");
        assertThatIllegalArgumentException().isThrownBy(() -> references.with(JOINT, "t4", 3, 2));
    }

    @Test
    void aReportShowsMetricsAgainstReferencesOnlyWhereSomeWereAskedFor() {
        ForgettingReport report = ForgettingReport.of(matrix);

        assertThat(report.render()).doesNotContain("Intransigence", "references");
        assertThat(report.against(references(JOINT, 97, 90, 94)).render())
                .contains(
                        "\nIntransigence       0.0533  how much worse a task is learned than by a network that learns all tasks at once, mean (after Chaudhry et al. 2018)\n")
                .contains("\nForgetting ratio   -0.3753  how much of what joint training gains")
                .contains("\nFWT (independent)        -  undefined because no independent reference was run: ask for "
                        + "references; how much better a task is learned");
    }

    @ParameterizedTest
    @EnumSource
    void everyMetricHasAKeyATitleAndADefinitionOfOneLine(ReferenceMetric metric) {
        assertThat(metric.key()).isEqualTo(metric.name().toLowerCase(Locale.ROOT));
        assertThat(metric.title()).isNotBlank();
        assertThat(metric.definition()).startsWith("mean of ").contains("A_").doesNotContain("\n");
    }

    private double value(ReferenceMetric metric, ReferenceAccuracies against) {
        return metric.of(matrix, against).number().orElseThrow();
    }
}
