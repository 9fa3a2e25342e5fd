package sluice.framework.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import sluice.gating.Estimators;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.source.DataSets;

/** {@code sluice list}: what there is to choose from, a line each. */
@Command(name = "list", description = "Lists sequences, data sets and gradient estimators, a line each.")
final class ListCommand implements Callable<Integer> {
    /** What can be listed. */
    enum Kind {
        SEQUENCES,
        DATA_SETS,
        ESTIMATORS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(paramLabel = "KIND", arity = "0..1", description = "only these: ${COMPLETION-CANDIDATES}")
    private Kind only;

    ListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        for (Kind kind : Kind.values()) {
            if (only == null || only == kind) {
                terminal.out().println(kind.toString().replace('-', ' ') + ":");
                entries(kind).forEach((name, line) -> terminal.out().printf("  %-22s %s%n", name, line));
                if (only == Kind.ESTIMATORS) {
                    terminal.out().println(estimators());
                }
            }
        }
        return 0;
    }

    /** What each costs and claims; passes are those of a step. */
    private static String estimators() {
        FigureTable table = new FigureTable("estimator", "family", "bias", "forward", "backward", "source");
        Estimators.BY_NAME.forEach((name, entry) -> table.add(
                name,
                entry.family().toString(),
                entry.bias(),
                Integer.toString(entry.forwardPasses()),
                Integer.toString(entry.backwardPasses()),
                entry.source()));
        return table.text() + "\nPasses of a training step: backward ones include that from which weights learn.";
    }

    private static Map<String, String> entries(Kind kind) {
        Map<String, String> entries = new LinkedHashMap<>();
        switch (kind) {
            case SEQUENCES ->
                ScriptReader.shippedScripts().forEach(script -> entries.put(script.name(), script.description()));
            case DATA_SETS -> DataSets.TABLE.forEach(source -> entries.put(source.name(), source.description()));
            case ESTIMATORS -> Estimators.BY_NAME.forEach((name, entry) -> entries.put(name, entry.description()));
        }
        return entries;
    }
}
