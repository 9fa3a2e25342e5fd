package sluice.framework.generator;

/**
 * An image that a network generated.
 *
 * @param index its place among those that were asked for, from 0
 * @param latents what it was made of
 * @param pixels values in [0, 1], the features of a whole image: of a completed one, those that were given come first
 */
public record GeneratedImage(int index, LatentValues latents, float[] pixels) {}
