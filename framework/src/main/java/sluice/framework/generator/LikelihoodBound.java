package sluice.framework.generator;

/**
 * Lower bounds of an image's log-likelihood.
 *
 * @param importanceWeighted of m samples with hard latents (Burda, Grosse and Salakhutdinov 2016, eq. 8), in nats
 * @param evidence the mean of the log weights of the same samples: an estimate of the evidence lower bound, in nats
 */
public record LikelihoodBound(double importanceWeighted, double evidence) {}
