package sluice.framework.generator;

/**
 * A value for each latent variable of a network. Variables are numbered from 0, layer by layer from the side of the image;
 * values count from 0, too. The class is a latent of its own.
 *
 * @param category place of its class in {@link ImageForm#classes}, or {@link #NO_CLASS} where the network has none
 * @param variables values by number: 0 or 1 of Bernoulli units, in [0, K) of categorical variables
 */
public record LatentValues(int category, int[] variables) {
    /** In the place of a class. */
    public static final int NO_CLASS = -1;
}
