package sluice.evaluation.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RegressionScore;

/** What is said of accuracies is said of errors with the sign that they need. */
class RegressionFiguresTest {
    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final int ROWS = 10;

    /** Three tasks of ten rows each, whose variation is 160: an RMSE of e is an R2 of 1 - e * e / 16. */
    private static RegressionMatrix matrix(double unit, double[][] rmse) {
        RegressionMatrix matrix = RegressionMatrix.empty(
                "naive",
                1,
                IntStream.rangeClosed(1, rmse[0].length).mapToObj(j -> "t" + j).toList());
        for (int i = 0; i < rmse.length; i++) {
            for (int j = 1; j <= rmse[i].length; j++) {
                double error = rmse[i][j - 1] * unit;
                matrix = matrix.with(i, j, new RegressionCell(error * error * ROWS, 160 * unit * unit, ROWS));
            }
        }
        return matrix;
    }

    private static final double[][] ERRORS = {{4, 4, 8}, {1, 4, 4}, {3, 2, 4}, {2, 3, 1}};

    private static void assertDefined(MetricValue value, double expected) {
        assertThat(value.number()).as(value.text()).isPresent();
        assertThat(value.number().orElseThrow()).isCloseTo(expected, ROUNDING);
    }

    @Example
    void forgettingOfRmseIsHowMuchTheErrorRoseByEveryDefinition() {
        RegressionFigures rmse = matrix(1, ERRORS).figures(RegressionScore.RMSE);

        assertDefined(rmse.forgetting(ForgettingDefinition.FIRST), (1 + 1) / 2.0);
        assertDefined(rmse.forgetting(ForgettingDefinition.BEST_EARLIER), (1 + 1) / 2.0);
        assertDefined(rmse.forgetting(ForgettingDefinition.BEST_OF_ALL), (1 + 1) / 2.0);
        assertDefined(rmse.forgetting(ForgettingDefinition.MEAN_DROP), (2 + 1 + 1) / 3.0);
        assertDefined(rmse.forgetting(ForgettingDefinition.RELATIVE), (1 / 1.0 + 1 / 2.0) / 2);
        assertDefined(rmse.forgetting(ForgettingDefinition.BEST_EARLIER_LITERAL), (1 + 1) / 2.0);
        assertDefined(rmse.forgetting(ForgettingDefinition.RELATIVE_LITERAL), (1 / 1.0 + 1 / 2.0) / 2);
        assertDefined(rmse.forgetting(ForgettingDefinition.RELATIVE, 2), 0.5);
    }

    @Example
    void forgettingOfR2IsHowMuchItFell() {
        RegressionFigures r2 = matrix(1, ERRORS).figures(RegressionScore.R2);

        assertDefined(r2.forgetting(ForgettingDefinition.FIRST), (3 + 5) / 16.0 / 2);
        assertDefined(r2.forgetting(ForgettingDefinition.RELATIVE, 1), (3 / 16.0) / (15 / 16.0));
    }

    @Example
    void levelsAreInTheScoresOwnUnitsAndTransferIsAGain() {
        RegressionFigures rmse = matrix(1, ERRORS).figures(RegressionScore.RMSE);
        RegressionFigures r2 = matrix(1, ERRORS).figures(RegressionScore.R2);

        assertDefined(rmse.of(ForgettingMetric.ACC), 2);
        assertDefined(rmse.of(ForgettingMetric.LEARNING_ACCURACY), 4 / 3.0);
        assertDefined(rmse.of(ForgettingMetric.WORST_TASK), 3);
        assertDefined(rmse.of(ForgettingMetric.BWT), -1);
        assertDefined(rmse.of(ForgettingMetric.FWT), (0 + 4) / 2.0);
        assertDefined(rmse.of(ForgettingMetric.FORGETTING), 1);
        assertDefined(r2.of(ForgettingMetric.ACC), (12 + 7 + 15) / 16.0 / 3);
        assertDefined(r2.of(ForgettingMetric.WORST_TASK), 7 / 16.0);
    }

    @Example
    void whatCannotBeComputedSaysWhy() {
        RegressionMatrix perfect = matrix(1, new double[][] {{4, 4}, {0, 4}, {1, 1}});
        RegressionMatrix bad = matrix(1, new double[][] {{9, 9}, {5, 9}, {6, 1}});
        RegressionMatrix constant = RegressionMatrix.empty("s", 1, List.of("a", "b"))
                .with(1, 1, new RegressionCell(3, 0, 2))
                .with(2, 1, new RegressionCell(3, 0, 2));

        assertThat(perfect.figures(RegressionScore.RMSE)
                        .forgetting(ForgettingDefinition.RELATIVE)
                        .text())
                .isEqualTo("undefined because task 1 was once answered without any error");
        assertThat(bad.figures(RegressionScore.R2)
                        .forgetting(ForgettingDefinition.RELATIVE)
                        .text())
                .isEqualTo("undefined because task 1 was never answered better than by its mean");
        assertThat(constant.figures(RegressionScore.R2)
                        .forgetting(ForgettingDefinition.FIRST)
                        .text())
                .isEqualTo("undefined because of task 1, all test rows have the same target");
        assertThat(constant.figures(RegressionScore.RMSE)
                        .of(ForgettingMetric.ACC)
                        .text())
                .isEqualTo("undefined because task 2 was never tested");
        assertThat(constant.figures(RegressionScore.RMSE)
                        .forgetting(ForgettingDefinition.FIRST, 2)
                        .text())
                .isEqualTo("undefined because task 2 was learned last");
    }

