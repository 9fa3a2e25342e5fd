package sluice.framework.generator;

import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.random.RandomStreams;

/** Computes bounds of images' log-likelihoods, an image at a time, by samples from the posterior. */
final class BoundEvaluation implements AutoCloseable {
    /** Samples at a time: fixed, so that the same samples give the same bits. */
    private static final int ROWS = 250;

    private final Lane lane = new Lane();
    private final GeneratorParts parts;
    private final GeneratorPass pass;

    BoundEvaluation(GenerativeModel model) {
        parts = new GeneratorParts(model.shape(), ROWS, -1, new RandomStreams(0));
        parts.set(model.parameters());
        pass = new GeneratorPass(model.shape(), parts, ROWS, true, 0, lane);
        for (int latent = 0; latent < pass.latents(); latent++) {
            pass.slope(latent, (float) model.slope());
        }
    }

    /**
     * The bounds of one image.
     *
     * @param given what the network is given, centred
     * @param target what is generated
     * @param label the known class, or {@link GeneratorPass#UNKNOWN}
     * @param samples m
     */
    LikelihoodBound bound(float[] given, float[] target, int label, int samples, RandomGenerator noise) {
        double least = Double.POSITIVE_INFINITY;
        double mass = 0;
        double sum = 0;
        for (int r = 0; r < Math.min(ROWS, samples); r++) {
            pass.give(r, given);
            pass.aim(r, target);
            pass.label(r, label);
        }
        for (int done = 0; done < samples; done += ROWS) {
            int rows = Math.min(ROWS, samples - done);
            draw(rows, noise);
            for (int r = 0; r < rows; r++) {
                double loss = pass.loss(r);
                sum += loss;
                if (loss < least) {
                    mass *= Math.exp(loss - least);
                    least = loss;
                }
                mass += Math.exp(least - loss);
            }
        }
        return new LikelihoodBound(-(least - Math.log(mass / samples)), -sum / samples);
    }

    private void draw(int rows, RandomGenerator noise) {
        for (int latent = 0; latent < pass.latents(); latent++) {
            if (pass.place(latent).encoderTo() <= pass.place(0).column()) {
                pass.encodeAlike(lane, latent, rows);
            } else {
                pass.encode(lane, latent, rows);
            }
            pass.draw(lane, latent, rows, new LatentDraws(pass.place(latent).layer(), noise));
            pass.setKnown(rows);
        }
        pass.terms(lane, 0, rows);
    }

    @Override
    public void close() {
        parts.close();
        pass.close();
    }
}
