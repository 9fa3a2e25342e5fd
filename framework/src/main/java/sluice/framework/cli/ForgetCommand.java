package sluice.framework.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sluice.framework.experiment.ModelPlace;
import sluice.framework.inference.InferredModel;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.model.ModelKind;
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
        Path file = ModelPlace.of(model, "a run with strategy gates, whose model is kept");
        if (ModelArchive.kind(file).equals(ModelKind.INFERRED.word())) {
            try (InferredModel finding = InferredModel.load(file)) {
                forget(finding.network(), () -> finding.remove(task)::save);
            }
            return 0;
        }
        try (GatedNetwork network = GatedNetwork.load(file)) {
            forget(network, () -> {
                network.remove(task);
                return network::save;
            });
        }
        return 0;
    }

    /** Takes the task from a network and whatever asks it, which then says how it is saved. */
    private void forget(GatedNetwork network, Supplier<Consumer<Path>> removal) {
        ConsolidatedSubnetworks before = network.consolidated();
        long bytes = network.taskBytes();
        Map<String, String> digests = new LinkedHashMap<>();
        network.tasks().forEach(name -> digests.put(name, network.digest(name)));
        Consumer<Path> saved = removal.get();
        digests.remove(task);
        digests.forEach((name, digest) -> check(network, name, digest));
        saved.accept(out);
        print(before, network.consolidated(), digests.size(), bytes - network.taskBytes());
    }

    private static void check(GatedNetwork network, String name, String digest) {
        if (!network.digest(name).equals(digest)) {
            throw new IllegalStateException("frozen parameters of task %s changed".formatted(name));
        }
    }

    private void print(ConsolidatedSubnetworks before, ConsolidatedSubnetworks after, int others, long bytes) {
        terminal.out()
                .printf(
                        "forgot task %s; every frozen parameter of %d other task%s is unchanged, bit for bit%n",
                        task, others, others == 1 ? "" : "s");
        if (!before.tasks().containsKey(task)) {
            terminal.out().printf("its units were its own: %,d bytes less%n", bytes);
        }
        for (int l = 0; l < after.widths().size() && before.tasks().containsKey(task); l++) {
            terminal.out()
                    .printf(
                            "free units layer %d  %d of %d, %d more than before%n",
                            l + 1, after.free(l), after.widths().get(l), after.free(l) - before.free(l));
        }
        terminal.out().printf("written%n  %s%n", out);
    }
}
