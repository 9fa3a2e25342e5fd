package sluice.framework.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sluice.framework.experiment.ModelPlace;
import sluice.framework.network.GatedNetwork;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.tasks.InputException;

/** {@code sluice forget}: a model without one of its tasks. */
@Command(
        name = "forget",
        description = {
            "Removes a task from a model: what only it uses is free again, with new random weights.",
            "Not one bit of another task's answers changes."
        },
        sortOptions = false)
final class ForgetCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Option(names = "--model", paramLabel = "RUN", required = true, description = "a run folder, or its model.sluice")
    private Path model;

    @Option(names = "--task", paramLabel = "NAME", required = true, description = "the task to forget")
    private String task;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "where the model without it goes")
    private Path out;

    @Option(names = "--overwrite", description = "replace a file that is there already, be it the model itself")
    private boolean overwrite;

    ForgetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (Files.exists(out) && !overwrite) {
            throw new InputException("%s is there already: choose another --out, or add --overwrite".formatted(out));
        }
        try (GatedNetwork network =
                GatedNetwork.load(ModelPlace.of(model, "a run with strategy gates, whose model is kept"))) {
            ConsolidatedSubnetworks before = network.consolidated();
            Map<String, String> digests = new LinkedHashMap<>();
            network.tasks().forEach(name -> digests.put(name, network.digest(name)));
            network.remove(task);
            digests.remove(task);
            digests.forEach((name, digest) -> check(network, name, digest));
            network.save(out);
            print(before, network.consolidated(), digests.size());
        }
        return 0;
    }

    private static void check(GatedNetwork network, String name, String digest) {
        if (!network.digest(name).equals(digest)) {
            throw new IllegalStateException("frozen parameters of task %s changed".formatted(name));
        }
    }

    private void print(ConsolidatedSubnetworks before, ConsolidatedSubnetworks after, int others) {
        terminal.out()
                .printf(
                        "forgot task %s; every frozen parameter of %d other task%s is unchanged, bit for bit%n",
                        task, others, others == 1 ? "" : "s");
        for (int l = 0; l < after.widths().size(); l++) {
            terminal.out()
                    .printf(
                            "free units layer %d  %d of %d, %d more than before%n",
                            l + 1, after.free(l), after.widths().get(l), after.free(l) - before.free(l));
        }
        terminal.out().printf("written%n  %s%n", out);
    }
}
