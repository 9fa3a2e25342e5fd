package sluice.framework.generator;

import com.google.common.collect.ImmutableList;

/**
 * What an image makes of latents: each layer's probabilities given the likeliest values of those before it (the class, then
 * the layers from the side of the image).
 *
 * @param classes probabilities of the classes; empty where the network has none
 * @param layers probabilities of each layer's units
 * @param likeliest the likeliest value of each variable
 */
public record Encoding(float[] classes, ImmutableList<float[]> layers, LatentValues likeliest) {}
