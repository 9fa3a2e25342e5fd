package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void everyRowOfEveryJobIsDoneOnceAndBeforeTheJobEnds(int count) {
        AtomicIntegerArray done = new AtomicIntegerArray(100);
        try (Lanes lanes = Lanes.startSharing(count)) {
            for (int job = 1; job <= 1000; job++) {
                lanes.run(
                        lane -> {
                            for (int row = lane.first(3, 97); row < lane.end(3, 97); row++) {
                                done.incrementAndGet(row);
                            }
                        },
                        1);

                for (int row = 0; row < 100; row++) {
                    assertThat(done.get(row)).isEqualTo(row >= 3 && row < 97 ? job : 0);
                }
            }
        }
    }

    @Test
    void aSmallJobIsNotCutUp() {
        try (Lanes lanes = Lanes.start(4)) {
            lanes.run(lane -> assertThat(lane.count()).isEqualTo(1), 10);
            lanes.run(lane -> assertThat(lane.count()).isEqualTo(4), Long.MAX_VALUE);
        }
    }

    @Test
    void whatAShareThrowsReachesTheCallerAndTheNextJobRuns() {
        try (Lanes lanes = Lanes.startSharing(3)) {
            for (int share = 0; share < 3; share++) {
                int bad = share;

                assertThatThrownBy(() -> lanes.run(
                                lane -> {
                                    if (lane.index() == bad) {
                                        throw new IllegalStateException("share " + bad);
                                    }
                                },
                                1))
                        .hasMessage("share " + bad);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 257})
    void threadsOutOfRangeAreRefused(int count) {
        assertThatThrownBy(() -> Lanes.start(count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads must be in [1, 256], got " + count);
    }
}
