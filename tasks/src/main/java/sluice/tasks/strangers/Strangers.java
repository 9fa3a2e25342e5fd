package sluice.tasks.strangers;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.tasks.Examples;
import sluice.tasks.LeftOut;
import sluice.tasks.Padding;
import sluice.tasks.Shape;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

/** Kinds of examples that no task of a sequence is like. All are made of what is for testing, and of nothing that is learned. */
public enum Strangers {
    /** Test examples of the first task, all of them with their features in one other order, drawn from the seed. */
    PERMUTATION("the test examples of the first task with their features in another order") {
        @Override
        public Examples of(TaskSequence sequence, int most, long seed) {
            Examples own = first(sequence, most);
            int[] order = order(own.features(), new SplittableRandom(seed));
            float[] row = new float[own.features()];
            return made(own.size(), own.features(), (example, values, at) -> {
                own.read(example, row);
                for (int i = 0; i < order.length; i++) {
                    values[at + i] = row[order[i]];
                }
            });
        }
    },
    /** As many as the first task has test examples, each feature uniform between the least and the largest value that those have. */
    NOISE("noise, each feature uniform between the least and the largest value of the first task's test examples") {
        @Override
        public Examples of(TaskSequence sequence, int most, long seed) {
            Examples own = first(sequence, most);
            float[] row = new float[own.features()];
            float least = Float.POSITIVE_INFINITY;
            float largest = Float.NEGATIVE_INFINITY;
            for (int example = 0; example < own.size(); example++) {
                own.read(example, row);
                for (float value : row) {
                    least = Math.min(least, value);
                    largest = Math.max(largest, value);
                }
            }
            float from = least;
            float width = largest - least;
            RandomGenerator random = new SplittableRandom(seed);
            return made(own.size(), own.features(), (example, values, at) -> {
                for (int i = 0; i < row.length; i++) {
                    values[at + i] = from + width * random.nextFloat();
                }
            });
        }
    },
    /** Digits that are drawn, 0 to 255 as pixels are; with a frame of zeros where inputs are larger. */
    DIGITS("drawn digits, which need no data") {
        private static final int COUNT = 2000;

        @Override
        public Optional<String> misfit(TaskSequence sequence) {
            if (sequence.checksums().containsKey("digits-train-images")) {
                return Optional.of("digits are no strangers to tasks of drawn digits: remove digits");
            }
            return frame(sequence.shape()).isPresent()
                    ? Optional.empty()
                    : Optional.of("digits are drawn as pictures of %d x %d pixels, and inputs are %s: remove digits"
                            .formatted(Digits.SIDE, Digits.SIDE, described(sequence.shape())));
        }

        private static Optional<Integer> frame(Shape shape) {
            return shape.pixels()
                    .filter(image -> image.channels() == 1 && image.height() == image.width())
                    .map(image -> image.height() - Digits.SIDE)
                    .filter(more -> more >= 0 && more % 2 == 0)
                    .map(more -> more / 2);
        }

        private static String described(Shape shape) {
            return shape.pixels()
                    .map(image -> image.channels() == 1
                            ? "%d x %d".formatted(image.height(), image.width())
                            : "%d x %d in %d channels".formatted(image.height(), image.width(), image.channels()))
                    .orElseGet(() -> "%d features that are no picture".formatted(shape.features()));
        }

        @Override
        public Examples of(TaskSequence sequence, int most, long seed) {
            Examples drawn =
                    Digits.draw(Digits.CLASSES, Math.min(most, COUNT), seed).test();
            return Padding.around(
                            new Shape.Image(Digits.SIDE, Digits.SIDE),
                            frame(sequence.shape()).orElseThrow())
                    .of(drawn);
        }
    },
    /** Test examples of the classes that were left out of all tasks. */
    LEFT_OUT("the test examples of the classes that were left out") {
        @Override
        public Optional<String> misfit(TaskSequence sequence) {
            return sequence.leftOut().isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            "left-out speaks of classes that no task has, and none were left out: write split: {left_out: 4}, or remove left-out");
        }

        @Override
        public Examples of(TaskSequence sequence, int most, long seed) {
            return some(sequence.leftOut().map(LeftOut::test).orElseThrow(), most);
        }
    };

    private final String description;

    Strangers(String description) {
        this.description = description;
    }

    /** {@return what they are, in a few words} */
    public String description() {
        return description;
    }

    /**
     * {@return why there are none beside such tasks; empty where there are}
     *
     * @param sequence the tasks
     */
    public Optional<String> misfit(TaskSequence sequence) {
        return Optional.empty();
    }

    /**
     * {@return examples that no task is like, raw features, of no meaningful labels; none where the sequence has no test examples of that kind}
     *
     * @param sequence the tasks, which they {@linkplain #misfit fit}
     * @param most how many at the most, at least 10
     * @param seed of what is drawn
     */
    public abstract Examples of(TaskSequence sequence, int most, long seed);

    private static Examples first(TaskSequence sequence, int most) {
        return sequence.tasks().stream()
                .filter(Task::isTested)
                .findFirst()
                .map(task -> some(task.test(), most))
                .orElseGet(() -> Examples.none(sequence.features()));
    }

    /** Evenly chosen. */
    private static Examples some(Examples all, int most) {
        int count = Math.min(all.size(), most);
        return all.select(
                IntStream.range(0, count)
                        .map(i -> (int) ((long) i * all.size() / count))
                        .toArray(),
                label -> 0);
    }

    private static int[] order(int size, RandomGenerator random) {
        int[] order = IntStream.range(0, size).toArray();
        for (int i = size - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }

    private interface Maker {
        void make(int example, float[] values, int at);
    }

    private static Examples made(int count, int features, Maker maker) {
        float[] values = new float[Math.multiplyExact(count, features)];
        for (int example = 0; example < count; example++) {
            maker.make(example, values, example * features);
        }
        return Examples.of(values, features, new int[count]);
    }
}
