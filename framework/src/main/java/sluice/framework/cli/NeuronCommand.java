package sluice.framework.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sluice.framework.bench.Figure;
import sluice.framework.bench.FigureFiles;
import sluice.framework.bench.NeuronDraws;
import sluice.gating.BinaryNeuron;
import sluice.gating.GateActivation;
import sluice.tasks.InputException;

/** {@code sluice neuron}: the figure that literature shows the binary neuron by. */
@Command(
        name = "neuron",
        description = {
            "Draws a picture of a stochastic binary neuron.",
            "Above its probability p(a) of being open, for 10,000 logits a from -3 to 3, below one draw of the neuron for"
                    + " each."
        },
        sortOptions = false)
final class NeuronCommand implements Callable<Integer> {
    private static final String DEFAULT_NAME = "neuron";

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            description = "how a becomes p: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Choice activation = Choice.HARD_SIGMOID;

    @Option(names = "--slope", paramLabel = "S", description = "factor on a, above 0 (default: ${DEFAULT-VALUE})")
    private double slope = 1;

    @Option(names = "--deterministic", description = "open where p is at least 1/2, in place of a random draw")
    private boolean deterministic;

    @Option(names = "--seed", paramLabel = "SEED", description = "of the draws (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "the figure without .png and .svg, or a folder (default: ${DEFAULT-VALUE})")
    private Path out = Path.of(DEFAULT_NAME);

    @Option(names = "--overwrite", description = "replace files that are there already")
    private boolean overwrite;

    /** Activations to choose from, as the command line spells them. */
    private enum Choice {
        HARD_SIGMOID(GateActivation.HARD_SIGMOID),
        SIGMOID(GateActivation.SIGMOID);

        private final GateActivation value;

        Choice(GateActivation value) {
            this.value = value;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    NeuronCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!(slope > 0 && slope < Double.POSITIVE_INFINITY)) {
            throw new InputException("--slope must be above 0, got " + slope);
        }
        FigureFiles files = FigureFiles.claim(out, DEFAULT_NAME, overwrite);
        Figure.checkFonts();
        BinaryNeuron neuron = new BinaryNeuron(
                activation.value,
                deterministic ? BinaryNeuron.Sampling.DETERMINISTIC : BinaryNeuron.Sampling.STOCHASTIC);
        NeuronDraws draws = NeuronDraws.of(neuron, slope, seed);
        files.write(draws.figure());
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%,d of %,d draws are open, expected %,.1f with standard deviation %.1f; written %s and %s%n",
                        draws.open(),
                        draws.logits().length,
                        draws.expectedOpen(),
                        draws.standardDeviation(),
                        files.png(),
                        files.svg());
        return 0;
    }
}
