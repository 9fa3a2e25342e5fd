package sluice.framework.cli;

import java.util.Locale;
import sluice.framework.experiment.GeneratorOutcome;
import sluice.framework.generator.GeneratorResult;
import sluice.framework.generator.GeneratorShape;

/** What a run that trained a network that generates prints at its end. */
record GeneratorReport(Terminal terminal) {
    void print(GeneratorOutcome outcome) {
        GeneratorResult result = outcome.result();
        GeneratorShape shape = result.model().shape();
        terminal.out().println();
        line("network           %s", shape);
        line(
                "NLL               %.3f nats (importance-weighted bound, %s samples, %,d test images)",
                result.nll(), samples(outcome), result.bounds().size());
        line("negative ELBO     %.3f nats", result.negativeElbo());
        result.parts()
                .divergence()
                .ifPresent(kl -> line(
                        "                  KL %.3f, reconstruction %.3f",
                        kl, result.parts().reconstruction()));
        result.validation()
                .importanceWeighted()
                .ifPresent(nll -> line(
                        "validation        NLL %.3f, negative ELBO %.3f",
                        nll, result.validation().evidence().orElseThrow()));
        line(
                "latents           %,d of %,d used",
                result.activeLatents(), result.latents().size());
        result.classAccuracy().ifPresent(accuracy -> line("class accuracy    %.4f", accuracy));
        line(
                "seconds           %.1f training (%.3f ms per step), %.1f evaluation, %.1f in all",
                result.trainSeconds(),
                1000 * result.trainSeconds() / result.steps(),
                result.evaluationSeconds(),
                outcome.total().toNanos() / 1e9);
        outcome.checkpointCost().forEach(terminal::say);
    }

    private static String samples(GeneratorOutcome outcome) {
        return String.format(
                Locale.ROOT, "%,d", outcome.plan().script().generator().testSamples());
    }

    private void line(String pattern, Object... parts) {
        terminal.say(pattern, parts);
    }
}
