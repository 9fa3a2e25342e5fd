package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(RandomMatrices.class)
class ForgettingDefinitionPropertyTest {
    private static final double ROUNDING = 1e-12;

    @Property
    void everyDefinitionAgreesWithTheNaiveComputation(
            @ForAll AccuracyMatrix matrix, @ForAll ForgettingDefinition definition) {
        double expected = NaiveForgetting.of(definition, RandomMatrices.accuracies(matrix));

        OptionalDouble actual = definition.of(matrix).number();

        assertThat(actual.isPresent()).isEqualTo(!Double.isNaN(expected));
        actual.ifPresent(value -> assertThat(value).isCloseTo(expected, within(ROUNDING)));
    }

    @Property
    void anUndefinedFigureSaysWhatIsMissing(@ForAll AccuracyMatrix matrix, @ForAll ForgettingDefinition definition) {
        if (definition.of(matrix) instanceof MetricValue.Undefined undefined) {
            if (matrix.tasks().size() == 1) {
                assertThat(undefined.reason()).isEqualTo("there is only one task");
            } else if (!definition.word().startsWith("relative")
                    || !undefined.reason().endsWith(" was never answered right before the last was learned")) {
                assertThat(RandomMatrices.absences(matrix)).contains(undefined.reason());
            }
        }
    }

    @Property
    void theFigureOfTheRunIsTheMeanOfThoseOfItsTasksWeightedByTheRowsThatCount(
            @ForAll AccuracyMatrix matrix, @ForAll ForgettingDefinition definition) {
        int last = matrix.tasks().size();
        if (definition.of(matrix) instanceof MetricValue.Defined run) {
            double sum = 0;
            double weights = 0;
            for (int j = 1; j < last; j++) {
                double weight = definition == ForgettingDefinition.MEAN_DROP ? last - j : 1;
                sum += weight * definition.ofTask(matrix, j).number().orElseThrow();
                weights += weight;
            }
            assertThat(run.value()).isCloseTo(sum / weights, within(ROUNDING));
        }
    }

    @Property
    void noDefinitionExceedsTheBestOfAllAndThatIsNeverNegative(@ForAll AccuracyMatrix matrix) {
        OptionalDouble most = ForgettingDefinition.BEST_OF_ALL.of(matrix).number();
        most.ifPresent(value -> assertThat(value).isNotNegative());
        for (ForgettingDefinition other :
                new ForgettingDefinition[] {ForgettingDefinition.BEST_EARLIER, ForgettingDefinition.FIRST}) {
            other.of(matrix)
                    .number()
                    .ifPresent(value -> assertThat(value).isLessThanOrEqualTo(most.orElse(1) + ROUNDING));
        }
    }

    @Property
    void withExactRetentionNothingIsForgottenWhateverWasGuessedBefore(
            @ForAll AccuracyMatrix drawn, @ForAll ForgettingDefinition definition) {
        Assume.that(!definition.word().endsWith("-literal") && drawn.tasks().size() > 1);

        MetricValue forgetting = definition.of(retained(drawn));

        boolean neverRight = forgetting.text().contains("was never answered right");
        assertThat(neverRight || forgetting.equals(MetricValue.of(0)))
                .as(forgetting.text())
                .isTrue();
    }

    /** The same matrix, where every task keeps for ever what it had when it was learned; no cell from then on is missing. */
    private static AccuracyMatrix retained(AccuracyMatrix drawn) {
        AccuracyMatrix kept = AccuracyMatrix.empty(drawn.strategy(), drawn.seed(), drawn.tasks());
        for (int j = 1; j <= drawn.tasks().size(); j++) {
            AccuracyMatrix.Cell learned = drawn.cell(j, j).orElse(new AccuracyMatrix.Cell(j, 7));
            for (int i = 0; i <= drawn.tasks().size(); i++) {
                Optional<AccuracyMatrix.Cell> cell = i < j ? drawn.cell(i, j) : Optional.of(learned);
                if (cell.isPresent()) {
                    kept = kept.with(i, j, cell.get().correct(), cell.get().total());
                }
            }
        }
        return kept;
    }

    @Property
    void firstIsTheNegativeOfBwt(@ForAll AccuracyMatrix matrix) {
        ForgettingMetric.BWT
                .of(matrix)
                .number()
                .ifPresent(bwt -> assertThat(
                                ForgettingDefinition.FIRST.of(matrix).number().orElseThrow())
                        .isCloseTo(-bwt, within(ROUNDING)));
    }
}
