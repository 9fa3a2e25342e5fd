package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import sluice.evaluation.run.LatentUse;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.random.RandomStreams;

/** Encodes images, many at a time: sums up the parts of their bounds and how much latents are used, and answers with classes. */
final class LatentEvaluation implements AutoCloseable {
    private static final int ROWS = 250;
    private static final double LEAST = 1e-30;

    private final GenerativeModel model;
    private final Lane lane = new Lane();
    private final GeneratorParts parts;
    private final GeneratorPass pass;
    private final double[][] probabilities;
    private final double[][] divergences;
    private double divergence;
    private double reconstruction;
    private int images;

    LatentEvaluation(GenerativeModel model) {
        this.model = model;
        this.parts = new GeneratorParts(model.shape(), ROWS, -1, new RandomStreams(0));
        parts.set(model.parameters());
        this.pass = new GeneratorPass(model.shape(), parts, ROWS, false, 0, lane);
        this.probabilities = new double[pass.latents()][];
        this.divergences = new double[pass.latents()][];
        for (int latent = 0; latent < pass.latents(); latent++) {
            LatentLayer layer = pass.place(latent).layer();
            pass.slope(latent, (float) model.slope());
            probabilities[latent] = new double[layer.units()];
            divergences[latent] = new double[layer.variables()];
        }
    }

    /** Takes up images; returns the likeliest class of each, where the class is a latent. */
    int[] add(float[][] more, RandomGenerator noise) {
        ModelImages all = new ModelImages(model, more);
        int[] answers = new int[more.length];
        for (int first = 0; first < more.length; first += ROWS) {
            int rows = Math.min(ROWS, more.length - first);
            for (int r = 0; r < rows; r++) {
                pass.give(r, all.given(first + r));
                pass.aim(r, all.target(first + r));
                pass.label(r, GeneratorPass.UNKNOWN);
            }
            encode(rows, noise);
            take(rows);
            for (int r = 0; r < rows && model.shape().classes() > 0; r++) {
                answers[first + r] = likeliestClass(r);
            }
        }
        images += more.length;
        return answers;
    }

    private void encode(int rows, RandomGenerator noise) {
        for (int latent = 0; latent < pass.latents(); latent++) {
            pass.encode(lane, latent, rows);
            pass.draw(lane, latent, rows, new LatentDraws(pass.place(latent).layer(), noise));
        }
        pass.terms(lane, 0, rows);
    }

    private void take(int rows) {
        for (int r = 0; r < rows; r++) {
            reconstruction += pass.reconstruction(r);
            divergence += pass.loss(r) - pass.reconstruction(r);
        }
        for (int latent = 0; latent < pass.latents(); latent++) {
            LatentPlace.Prior prior = pass.place(latent).prior();
            if (prior == LatentPlace.Prior.LEARNED) {
                pass.density(latent).prior(parts.learned(latent).logits());
            }
            for (int r = 0; r < rows; r++) {
                pass.posterior(lane, latent, r);
                pass.readPrior(lane, latent, r);
                take(latent, prior != LatentPlace.Prior.NONE);
            }
        }
    }

    private void take(int latent, boolean hasPrior) {
        LatentLayer layer = pass.place(latent).layer();
        float[] q = pass.density(latent).probabilities();
        float[] p = pass.density(latent).priorProbabilities();
        for (int i = 0; i < layer.units(); i++) {
            probabilities[latent][i] += q[i];
            double share = share(q[i], hasPrior ? p[i] : 1);
            if (!layer.isCategorical()) {
                share += share(1 - q[i], hasPrior ? 1 - p[i] : 1);
            }
            divergences[latent][i / layer.choices()] += share;
        }
    }

    /** What a value adds to a divergence. */
    private static double share(double q, double p) {
        return q <= 0 ? 0 : q * Math.log(q / Math.max(LEAST, p));
    }

    private int likeliestClass(int sample) {
        pass.posterior(lane, 0, sample);
        float[] q = pass.density(0).probabilities();
        int best = 0;
        for (int c = 1; c < model.shape().classes(); c++) {
            best = q[c] > q[best] ? c : best;
        }
        return best;
    }

    /** The parts of the mean bound of all images so far. */
    GeneratorResult.Parts parts() {
        boolean hasPrior = model.shape().kind() == GeneratorShape.Kind.AUTOENCODER;
        return new GeneratorResult.Parts(
                hasPrior ? OptionalDouble.of(divergence / images) : OptionalDouble.empty(), reconstruction / images);
    }

    /** How much each variable is used by all images so far. */
    ImmutableList<LatentUse> use() {
        ImmutableList.Builder<LatentUse> use = ImmutableList.builder();
        int first = model.shape().classes() > 0 ? 0 : 1;
        for (int latent = 0; latent < pass.latents(); latent++) {
            LatentPlace place = pass.place(latent);
            for (int v = 0; v < place.layer().variables(); v++) {
                double[] q = values(place.layer(), latent, v);
                double kl = divergences[latent][v] / images;
                if (place.prior() == LatentPlace.Prior.NONE) {
                    kl -= Arrays.stream(q).map(mean -> share(mean, 1)).sum();
                }
                use.add(new LatentUse(
                        first + latent,
                        v + 1,
                        place.layer().values(),
                        Math.max(0, kl),
                        Math.min(1, Arrays.stream(q).max().orElseThrow())));
            }
        }
        return use.build();
    }

    /** Mean probabilities of a variable's values. */
    private double[] values(LatentLayer layer, int latent, int variable) {
        if (!layer.isCategorical()) {
            double one = probabilities[latent][variable] / images;
            return new double[] {1 - one, one};
        }
        double[] q =
                Arrays.copyOfRange(probabilities[latent], variable * layer.choices(), (variable + 1) * layer.choices());
        Arrays.setAll(q, k -> q[k] / images);
        return q;
    }

    @Override
    public void close() {
        parts.close();
        pass.close();
    }
}
