package sluice.tasks.digits;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.hash.Hashing;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Shape;

/**
 * The built-in data set {@code digits}: ten classes of handwritten-looking digits, drawn from a seed, in any number.
 *
 * <p>An image is MNIST's: 28 x 28 pixels, row-major, 784 features, integers 0 (no ink) to 255; the digit is about 20
 * pixels high or wide, its centre of mass near the middle. Same seed, same bytes, on every machine. An example depends
 * on the seed, on its part (training or test) and on its position only, not on how many are drawn; so the first examples
 * of a larger draw are those of a smaller one.
 *
 * <p>Classes are balanced and shuffled: each ten consecutive examples, counted from 0, are the ten digits in random
 * order.
 */
public final class Digits {
    /** What the data set is called in scripts and reports. */
    public static final String NAME = "digits";

    /** Number of digits. */
    public static final int CLASSES = 10;

    /** Pixels per side of an image. */
    public static final int SIDE = 28;

    /** Features of an example: {@code SIDE * SIDE}. */
    public static final int FEATURES = SIDE * SIDE;

    private static final int LARGEST_SIZE = Integer.MAX_VALUE / FEATURES;

    private Digits() {}

    /**
     * Draws a data set.
     *
     * @param trainSize number of training examples, 10 to 2,739,137
     * @param testSize number of test examples, 10 to 2,739,137
     * @param seed any; another seed, other images
     * @return the data set {@code digits}, with the SHA-256 of the bytes (one a pixel, one a label) under
     *     {@code digits-train-images}, {@code digits-train-labels}, {@code digits-test-images} and
     *     {@code digits-test-labels}
     * @throws IllegalArgumentException if a size is out of range
     */
    public static DataSet draw(int trainSize, int testSize, long seed) {
        checkSize("trainSize", trainSize);
        checkSize("testSize", testSize);
        Drawn train = Drawn.of(trainSize, RandomStream.derive(seed, 0));
        Drawn test = Drawn.of(testSize, RandomStream.derive(seed, 1));
        return new DataSet(
                NAME,
                train.examples(),
                test.examples(),
                new Shape.Image(SIDE, SIDE),
                ImmutableSortedMap.of(
                        "digits-train-images", train.imageChecksum(),
                        "digits-train-labels", train.labelChecksum(),
                        "digits-test-images", test.imageChecksum(),
                        "digits-test-labels", test.labelChecksum()));
    }

    /**
     * Draws one image.
     *
     * @param digit 0 to 9
     * @param seed any; another seed, another image
     * @return [784] row-major, integers 0 to 255
     * @throws IllegalArgumentException if the digit is out of range
     */
    public static float[] image(int digit, long seed) {
        checkArgument(digit >= 0 && digit < CLASSES, "digit must be in [0, %s], got %s", CLASSES - 1, digit);
        RandomStream random = new RandomStream(seed);
        Hand hand = Hand.random(random);
        Canvas canvas = new Canvas(SIDE);
        for (List<Point> path : hand.write(Glyphs.choose(digit, random), SIDE, random)) {
            canvas.ink(path, hand.pen());
        }
        return canvas.develop(hand.pen(), random);
    }

    /** Images and labels, a byte a pixel and one a label. */
    private record Drawn(byte[] pixels, byte[] labels) {
        static Drawn of(int size, long seed) {
            long labelSeed = RandomStream.derive(seed, 0);
            long imageSeed = RandomStream.derive(seed, 1);
            byte[] pixels = new byte[size * FEATURES];
            byte[] labels = new byte[size];
            IntStream.range(0, size).parallel().forEach(i -> {
                labels[i] = (byte) label(i, labelSeed);
                float[] image = image(labels[i], RandomStream.derive(imageSeed, i));
                for (int pixel = 0; pixel < FEATURES; pixel++) {
                    pixels[i * FEATURES + pixel] = (byte) (int) image[pixel];
                }
            });
            return new Drawn(pixels, labels);
        }

        Examples examples() {
            int[] all = new int[labels.length];
            Arrays.setAll(all, i -> labels[i]);
            return Examples.ofBytes(pixels, FEATURES, all);
        }

        String imageChecksum() {
            return Hashing.sha256().hashBytes(pixels).toString();
        }

        String labelChecksum() {
            return Hashing.sha256().hashBytes(labels).toString();
        }
    }

    /** The digit at a position: each ten positions hold a random permutation (Fisher-Yates) of their own. */
    private static int label(int position, long seed) {
        RandomStream random = new RandomStream(RandomStream.derive(seed, position / CLASSES));
        int[] digits = IntStream.range(0, CLASSES).toArray();
        for (int i = CLASSES - 1; i > 0; i--) {
            int j = random.below(i + 1);
            int swapped = digits[i];
            digits[i] = digits[j];
            digits[j] = swapped;
        }
        return digits[position % CLASSES];
    }

    private static void checkSize(String name, int size) {
        checkArgument(
                size >= CLASSES && size <= LARGEST_SIZE,
                "%s must be in [%s, %s], got %s",
                name,
                CLASSES,
                LARGEST_SIZE,
                size);
    }
}
