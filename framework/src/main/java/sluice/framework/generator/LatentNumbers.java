package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;

/**
 * The numbers of a network's latent variables, from 0, layer by layer from the side of the image; the class is not counted.
 *
 * @param layers from the side of the image
 */
record LatentNumbers(ImmutableList<LatentLayer> layers) {
    static LatentNumbers of(GeneratorShape shape) {
        return new LatentNumbers(shape.latents());
    }

    int count() {
        return first(layers.size());
    }

    /** The number of a layer's first variable. */
    int first(int layer) {
        return layers.subList(0, layer).stream()
                .mapToInt(LatentLayer::variables)
                .sum();
    }

    /** Makes sure that there is such a variable, with such a value. */
    void check(int variable, int value) {
        checkArgument(
                variable >= 0 && variable < count(),
                "latent variables are numbered 0 to %s, got %s",
                count() - 1,
                variable);
        int layer = 0;
        while (variable >= first(layer + 1)) {
            layer++;
        }
        int values = layers.get(layer).values();
        checkArgument(
                value >= 0 && value < values,
                "latent variable %s has the values 0 to %s, got %s",
                variable,
                values - 1,
                value);
    }

    /** Makes sure that there is such a value for every variable. */
    void check(int[] values) {
        checkArgument(values.length == count(), "there are %s latent variables, got %s values", count(), values.length);
        for (int variable = 0; variable < values.length; variable++) {
            check(variable, values[variable]);
        }
    }

    /** Gives a variable of a layer a value. */
    static void set(LatentLayer layer, int variable, int value, float[] units) {
        if (!layer.isCategorical()) {
            units[variable] = value;
            return;
        }
        for (int choice = 0; choice < layer.choices(); choice++) {
            units[variable * layer.choices() + choice] = choice == value ? 1 : 0;
        }
    }

    /** The likeliest value of a variable of a layer by its units' probabilities; the first of several. */
    static int likeliest(LatentLayer layer, int variable, float[] probabilities) {
        if (!layer.isCategorical()) {
            return probabilities[variable] > 0.5f ? 1 : 0;
        }
        int from = variable * layer.choices();
        int best = 0;
        for (int choice = 1; choice < layer.choices(); choice++) {
            if (probabilities[from + choice] > probabilities[from + best]) {
                best = choice;
            }
        }
        return best;
    }
}