    /** Errors of matrices of three tasks, in eighths, so that sums of them are exact. */
    private static double[][] errors(List<Integer> eighths) {
        double[][] errors = new double[4][3];
        for (int n = 0; n < 12; n++) {
            errors[n / 3][n % 3] = eighths.get(n) / 8.0;
        }
        return errors;
    }

    /** An error of e is an accuracy of 1 - e, as far as what accuracies forget goes. */
    @Property
    void errorsForgetWhatAccuraciesWouldThatAreAsMuchLess(
            @ForAll @Size(12) List<@IntRange(min = 1, max = 8) Integer> eighths,
            @ForAll ForgettingDefinition definition) {
        Assume.that(!definition.word().startsWith("relative"));
        AccuracyMatrix accuracies = AccuracyMatrix.empty("naive", 1, List.of("a", "b", "c"));
        for (int n = 0; n < 12; n++) {
            accuracies = accuracies.with(n / 3, n % 3 + 1, 8 - eighths.get(n), 8);
        }

        MetricValue forgetting =
                matrix(1, errors(eighths)).figures(RegressionScore.RMSE).forgetting(definition);

        assertThat(forgetting.number().orElseThrow())
                .isCloseTo(definition.of(accuracies).number().orElseThrow(), ROUNDING);
    }

    /** Also where units are so small that figures would vanish among those of accuracies. */
    @Property
    void otherUnitsScaleRmseAndLeaveSharesAndR2(
            @ForAll @Size(12) List<@IntRange(min = 1, max = 8) Integer> eighths,
            @ForAll ForgettingDefinition definition,
            @ForAll @IntRange(min = -60, max = 60) int exponent) {
        double unit = Math.scalb(1.0, exponent);
        RegressionMatrix here = matrix(1, errors(eighths));
        RegressionMatrix there = matrix(unit, errors(eighths));
        boolean share = definition.word().startsWith("relative");

        assertThat(there.figures(RegressionScore.RMSE).forgetting(definition))
                .isEqualTo(MetricValue.of(here.figures(RegressionScore.RMSE)
                                .forgetting(definition)
                                .number()
                                .orElseThrow()
                        * (share ? 1 : unit)));
        assertThat(there.figures(RegressionScore.RMSE).of(ForgettingMetric.BWT))
                .isEqualTo(MetricValue.of(here.figures(RegressionScore.RMSE)
                                .of(ForgettingMetric.BWT)
                                .number()
                                .orElseThrow()
                        * unit));
        assertThat(there.figures(RegressionScore.R2).forgetting(definition).text())
                .isEqualTo(
                        here.figures(RegressionScore.R2).forgetting(definition).text());
    }

    @Property
    void aCellHasTheErrorsOfItsRows(@ForAll @Size(min = 2, max = 20) List<@IntRange(max = 9) Integer> targets) {
        double[] numbers = targets.stream().mapToDouble(n -> 1e6 + n).toArray();
        double mean = IntStream.range(0, numbers.length)
                .mapToDouble(row -> numbers[row])
                .average()
                .orElseThrow();
        double[] means = numbers.clone();
        Arrays.fill(means, mean);
        boolean constant = targets.stream().distinct().count() == 1;

        RegressionCell ofMean = RegressionCell.of(numbers, means);
        RegressionCell ofAll = RegressionCell.of(numbers, numbers);

        assertThat(ofAll.rmse()).isZero();
        assertThat(ofMean.r2() instanceof MetricValue.Undefined).isEqualTo(constant);
        ofMean.r2().number().ifPresent(r2 -> assertThat(r2).isCloseTo(0, within(1e-9)));
        ofAll.r2().number().ifPresent(r2 -> assertThat(r2).isEqualTo(1));
    }

    @Example
    void aMatrixRefusesWhatCannotBe() {
        RegressionMatrix matrix = matrix(1, ERRORS);
        RegressionCell cell = new RegressionCell(1, 1, 1);

        assertThatThrownBy(() -> matrix.with(1, 1, cell)).hasMessage("cell (after task 1, task 1) is set already");
        assertThatThrownBy(() -> matrix.with(4, 1, cell)).hasMessage("afterTask must be in [0, 3], got 4");
        assertThatThrownBy(() -> RegressionMatrix.empty("s", 1, List.of("a", "a")))
                .hasMessageContaining("two tasks have one name");
        assertThatThrownBy(() -> new RegressionCell(Double.NaN, 1, 1)).hasMessageContaining("squares must be finite");
        assertThatThrownBy(() -> RegressionCell.of(new double[] {1}, new double[] {1, 2}))
                .hasMessage("1 targets, but 2 predictions");
    }

    @Example
    void aBuilderFillsWhatCellsOneByOneDo() {
        RegressionMatrix whole = matrix(1, ERRORS);
        RegressionMatrix.Builder builder = RegressionMatrix.builder("s", 1, List.of("first", "a", "b", "c"));

        builder.setAll(whole, 1);

        assertThat(builder.isSet(1, 1)).isFalse();
        assertThat(builder.build().cell(1 + 2, 1 + 1))
                .isEqualTo(whole.cell(2, 1))
                .isPresent();
        assertThat(builder.build().cells().size()).isEqualTo(whole.cells().size());
        assertThatThrownBy(() -> builder.setAll(whole, 1)).hasMessageContaining("is set already");
        assertThatThrownBy(() -> builder.set(0, 5, new RegressionCell(1, 1, 1)))
                .hasMessage("task must be in [1, 4], got 5");
    }
}
