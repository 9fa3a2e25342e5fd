package sluice.framework.generator;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.random.RandomStreams;

/** Turns latents to images, a row each: latents are drawn from their prior, or are the likeliest of an image, or of others. */
final class LatentDecoder implements AutoCloseable {
    private final GeneratorShape shape;
    private final int rows;
    private final Lane lane = new Lane();
    private final GeneratorParts parts;
    private final GeneratorPass pass;

    LatentDecoder(GenerativeModel model, int rows) {
        this.shape = model.shape();
        this.rows = rows;
        this.parts = new GeneratorParts(shape, rows, -1, new RandomStreams(0));
        parts.set(model.parameters());
        this.pass = new GeneratorPass(shape, parts, rows, false, 0, lane);
        for (int latent = 0; latent < pass.latents(); latent++) {
            pass.slope(latent, (float) model.slope());
        }
    }

    int latents() {
        return pass.latents();
    }

    LatentLayer layer(int latent) {
        return pass.place(latent).layer();
    }

    boolean isStructured() {
        return shape.kind() == GeneratorShape.Kind.STRUCTURED;
    }

    /** Gives each row an image. */
    void give(ModelImages images) {
        for (int r = 0; r < rows; r++) {
            pass.give(r, images.given(r));
        }
    }

    /** Sets all latents to draws: from the prior, of a structured network by what it is given. */
    void drawAll(RandomGenerator noise) {
        for (int i = 0; i < latents(); i++) {
            int latent = isStructured() ? i : latents() - 1 - i;
            LatentDraws draws = new LatentDraws(layer(latent), noise);
            float[] units = new float[layer(latent).units()];
            prepare(latent);
            for (int r = 0; r < rows; r++) {
                draws.draw(probabilities(latent, r), units);
                pass.set(r, latent, units);
            }
        }
    }

    /** Makes ready to read a layer's probabilities: those that it generates by. */
    private void prepare(int latent) {
        if (isStructured()) {
            pass.encode(lane, latent, rows);
        } else {
            pass.preparePrior(lane, latent, rows);
        }
    }

    private float[] probabilities(int latent, int row) {
        if (isStructured()) {
            pass.posterior(lane, latent, row);
            return pass.density(latent).probabilities();
        }
        pass.readPrior(lane, latent, row);
        return pass.density(latent).priorProbabilities();
    }

    /** Sets all latents to the likeliest of each row's image. */
    void encodeAll() {
        for (int latent = 0; latent < latents(); latent++) {
            pass.encode(lane, latent, rows);
            for (int r = 0; r < rows; r++) {
                pass.posterior(lane, latent, r);
                pass.set(
                        r, latent, likeliest(layer(latent), pass.density(latent).probabilities()));
            }
        }
    }

    /** Sets one variable of a row to a value: 0 or 1 of a binary one. */
    void set(int row, int latent, int variable, int value) {
        LatentLayer layer = layer(latent);
        float[] units = new float[layer.units()];
        pass.get(row, latent, units);
        if (layer.isCategorical()) {
            int first = variable * layer.choices();
            Arrays.fill(units, first, first + layer.choices(), 0);
            units[first + value] = 1;
        } else {
            units[variable] = value;
        }
        pass.set(row, latent, units);
    }

    /** Sets the layers between one and what is generated to the likeliest by that. */
    void follow(int latent) {
        int step = isStructured() ? 1 : -1;
        int first = shape.classes() > 0 ? 1 : 0;
        for (int next = latent + step; next >= first && next < latents() && latent >= first; next += step) {
            prepare(next);
            for (int r = 0; r < rows; r++) {
                pass.set(r, next, likeliest(layer(next), probabilities(next, r)));
            }
        }
    }

    private static float[] likeliest(LatentLayer layer, float[] probabilities) {
        float[] units = new float[layer.units()];
        for (int v = 0; v < layer.variables(); v++) {
            if (!layer.isCategorical()) {
                units[v] = probabilities[v] > 0.5f ? 1 : 0;
                continue;
            }
            int best = v * layer.choices();
            for (int j = best; j < (v + 1) * layer.choices(); j++) {
                best = probabilities[j] > probabilities[best] ? j : best;
            }
            units[best] = 1;
        }
        return units;
    }

    /** What is generated from the latents [rows][generated], as means of pixels. */
    float[][] decode() {
        pass.generate(lane, rows);
        float[][] images = new float[rows][shape.generated()];
        for (int r = 0; r < rows; r++) {
            pass.outputLogits(r, images[r]);
            lane.logits().sigmoid(images[r], images[r], shape.generated());
        }
        return images;
    }

    @Override
    public void close() {
        parts.close();
        pass.close();
    }
}
