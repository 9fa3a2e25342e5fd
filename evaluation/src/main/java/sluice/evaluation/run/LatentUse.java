package sluice.evaluation.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import sluice.evaluation.CsvLine;

/**
 * How much a latent variable of a network that generates says of the image, over test images.
 *
 * @param layer from the side of the image, from 1; 0 for the class
 * @param variable within the layer, from 1
 * @param values that it can take, at least 2
 * @param kl mean divergence of its posterior from its prior, in nats; where there is no prior, from its own mean
 * @param mostUsed mean probability of the value that is likeliest over all, in [0, 1]
 */
public record LatentUse(int layer, int variable, int values, double kl, double mostUsed) {
    /** The divergence from which on a variable counts as used (Burda, Grosse and Salakhutdinov 2016, appendix C, there of means). */
    public static final double USED = 0.01;

    private static final String LAYER = "layer";
    private static final String VARIABLE = "variable";
    private static final String VALUES = "values";
    private static final String KL = "kl";
    private static final String MOST_USED = "most_used_share";
    private static final String IS_USED = "used";

    /** A line per variable, layer by layer. */
    public static final RunCsv<LatentUse> FILE = RunCsv.ofOneRun(
            RunFile.LATENTS,
            ImmutableMap.of(
                    LAYER,
                    LatentUse::layer,
                    VARIABLE,
                    LatentUse::variable,
                    VALUES,
                    LatentUse::values,
                    KL,
                    LatentUse::kl,
                    MOST_USED,
                    LatentUse::mostUsed,
                    IS_USED,
                    use -> use.isUsed() ? "yes" : "no"),
            ImmutableList.of(),
            LatentUse::read);

    /** {@return whether it says anything of the image} */
    public boolean isUsed() {
        return kl >= USED;
    }

    private static LatentUse read(CsvLine line) {
        return new LatentUse(
                line.count(LAYER, 0),
                line.count(VARIABLE, 1),
                line.count(VALUES, 2),
                line.decimal(KL),
                Cells.share(line, MOST_USED));
    }
}
