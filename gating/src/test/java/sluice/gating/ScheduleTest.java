package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static Progress epoch(int epoch) {
        return new Progress(epoch, epoch + 1, 0, 1);
    }

    private static Progress step(int step, int steps) {
        return new Progress(0, 1, step, steps);
    }

    @Test
    void constantScheduleKeepsItsValue() {
        Schedule schedule = new Schedule.Constant(2.5);

        assertThat(schedule.at(epoch(0))).isEqualTo(2.5);
        assertThat(schedule.at(epoch(1_000))).isEqualTo(2.5);
    }

    @Test
    void linearScheduleAddsItsRateEveryEpochUpToTheLimit() {
        Schedule schedule = new Schedule.Linear(1, 0.04, 5);

        assertThat(schedule.at(epoch(0))).isEqualTo(1);
        assertThat(schedule.at(epoch(25))).isCloseTo(2, within(1e-12));
        assertThat(schedule.at(epoch(100))).isCloseTo(5, within(1e-12));
        assertThat(schedule.at(epoch(101))).isEqualTo(5);
    }

    @Test
    void linearScheduleOfANegativeRateFallsDownToTheLimit() {
        Schedule schedule = new Schedule.Linear(1, -0.25, 0.4);

        assertThat(schedule.at(epoch(0))).isEqualTo(1);
        assertThat(schedule.at(epoch(2))).isEqualTo(0.5);
        assertThat(schedule.at(epoch(3))).isEqualTo(0.4);
        assertThat(schedule.least()).isEqualTo(0.4);
    }

    @Test
    void exponentialScheduleMultipliesByItsRateEveryEpochUpToTheLimit() {
        Schedule schedule = new Schedule.Exponential(1, 1.1, 20);

        assertThat(schedule.at(epoch(0))).isEqualTo(1);
        assertThat(schedule.at(epoch(1))).isEqualTo(1.1);
        assertThat(schedule.at(epoch(30))).isCloseTo(17.449402, within(1e-6));
        assertThat(schedule.at(epoch(1_000_000))).isEqualTo(20);
    }

    @Test
    void exponentialScheduleOfARateBelowOneFallsDownToTheLimit() {
        Schedule schedule = new Schedule.Exponential(1, 0.5, 0.2);

        assertThat(schedule.at(epoch(2))).isEqualTo(0.25);
        assertThat(schedule.at(epoch(3))).isEqualTo(0.2);
        assertThat(schedule.least()).isEqualTo(0.2);
    }

    @Test
    void cosineGoesFromItsStartAtTheFirstStepOfTheTaskToItsEndAtTheLast() {
        Schedule schedule = new Schedule.Cosine(3, 1);

        assertThat(schedule.at(new Progress(0, 3, 0, 5))).isEqualTo(3);
        assertThat(schedule.at(new Progress(0, 1, 1, 5))).isCloseTo(2 + Math.sqrt(0.5), within(1e-12));
        assertThat(schedule.at(new Progress(1, 3, 2, 5))).isCloseTo(2, within(1e-12));
        assertThat(schedule.at(new Progress(2, 3, 4, 5))).isEqualTo(1);
        assertThat(schedule.at(Progress.START)).isEqualTo(3);
    }

    @Test
    void slopeOfHatRisesInEveryEpochFromOneOverTheLimitToTheLimit() {
        Schedule schedule = new Schedule.Hat(400);

        for (int epoch = 0; epoch < 2; epoch++) {
            assertThat(schedule.at(new Progress(epoch, 2, 0, 101))).isEqualTo(0.0025);
            assertThat(schedule.at(new Progress(epoch, 2, 25, 101))).isCloseTo(100.001875, within(1e-9));
            assertThat(schedule.at(new Progress(epoch, 2, 100, 101))).isEqualTo(400);
        }
    }

    @Test
    void compensationOfHatIsTheFormulaWithTheArgumentCutOffAtFifty() {
        Schedule schedule = new Schedule.Hat(10);

        // 10 (cosh 1 + 1) / (2 (cosh 0.5 + 1))
        assertThat(schedule.compensation(2, 0.5)).isCloseTo(5.976334, within(1e-6));
        assertThat(schedule.compensation(2, -0.5)).isEqualTo(schedule.compensation(2, 0.5));
        assertThat(schedule.compensation(4, 0)).isEqualTo(2.5);
        assertThat(schedule.compensation(10, 6)).isCloseTo((Math.cosh(50) + 1) / (Math.cosh(6) + 1), within(1e6));
    }

    @Property
    void compensationOfHatTurnsTheDerivativeAtAnySlopeIntoTheLimitTimesThatAtSlopeOne(
            @ForAll @DoubleRange(min = -3, max = 3) double logit,
            @ForAll @DoubleRange(min = 0.1, max = 10) double slope) {
        double compensated =
                GateActivation.SIGMOID.derivative(logit, slope) * new Schedule.Hat(10).compensation(slope, logit);

        assertThat(compensated).isCloseTo(10 * GateActivation.SIGMOID.derivative(logit, 1), within(1e-9));
    }

    @Test
    void schedulesButHatLeaveTheGradientAsItIs() {
        assertThat(new Schedule.Linear(1, 1, 9).compensation(7, 3)).isEqualTo(1);
        assertThat(new Schedule.Cosine(1, 9).compensation(7, 3)).isEqualTo(1);
    }

    @Provide
    Arbitrary<Schedule> growing() {
        Arbitrary<Double> starts = Arbitraries.doubles().between(0.1, 5);
        Arbitrary<Double> rates = Arbitraries.doubles().between(0, 2);
        Arbitrary<Double> rooms = Arbitraries.doubles().between(0, 50);
        return Arbitraries.oneOf(
                starts.map(Schedule.Constant::new),
                Combinators.combine(starts, rates, rooms)
                        .as((start, rate, room) -> new Schedule.Linear(start, rate, start + room)),
                Combinators.combine(starts, rates, rooms)
                        .as((start, rate, room) -> new Schedule.Exponential(start, 1 + rate, start + room)));
    }

    @Property
    void growingScheduleIsPositiveAndNeverFalls(
            @ForAll("growing") Schedule schedule, @ForAll @IntRange(max = 10_000) int epoch) {
        assertThat(schedule.at(epoch(epoch))).isPositive().isFinite();
        assertThat(schedule.at(epoch(epoch + 1))).isGreaterThanOrEqualTo(schedule.at(epoch(epoch)));
    }

    @Provide
    Arbitrary<Schedule> any() {
        Arbitrary<Double> values = Arbitraries.doubles().between(0.1, 5);
        return Arbitraries.oneOf(
                growing(),
                Combinators.combine(values, values).as((start, rate) -> new Schedule.Linear(start + 0.1, -rate, start)),
                Combinators.combine(values, Arbitraries.doubles().between(0.01, 0.99))
                        .as((start, rate) -> new Schedule.Exponential(start + 0.1, rate, start)),
                Combinators.combine(values, values).as(Schedule.Cosine::new),
                Arbitraries.doubles().between(1, 1_000).map(Schedule.Hat::new));
    }

    @Property
    void noValueIsBelowTheLeast(
            @ForAll("any") Schedule schedule,
            @ForAll @IntRange(max = 99) int epoch,
            @ForAll @IntRange(max = 9) int step) {
        assertThat(schedule.at(new Progress(epoch, 100, step, 10))).isGreaterThanOrEqualTo(schedule.least() - 1e-12);
    }

    @Test
    void scheduleThatMustBePositiveIsRefusedWithItsNameAndLeastValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Linear(1, -0.5, 0).checkPositive("temperature"))
                .withMessage("temperature must be above 0, got 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Constant(-2).checkPositive("slope"))
                .withMessage("slope must be above 0, got -2.0");
        new Schedule.Cosine(1, 1e-3).checkPositive("temperature");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numberThatIsNotFiniteIsRefused(double number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Constant(number))
                .withMessage("value must be finite, got " + number);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Linear(number, 0.1, 5))
                .withMessage("start must be finite, got " + number);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Linear(1, number, 5))
                .withMessage("rate must be finite, got " + number);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Cosine(number, 5))
                .withMessage("start must be finite, got " + number);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Cosine(5, number))
                .withMessage("end must be finite, got " + number);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Hat(number))
                .withMessage("limit must be finite, got " + number);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void exponentialScheduleFromOrByAFactorThatIsNotPositiveIsRefused(double number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Exponential(number, 1.1, 5))
                .withMessage("start must be above 0 and finite, got " + number);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Exponential(1, number, 5))
                .withMessage("rate must be above 0 and finite, got " + number);
    }

    @Test
    void limitOfHatBelowOneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Hat(0.9))
                .withMessage("limit must be at least 1, got 0.9");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.9, -1, Double.NaN})
    void limitBelowTheStartOfAGrowingScheduleIsRefused(double limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Linear(2, 0.1, limit))
                .withMessage("limit must be at least the start 2.0, got " + limit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Exponential(2, 1.1, limit))
                .withMessage("limit must be at least the start 2.0, got " + limit);
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.1, Double.NaN})
    void limitAboveTheStartOfAFallingScheduleIsRefused(double limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Linear(2, -0.1, limit))
                .withMessage("limit must be at most the start 2.0, got " + limit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Exponential(2, 0.9, limit))
                .withMessage("limit must be at most the start 2.0, got " + limit);
    }

    @Test
    void progressOfOneStepIsAtItsStart() {
        assertThat(Progress.START.ofEpoch()).isZero();
        assertThat(Progress.START.ofTask()).isZero();
        assertThat(new Progress(3, 4, 0, 1).ofEpoch()).isZero();
        assertThat(new Progress(3, 4, 0, 1).ofTask()).isEqualTo(1);
    }

    @Test
    void progressIsZeroAtTheFirstStepAndOneAtTheLast() {
        assertThat(step(0, 11).ofEpoch()).isZero();
        assertThat(step(5, 11).ofEpoch()).isEqualTo(0.5);
        assertThat(step(10, 11).ofEpoch()).isEqualTo(1);
        assertThat(new Progress(0, 2, 0, 3).ofTask()).isZero();
        assertThat(new Progress(1, 2, 0, 3).ofTask()).isEqualTo(0.6);
        assertThat(new Progress(1, 2, 2, 3).ofTask()).isEqualTo(1);
    }

    @Test
    void progressIsOneAtTheLastStepOfAnEpochThatIsCutShort() {
        assertThat(new Progress(1, 2, 0, 7, 3).ofEpoch()).isZero();
        assertThat(new Progress(1, 2, 2, 7, 3).ofEpoch()).isEqualTo(1);
        assertThat(new Progress(0, 2, 3, 7, 3).ofEpoch()).isEqualTo(0.5);
        assertThat(new Progress(1, 2, 0, 7, 1).ofEpoch()).isEqualTo(1);
        assertThat(new Progress(0, 2, 0, 7, 3).ofTask()).isZero();
        assertThat(new Progress(1, 2, 0, 7, 3).ofTask()).isEqualTo(7.0 / 9);
        assertThat(new Progress(1, 2, 2, 7, 3).ofTask()).isEqualTo(1);
    }

    @Test
    void anEpochThatIsCutShortHasAtLeastOneStepAndNoMoreThanAWholeOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Progress(1, 2, 3, 7, 3))
                .withMessage("step must be in [0, 3), got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Progress(0, 2, 0, 7, 0))
                .withMessage("lastSteps must be in [1, 7], got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Progress(0, 2, 0, 7, 8))
                .withMessage("lastSteps must be in [1, 7], got 8");
    }

    @Test
    void progressOutsideOfTheTrainingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Progress(2, 2, 0, 1))
                .withMessage("epoch must be in [0, 2), got 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Progress(-1, 2, 0, 1))
                .withMessage("epoch must be in [0, 2), got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Progress(0, 2, 3, 3))
                .withMessage("step must be in [0, 3), got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Progress(0, 2, -1, 3))
                .withMessage("step must be in [0, 3), got -1");
    }
}
