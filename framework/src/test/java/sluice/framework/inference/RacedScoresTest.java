package sluice.framework.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A race finds the task that all terms would find, by fewer of them. */
class RacedScoresTest {
    private static final int TERMS = 800;

    private static float[] chances(SplittableRandom random) {
        float[] chances = new float[TERMS];
        for (int k = 0; k < TERMS; k++) {
            chances[k] = (float) (0.02 + 0.96 * random.nextDouble());
        }
        return chances;
    }

    private static RacedScores race(float[][] chances) {
        RacedScores raced = new RacedScores(TERMS, 1);
        for (int task = 0; task < chances.length; task++) {
            float[] weights = new float[TERMS];
            double[] constants = new double[TERMS];
            for (int k = 0; k < TERMS; k++) {
                weights[k] = (float) Math.log(chances[task][k] / (1 - chances[task][k]));
                constants[k] = Math.log(1 - chances[task][k]);
            }
            raced.set(task, weights, constants);
        }
        return raced;
    }

    private static float[] drawn(float[] chances, SplittableRandom random) {
        float[] values = new float[TERMS];
        for (int k = 0; k < TERMS; k++) {
            values[k] = random.nextDouble() < chances[k] ? 1 : 0;
        }
        return values;
    }

    @Property(tries = 40)
    void findsWhatAllTermsWouldFind(@ForAll @IntRange(min = 1, max = 60) int tasks, @ForAll int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] chances =
                IntStream.range(0, tasks).mapToObj(t -> chances(random)).toArray(float[][]::new);
        RacedScores raced = race(chances);
        double[] scores = new double[tasks];
        for (int of = 0; of < tasks; of++) {
            float[] values = drawn(chances[of], random);

            raced.score(values, scores, raced.new Scratch());

            double[] whole = IntStream.range(0, tasks)
                    .mapToDouble(t -> raced.whole(t, values))
                    .toArray();
            assertThat(HeldOutScores.largest(scores)).isEqualTo(HeldOutScores.largest(whole));
            assertThat(HeldOutScores.largest(whole)).isEqualTo(of);
        }
    }

    @Test
    void aScoreOfAllTermsIsTheLogarithmOfTheProduct() {
        SplittableRandom random = new SplittableRandom(3);
        float[] chances = chances(random);
        float[] values = drawn(chances, random);

        double score = race(new float[][] {chances}).whole(0, values);

        double expected = IntStream.range(0, TERMS)
                .mapToDouble(k -> Math.log(values[k] == 1 ? chances[k] : 1 - chances[k]))
                .sum();
        assertThat(score).isCloseTo(expected, within(1e-3));
    }

    @Test
    void tasksThatAreAlikeAreScoredByAllTerms() {
        SplittableRandom random = new SplittableRandom(5);
        float[] chances = chances(random);
        float[] other = chances.clone();
        other[TERMS - 1] = 1 - chances[TERMS - 1];
        RacedScores raced = race(new float[][] {chances, other});
        float[] values = drawn(chances, random);
        double[] scores = new double[2];

        long work = raced.score(values, scores, raced.new Scratch());

        long present = IntStream.range(0, TERMS).filter(k -> values[k] != 0).count();
        assertThat(work).isEqualTo(2 * present);
        assertThat(scores[0]).isCloseTo(raced.whole(0, values), within(1e-3));
        assertThat(scores[1]).isCloseTo(raced.whole(1, values), within(1e-3));
    }

    @Test
    void aFurtherTaskCostsAFewTerms() {
        SplittableRandom random = new SplittableRandom(7);
        float[][] chances =
                IntStream.range(0, 500).mapToObj(t -> chances(random)).toArray(float[][]::new);
        long few = work(Arrays.copyOf(chances, 10), random);
        long many = work(chances, random);

        assertThat(few).isLessThan(10L * TERMS / 4);
        assertThat(many).isLessThan(500L * TERMS / 8);
    }

    private static long work(float[][] chances, SplittableRandom random) {
        RacedScores raced = race(chances);
        return raced.score(drawn(chances[0], random), new double[chances.length], raced.new Scratch());
    }
}
