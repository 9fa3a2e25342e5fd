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
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlopeScheduleTest {
    @Test
    void constantScheduleKeepsItsSlope() {
        SlopeSchedule schedule = new SlopeSchedule.Constant(2.5);

        assertThat(schedule.at(0)).isEqualTo(2.5);
        assertThat(schedule.at(1_000)).isEqualTo(2.5);
    }

    @Test
    void linearScheduleAddsItsRateEveryEpochUpToTheLimit() {
        SlopeSchedule schedule = new SlopeSchedule.Linear(1, 0.04, 5);

        assertThat(schedule.at(0)).isEqualTo(1);
        assertThat(schedule.at(25)).isCloseTo(2, within(1e-12));
        assertThat(schedule.at(100)).isCloseTo(5, within(1e-12));
        assertThat(schedule.at(101)).isEqualTo(5);
    }

    @Test
    void exponentialScheduleMultipliesByItsRateEveryEpochUpToTheLimit() {
        SlopeSchedule schedule = new SlopeSchedule.Exponential(1, 1.1, 20);

        assertThat(schedule.at(0)).isEqualTo(1);
        assertThat(schedule.at(1)).isEqualTo(1.1);
        assertThat(schedule.at(30)).isCloseTo(17.449402, within(1e-6));
        assertThat(schedule.at(1_000_000)).isEqualTo(20);
    }

    @Provide
    Arbitrary<SlopeSchedule> schedules() {
        Arbitrary<Double> starts = Arbitraries.doubles().between(0.1, 5);
        Arbitrary<Double> rates = Arbitraries.doubles().between(0, 2);
        Arbitrary<Double> rooms = Arbitraries.doubles().between(0, 50);
        return Arbitraries.oneOf(
                starts.map(SlopeSchedule.Constant::new),
                Combinators.combine(starts, rates, rooms)
                        .as((start, rate, room) -> new SlopeSchedule.Linear(start, rate, start + room)),
                Combinators.combine(starts, rates, rooms)
                        .as((start, rate, room) -> new SlopeSchedule.Exponential(start, 1 + rate, start + room)));
    }

    @Property
    void slopeIsPositiveAndNeverFalls(
            @ForAll("schedules") SlopeSchedule schedule, @ForAll @IntRange(max = 10_000) int epoch) {
        assertThat(schedule.at(epoch)).isPositive().isFinite();
        assertThat(schedule.at(epoch + 1)).isGreaterThanOrEqualTo(schedule.at(epoch));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void startThatIsNotPositiveAndFiniteIsRefused(double start) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlopeSchedule.Constant(start))
                .withMessage("slope must be above 0 and finite, got " + start);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlopeSchedule.Linear(start, 0.1, 5))
                .withMessage("start must be above 0 and finite, got " + start);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlopeSchedule.Exponential(start, 1.1, 5))
                .withMessage("start must be above 0 and finite, got " + start);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void linearRateThatWouldLowerOrExplodeTheSlopeIsRefused(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlopeSchedule.Linear(1, rate, 5))
                .withMessage("rate must be at least 0 and finite, got " + rate);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.99, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void exponentialRateThatWouldLowerOrExplodeTheSlopeIsRefused(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlopeSchedule.Exponential(1, rate, 5))
                .withMessage("rate must be at least 1 and finite, got " + rate);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.9, -1, Double.NaN})
    void limitBelowTheStartIsRefused(double limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlopeSchedule.Linear(2, 0.1, limit))
                .withMessage("limit must be at least the start 2.0, got " + limit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlopeSchedule.Exponential(2, 1.1, limit))
                .withMessage("limit must be at least the start 2.0, got " + limit);
    }
}
