package sluice.framework.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.internal.kernel.Lanes;
import sluice.tasks.Examples;

/** Notices borders of streams that are drawn from known densities. */
class BorderDetectorTest {
    private static final int FEATURES = 60;
    private static final int MINI_BATCH = 32;

    private final Lanes lanes = Lanes.start(1);

    @AfterEach
    void close() {
        lanes.close();
    }

    /** Draws features that are on or off, by probabilities of each task's own. */
    private static final class Pixels {
        private final SplittableRandom random;
        private final double[][] on;

        Pixels(long seed, int tasks) {
            this.random = new SplittableRandom(seed);
            this.on = new double[tasks][FEATURES];
            for (double[] task : on) {
                for (int i = 0; i < FEATURES; i++) {
                    task[i] = random.nextDouble() < 0.5 ? 0.1 : 0.8;
                }
            }
        }

        float[] row(int task) {
            float[] row = new float[FEATURES];
            for (int i = 0; i < FEATURES; i++) {
                row[i] = random.nextDouble() < on[task][i] ? 255 : 0;
            }
            return row;
        }

        /** A mini-batch of which so many examples are of another task. */
        Examples batch(int size, int task, int others, int other) {
            float[][] rows = new float[size][];
            for (int r = 0; r < size; r++) {
                rows[r] = row(r < others ? other : task);
            }
            return Examples.of(rows, new int[size]);
        }
    }

    /** Mini-batches, counted from 0, and what was noticed there. */
    private record Noticed(int batch, StreamBorder border) {}

