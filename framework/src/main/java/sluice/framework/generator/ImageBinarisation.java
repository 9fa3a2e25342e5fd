package sluice.framework.generator;

/** What becomes of grey values before they are modelled by Bernoulli variables. */
public enum ImageBinarisation {
    /**
     * Each value is drawn once, 1 with its own grey as the probability, by a seed of the script. The files that others publish
     * (Larochelle's of MNIST) are another draw, so that figures are comparable to about a nat.
     */
    FIXED,
    /** Drawn anew each time that an image is seen (Burda, Grosse and Salakhutdinov 2016). Test images are drawn once. */
    DYNAMIC,
    /** None: greys in [0, 1] count as they are, as means of what they would be. */
    NONE
}
