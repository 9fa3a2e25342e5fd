package sluice.framework.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;

final class FeatureSumsTest {
    private static final int FEATURES = 7;
    private static final int CLASSES = 3;

    @Test
    void discriminantOfStreamedSumsIsThatOfTheWholeBatchInDoublePrecision() {
        float[][] rows = rows(400, 1);
        int[] classes = classes(400);

        Discriminant streamed = solve(rows, classes, 37);

        double[][] naive = NaiveDiscriminant.scores(rows, classes, CLASSES, Shrinkage.of(FEATURES, 400 - CLASSES));
        double[] expected = differences(naive);
        double[] actual = differences(streamed, rows);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(2e-3));
        }
    }

    @Test
    void orderOfExamplesDoesNotMatter() {
        float[][] rows = rows(300, 2);
        int[] classes = classes(300);
        float[][] backwards = new float[300][];
        int[] classesBackwards = new int[300];
        for (int i = 0; i < 300; i++) {
            backwards[i] = rows[299 - i];
            classesBackwards[i] = classes[299 - i];
        }

        Discriminant one = solve(rows, classes, 50);
        Discriminant other = solve(backwards, classesBackwards, 41);

        double[] expected = differences(one, rows);
        double[] actual = differences(other, rows);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(2e-3));
        }
    }

    @Test
    void sumsOfAClassKeepEveryBitWhileOthersAreLearned() {
        float[][] rows = rows(120, 4);
        try (Lanes lanes = Lanes.startSharing(2);
                FeatureSums sums = sums(rows, new int[120], 50, lanes)) {
            double[] before = sums.sum(0).clone();
            int[] others = new int[120];
            Arrays.fill(others, 1);

            add(sums, rows(120, 5), others, 50);

            assertThat(sums.sum(0)).isEqualTo(before);
            assertThat(sums.count(0)).isEqualTo(120);
        }
    }

    @Test
    void someFeaturesGiveWhatSumsOfTheseAloneGive() {
        float[][] rows = rows(200, 3);
        int[] classes = classes(200);
        int[] kept = {0, 2, 5};
        float[][] fewer = new float[200][3];
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 3; j++) {
                fewer[i][j] = rows[i][kept[j]];
            }
        }

        double[] ofSome;
        double[] ofThese;
        try (Lanes lanes = Lanes.startSharing(2);
                FeatureSums sums = sums(rows, classes, 64, lanes);
                FeatureSums alone = sums(fewer, classes, 64, lanes)) {
            ofSome = differences(new DiscriminantSolver(sums, kept, lanes).solve(), fewer);
            ofThese = differences(new DiscriminantSolver(alone, new int[] {0, 1, 2}, lanes).solve(), fewer);
        }

        for (int i = 0; i < ofThese.length; i++) {
            assertThat(ofSome[i]).isCloseTo(ofThese[i], within(2e-3));
        }
    }

    @Test
    void constantFeaturesAndClassesOfOneExampleGiveFiniteScores() {
        float[][] rows = {{1, 2, 3}, {1, 2, 3}, {1, 2, 3}};

        Discriminant constant = solve(rows, new int[] {0, 0, 1}, 8);

        double[] scores = scores(constant, rows);
        assertThat(scores).doesNotContain(Double.NaN);
        assertThat(scores[0]).as("the more frequent class").isGreaterThan(scores[1]);
    }

    @Test
    void oneExampleOfEachClassIsTheNearestMean() {
        float[][] rows = {{0, 0, 0}, {1, 0, 0}, {0, 2, 0}};

        Discriminant nearest = solve(rows, new int[] {0, 1, 2}, 8);

        float[][] asked = {{0.1f, 0.1f, 0}, {0.9f, 0.1f, 0}, {0, 1.9f, 0}};
        double[] scores = scores(nearest, asked);
        for (int e = 0; e < 3; e++) {
            for (int c = 0; c < 3; c++) {
                assertThat(scores[3 * e + e]).isGreaterThanOrEqualTo(scores[3 * e + c]);
            }
        }
    }

    static Discriminant solve(float[][] rows, int[] classes, int chunk) {
        try (Lanes lanes = Lanes.startSharing(2);
                FeatureSums sums = sums(rows, classes, chunk, lanes)) {
            int[] all = new int[rows[0].length];
            Arrays.setAll(all, i -> i);
            return new DiscriminantSolver(sums, all, lanes).solve();
        }
    }

    static FeatureSums sums(float[][] rows, int[] classes, int chunk, Lanes lanes) {
        FeatureSums sums = new FeatureSums(rows[0].length, lanes);
        add(sums, rows, classes, chunk);
        return sums;
    }

    private static void add(FeatureSums sums, float[][] rows, int[] classes, int chunk) {
        for (int first = 0; first < rows.length; first += chunk) {
            int count = Math.min(chunk, rows.length - first);
            try (NativeMatrix features = NativeMatrix.allocate(count, rows[0].length)) {
                int[] components = new int[count];
                for (int e = 0; e < count; e++) {
                    features.put(e, 0, rows[first + e], 0, rows[0].length);
                    components[e] = classes[first + e];
                }
                sums.add(features, components, count);
            }
        }
    }

    /** Classes of different means, with features that go together. */
    static float[][] rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[count][FEATURES];
        for (int i = 0; i < count; i++) {
            double common = random.nextGaussian();
            for (int j = 0; j < FEATURES; j++) {
                rows[i][j] = (float) (5 + common + random.nextGaussian() + (j == i % CLASSES ? 1.5 : 0));
            }
        }
        return rows;
    }

    static int[] classes(int count) {
        int[] classes = new int[count];
        Arrays.setAll(classes, i -> i % CLASSES);
        return classes;
    }

    private static double[] scores(Discriminant discriminant, float[][] rows) {
        try (DiscriminantScores scores = new DiscriminantScores(discriminant);
                NativeMatrix features = NativeMatrix.allocate(rows.length, rows[0].length)) {
            for (int e = 0; e < rows.length; e++) {
                features.put(e, 0, rows[e], 0, rows[e].length);
            }
            return Arrays.copyOf(scores.of(features, rows.length), rows.length * discriminant.components());
        }
    }

    /** Scores less the first of each example: what is shared means nothing. */
    private static double[] differences(Discriminant discriminant, float[][] rows) {
        double[] scores = scores(discriminant, rows);
        int components = discriminant.components();
        for (int e = 0; e < rows.length; e++) {
            double base = scores[e * components];
            for (int c = 0; c < components; c++) {
                scores[e * components + c] -= base;
            }
        }
        return scores;
    }

    private static double[] differences(double[][] scores) {
        return Arrays.stream(scores)
                .flatMapToDouble(row -> Arrays.stream(row).map(score -> score - row[0]))
                .toArray();
    }
}
