package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * Images, or vectors, that a network learns to generate.
 *
 * @param set training and test examples; classes, if they are looked at, are its labels 0 to n - 1
 * @param normalisation makes values in [0, 1] of theirs
 * @param binarisationSeed of the fixed binarisation, the same for all networks that are compared
 * @param validation so many of the last training examples are held out, to choose settings by; at least 0, less than all
 */
public record GeneratorData(DataSet set, Normalisation normalisation, long binarisationSeed, int validation) {
    /**
     * Checks values and ranges.
     *
     * @throws IllegalArgumentException if a value is outside of [0, 1], or no training example is left
     */
    public GeneratorData {
        checkArgument(
                validation >= 0 && validation < set.train().size(),
                "validation must be in [0, %s], as there are %s training examples, got %s",
                set.train().size() - 1,
                set.train().size(),
                validation);
        new Images(set.train(), normalisation, ImageBinarisation.NONE, 0, "").check();
        new Images(set.test(), normalisation, ImageBinarisation.NONE, 0, "").check();
    }

    /** {@return features of an example} */
    public int features() {
        return set.train().features();
    }

    /** {@return one more than the largest label of a training example} */
    public int classes() {
        int[] labels = set.train().distinctLabels();
        return labels[labels.length - 1] + 1;
    }

    /** {@return how many training examples, of those not held out, the class with the fewest has; at least 1} */
    public int leastOfAClass() {
        Examples trained = part(0, trained());
        return IntStream.range(0, trained.size())
                .boxed()
                .collect(Collectors.groupingBy(trained::label, Collectors.summingInt(i -> 1)))
                .values()
                .stream()
                .mapToInt(Integer::intValue)
                .min()
                .orElseThrow();
    }

    /** {@return training examples that are not held out} */
    public int trained() {
        return set.train().size() - validation;
    }

    Images train(ImageBinarisation binarisation) {
        return images(part(0, trained()), binarisation, "train");
    }

    /** The same, drawn once. */
    Images trainOnce(ImageBinarisation binarisation) {
        return train(once(binarisation));
    }

    /** What is held out, if anything. */
    Images held(ImageBinarisation binarisation) {
        return images(part(trained(), set.train().size()), once(binarisation), "validation");
    }

    Images test(ImageBinarisation binarisation) {
        return images(set.test(), once(binarisation), "test");
    }

    private Images images(Examples examples, ImageBinarisation binarisation, String part) {
        return new Images(examples, set.shape(), normalisation, binarisation, binarisationSeed, part);
    }

    /** What is not trained on is drawn once in any case. */
    private static ImageBinarisation once(ImageBinarisation binarisation) {
        return binarisation == ImageBinarisation.NONE ? binarisation : ImageBinarisation.FIXED;
    }

    private Examples part(int from, int to) {
        return set.train().select(IntStream.range(from, to).toArray(), label -> label);
    }
}
