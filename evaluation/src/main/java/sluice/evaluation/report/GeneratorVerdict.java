package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.Optional;
import sluice.evaluation.Figures;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.Printable;
import sluice.evaluation.StrategyRuns;

/**
 * What the bounds come to.
 *
 * @param title in short
 * @param text more of it
 */
record GeneratorVerdict(String title, String text) {
    private static final int NAME_LENGTH = 60;
    private static final double WITHIN_NOISE = 2;

    static GeneratorVerdict of(GeneratorRuns runs) {
        ImmutableList<StrategyRuns> ranked = runs.ranked();
        StrategyRuns best = ranked.get(0);
        String bound = GeneratorHeadline.text(MeasuredMetric.NLL, best.summary(MeasuredMetric.NLL.key())) + " nats";
        String samples = new GeneratorHeadline(runs).samples();
        if (ranked.size() == 1) {
            return new GeneratorVerdict("NLL at most " + bound + ", by " + samples, latents(runs));
        }
        String next = name(ranked.get(1).strategy());
        Optional<BoundDifference> difference = BoundDifference.of(runs);
        return new GeneratorVerdict(
                "Least NLL: " + name(best.strategy()) + " with " + bound + ", by " + samples,
                difference
                        .map(GeneratorVerdict::text)
                        .orElse("The difference to the next best, " + next
                                + ", is undefined because they have no seed and test images in common."));
    }

    private static String text(BoundDifference difference) {
        String images =
                difference.images() == 1 ? "1 test image" : Figures.grouped(difference.images(), 0) + " test images";
        String paired = ", paired over " + images + " (mean over "
                + (difference.seeds() == 1 ? "1 seed" : difference.seeds() + " seeds") + ")";
        String of = Figures.grouped(difference.mean(), 3) + " nats below the next best, " + name(difference.next());
        if (difference.error().isEmpty() || difference.error().getAsDouble() == 0) {
            return of + paired + ".";
        }
        double error = difference.error().getAsDouble();
        double errors = difference.mean() / error;
        return of + paired + ", standard error " + Figures.grouped(error, 3) + ": "
                + String.format(Locale.ROOT, "%.1f", errors) + " standard errors"
                + (Math.abs(errors) < WITHIN_NOISE ? ", which is within noise." : ".");
    }

    private static String latents(GeneratorRuns runs) {
        ReportedGenerator run = runs.shown();
        long used = run.latents().stream().filter(one -> one.isUsed()).count();
        return used + " of " + run.latents().size()
                + (run.latents().size() == 1 ? " latent variable says" : " latent variables say")
                + " something of the image.";
    }

    static String name(String name) {
        return Printable.abbreviated(name, NAME_LENGTH);
    }
}
