package sluice.framework.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.RunFolder;
import sluice.tasks.InputException;
import sluice.tasks.script.Folder;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;
import sluice.tasks.source.Download;
import sluice.tasks.source.DownloadListener;
import sluice.tasks.source.UserEnvironment;

/** {@code sluice run}: a task sequence, from its script to its results. */
@Command(
        name = "run",
        description = "Learns the tasks of a sequence one after another and reports what was forgotten.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sluice run split-digits",
            "  sluice run split-mnist --data ../data --seed 7 --set training.epochs=3",
            "  sluice run my-sequence.yaml --out runs/mine --overwrite"
        })
final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(paramLabel = "SEQUENCE", description = "a shipped sequence (see sluice list) or a script's file")
    private String sequence;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "where data files are; else SLUICE_DATA, else the user's cache, filled by download")
    private Path data;

    @Option(names = "--out", paramLabel = "FOLDER", description = "where results go (default: runs/NAME-seedSEED)")
    private Path out;

    @Option(names = "--overwrite", description = "replace the results of an earlier run")
    private boolean overwrite;

    @Option(names = "--seed", paramLabel = "SEED", description = "the same as --set seed=SEED")
    private Long seed;

    @Option(names = "--threads", paramLabel = "N", description = "the same as --set threads=N")
    private Integer threads;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting in place of the script's, e.g. training.epochs=3; may be repeated")
    private List<String> settings = new ArrayList<>();

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        TaskSequenceScript script = ScriptReader.named(sequence, overrides());
        Experiment experiment = Experiment.of(script);
        try (RunFolder folder = RunFolder.claim(target(script), overwrite);
                ConsoleProgress progress = new ConsoleProgress(terminal)) {
            progress.settings(experiment);
            Experiment.Outcome outcome = experiment.run(place(), progress);
            progress.results(outcome);
            progress.files(folder.fill(outcome));
            return 0;
        } catch (OutOfMemoryError full) {
            throw new InputException(
                    "not enough memory for this sequence: give Java more with SLUICE_JAVA_OPTS=-Xmx4g, or make network.hidden or the data smaller",
                    full);
        }
    }

    private List<String> overrides() {
        List<String> overrides = new ArrayList<>(settings);
        if (seed != null) {
            overrides.add("seed=" + seed);
        }
        if (threads != null) {
            overrides.add("threads=" + threads);
        }
        return overrides;
    }

    private Path target(TaskSequenceScript script) {
        if (out != null) {
            return out;
        }
        return script.output() instanceof Folder.Named named
                ? named.path()
                : Path.of("runs", script.name() + "-seed" + script.seed());
    }

    private DataPlace place() {
        DownloadListener listener =
                terminal.interactive() ? DownloadListener.bar(terminal.err()) : DownloadListener.lines(terminal.err());
        return DataPlace.choose(
                Optional.ofNullable(data), UserEnvironment.ofThisProcess(), Download.reportingTo(listener));
    }
}