    private List<Noticed> noticed(List<Examples> stream) {
        BorderDetector detector = new BorderDetector(stream.get(0), lanes);
        List<Noticed> noticed = new ArrayList<>();
        for (int b = 0; b < stream.size(); b++) {
            int batch = b;
            detector.look(stream.get(b)).border().ifPresent(border -> noticed.add(new Noticed(batch, border)));
        }
        return noticed;
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 32, 100})
    void aTaskThatBeginsIsNoticedSoonAndOneThatComesBackIsRecognised(int size) {
        Pixels pixels = new Pixels(size, 3);
        int each = 1600 / size;
        List<Examples> stream = new ArrayList<>();
        for (int task : new int[] {0, 1, 2, 0, 2, 1}) {
            for (int b = 0; b < each; b++) {
                stream.add(pixels.batch(size, task, 0, task));
            }
        }

        List<Noticed> noticed = noticed(stream);

        assertThat(noticed)
                .extracting(Noticed::border)
                .containsExactly(
                        new StreamBorder(0, true),
                        new StreamBorder(1, true),
                        new StreamBorder(2, true),
                        new StreamBorder(0, false),
                        new StreamBorder(2, false),
                        new StreamBorder(1, false));
        for (int part = 0; part < noticed.size(); part++) {
            assertThat(noticed.get(part).batch() - part * each).isBetween(0, 19);
        }
    }

    @Test
    void noBorderIsNoticedWhereNoneIs() {
        for (int seed = 0; seed < 40; seed++) {
            Pixels pixels = new Pixels(seed, 1);
            List<Examples> stream = new ArrayList<>();
            for (int b = 0; b < 150; b++) {
                stream.add(pixels.batch(seed % 2 == 0 ? MINI_BATCH : 10, 0, 0, 0));
            }

            assertThat(noticed(stream)).as("seed %s", seed).hasSize(1);
        }
    }

    @Test
    void outliersAreNoTaskAndAreLearnedWhenTheyAreOld() {
        Pixels pixels = new Pixels(7, 2);
        BorderDetector detector = new BorderDetector(pixels.batch(MINI_BATCH, 0, 0, 0), lanes);
        int borders = 0;
        int learned = 0;
        for (int b = 0; b < 400; b++) {
            StreamLook look = detector.look(pixels.batch(MINI_BATCH, 0, b % 2, 1));
            borders += look.border().isPresent() ? 1 : 0;
            learned += look.learned().stream().mapToInt(Examples::size).sum();
        }

        assertThat(borders).isEqualTo(1);
        assertThat(learned).isBetween(400 * MINI_BATCH - MINI_BATCH * WithheldExamples.WINDOW, 400 * MINI_BATCH - 1);
    }

    @Test
    void whereATaskGoesOverIntoTheNextTheOldOneIsNotTakenForOneThatComesBack() {
        Pixels pixels = new Pixels(3, 2);
        List<Examples> stream = new ArrayList<>();
        for (int b = 0; b < 240; b++) {
            int others = Math.max(0, Math.min(MINI_BATCH, (b - 80) * MINI_BATCH / 80));
            stream.add(pixels.batch(MINI_BATCH, 0, others, 1));
        }

        List<Noticed> noticed = noticed(stream);

        assertThat(noticed)
                .extracting(Noticed::border)
                .containsExactly(new StreamBorder(0, true), new StreamBorder(1, true));
        assertThat(noticed.get(1).batch()).isBetween(80, 120);
    }

    @Test
    void examplesOfAFinishedTaskAreNotLearnedWithTheNextOne() {
        Pixels pixels = new Pixels(4, 2);
        BorderDetector detector = new BorderDetector(pixels.batch(MINI_BATCH, 0, 0, 0), lanes);
        for (int b = 0; b < 100; b++) {
            detector.look(pixels.batch(MINI_BATCH, b < 50 ? 0 : 1, 0, 0));
        }

        StreamLook look = detector.look(pixels.batch(MINI_BATCH, 1, 12, 0));

        assertThat(look.tasks()).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0).endsWith(1, 1, 1, 1, 1);
        assertThat(look.learned().stream().mapToInt(Examples::size).sum()).isEqualTo(MINI_BATCH - 12);
    }

    @ParameterizedTest
    @CsvSource({"0.5", "1.0"})
    void tasksThatNoSingleExampleTellsApartAreToldByTheMeansOfMiniBatches(double shift) {
        SplittableRandom random = new SplittableRandom(5);
        List<Examples> stream = new ArrayList<>();
        for (int b = 0; b < 200; b++) {
            float[][] rows = new float[MINI_BATCH][FEATURES];
            for (float[] row : rows) {
                for (int i = 0; i < FEATURES; i++) {
                    row[i] = (float) (random.nextGaussian() + (b >= 100 && i % 2 == 0 ? shift : 0));
                }
            }
            stream.add(Examples.of(rows, new int[MINI_BATCH]));
        }

        List<Noticed> noticed = noticed(stream);

        assertThat(noticed).hasSize(2);
        assertThat(noticed.get(1).border()).isEqualTo(new StreamBorder(1, true));
        assertThat(noticed.get(1).batch()).isBetween(100, 110);
    }

    @Test
    void whereBordersAreToldNothingIsWithheld() {
        Pixels pixels = new Pixels(6, 2);
        BorderDetector detector = new BorderDetector(pixels.batch(MINI_BATCH, 0, 0, 0), lanes);
        int[] told = {0, 0, 1, 1, 0, 1};
        List<Integer> learned = new ArrayList<>();
        List<Boolean> borders = new ArrayList<>();
        for (int task : told) {
            StreamLook look = detector.told(pixels.batch(MINI_BATCH, task, 0, 0), task);
            learned.add(look.learned().stream().mapToInt(Examples::size).sum());
            borders.add(look.border().isPresent());
        }

        assertThat(learned).containsExactly(MINI_BATCH, MINI_BATCH, MINI_BATCH, MINI_BATCH, 0, 0);
        assertThat(borders).containsExactly(true, false, true, false, true, true);
        Examples any = pixels.batch(MINI_BATCH, 0, 0, 0);
        assertThatThrownBy(() -> detector.told(any, 3)).hasMessage("task must be in [0, 2], got 3");
    }
}
