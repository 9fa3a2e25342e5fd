package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
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
            } else if (definition != ForgettingDefinition.RELATIVE
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
    void firstIsTheNegativeOfBwt(@ForAll AccuracyMatrix matrix) {
        ForgettingMetric.BWT
                .of(matrix)
                .number()
                .ifPresent(bwt -> assertThat(
                                ForgettingDefinition.FIRST.of(matrix).number().orElseThrow())
                        .isCloseTo(-bwt, within(ROUNDING)));
    }
}
