package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.framework.plain.Batch;
import sluice.framework.strategy.ExperienceReplay.Kind;

class ReplayMemoryTest {
    private static final int TRIES = 20_000;

    private final RandomGenerator random = new SplittableRandom(3);

    @Test
    void aReservoirIsAUniformSampleOfTheStream() {
        int[] kept = new int[12];
        Batch stream = stream(new int[12], new int[12]);

        for (int t = 0; t < TRIES; t++) {
            for (int example : kept(offered(Kind.RESERVOIR, 4, stream))) {
                kept[example]++;
            }
        }

        for (int count : kept) {
            assertThat(count / (double) TRIES).isCloseTo(4 / 12.0, within(0.015));
        }
    }

    @Test
    void aBalancedMemoryIsAUniformSampleOfEachClass() {
        int[] kept = new int[18];
        int[] tasks = IntStream.range(0, 18).map(i -> i / 12).toArray();
        Batch stream = stream(tasks, new int[18]);

        for (int t = 0; t < TRIES; t++) {
            for (int example : kept(offered(Kind.BALANCED, 6, stream))) {
                kept[example]++;
            }
        }

        for (int example = 0; example < 18; example++) {
            double share = example < 12 ? 3 / 12.0 : 3 / 6.0;
            assertThat(kept[example] / (double) TRIES).as("example %d", example).isCloseTo(share, within(0.015));
        }
    }

    @Test
    void aBalancedMemoryKeepsAllOfARareClassAndSharesOutTheRest() {
        int[] targets = new int[40];
        targets[5] = 1;
        targets[30] = 1;
        for (int i = 32; i < 40; i++) {
            targets[i] = 2;
        }
        int[] perClass = new int[3];

        for (int example : kept(offered(Kind.BALANCED, 10, stream(new int[40], targets)))) {
            perClass[targets[example]]++;
        }

        assertThat(perClass).containsExactly(4, 2, 4);
    }

    @Test
    void aSampleHasNoExampleTwiceAndIsAllThereIsIfMoreIsAskedFor() {
        ReplayMemory memory = offered(Kind.RESERVOIR, 9, stream(new int[7], new int[7]));
        Batch few = new Batch(9, 1);
        Batch all = new Batch(9, 1);

        assertThat(memory.sample(5, few)).isEqualTo(5);
        assertThat(memory.sample(9, all)).isEqualTo(7);

        assertThat(examples(few)).doesNotHaveDuplicates().hasSize(5);
        assertThat(examples(all)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void anExampleComesBackWithItsTaskItsTargetAndThePlaceThatItWasGiven() {
        ReplayMemory memory = new ReplayMemory(Kind.RESERVOIR, 3, 1, 2, 4, random);
        Batch stream = stream(new int[] {0, 1, 1}, new int[] {3, 1, 2});
        int[] places = new int[3];
        for (int row = 0; row < 3; row++) {
            places[row] = memory.offer(stream, row);
        }
        Batch sample = new Batch(3, 1);

        memory.sample(3, sample);

        for (int row = 0; row < 3; row++) {
            int example = (int) sample.inputs()[row];
            assertThat(sample.task(row)).isEqualTo(stream.task(example));
            assertThat(sample.target(row)).isEqualTo(stream.target(example));
            assertThat(memory.sampled(row)).isEqualTo(places[example]);
        }
    }

    @Test
    void roomForNothingIsRefused() {
        assertThatThrownBy(() -> new ExperienceReplay(0, Kind.RESERVOIR))
                .hasMessage("memory must be at least 1, got 0");
    }

    private ReplayMemory offered(Kind kind, int capacity, Batch stream) {
        ReplayMemory memory = new ReplayMemory(kind, capacity, 1, 2, 4, random);
        for (int row = 0; row < stream.size(); row++) {
            memory.offer(stream, row);
        }
        return memory;
    }

    private static int[] kept(ReplayMemory memory) {
        Batch all = new Batch(memory.size(), 1);
        memory.sample(memory.size(), all);
        return examples(all);
    }

    /** Examples whose one input is their position. */
    private static Batch stream(int[] tasks, int[] targets) {
        Batch stream = new Batch(tasks.length, 1);
        for (int i = 0; i < tasks.length; i++) {
            stream.inputs()[stream.add(tasks[i], targets[i])] = i;
        }
        return stream;
    }

    private static int[] examples(Batch batch) {
        return IntStream.range(0, batch.size())
                .map(row -> (int) batch.inputs()[row])
                .toArray();
    }
}
