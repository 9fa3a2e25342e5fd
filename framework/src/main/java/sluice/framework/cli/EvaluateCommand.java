package sluice.framework.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.MetricCheck;
import sluice.framework.experiment.ModelEvaluation;
import sluice.framework.experiment.RunFolder;
import sluice.framework.script.ScriptSections;
import sluice.tasks.InputException;
import sluice.tasks.script.Script;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

/** {@code sluice evaluate}: a saved model, on every task that it knows, with data given now. */
@Command(
        name = "evaluate",
        description = {
            "Asks a saved model the test examples of tasks: every task that it knows and the script names, on the data that it names now.",
            "The last row of the matrix of accuracies, or of errors, is measured now. Rows before it are those of the run, where that had the same tasks and data."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sluice evaluate --model runs/week-2 --script both.yaml",
            "  sluice evaluate --model runs/split-mnist-seed1 --script split-mnist --data ../data --fail-if 'acc < 0.98'"
        })
final class EvaluateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Option(names = "--model", paramLabel = "RUN", required = true, description = "a run folder, or its model.sluice")
    private Path model;

    @Option(
            names = "--script",
            paramLabel = "SEQUENCE",
            required = true,
            description = "names the tasks and their data: a shipped sequence (see sluice list) or a script's file")
    private String script;

    @Mixin
    private DataOption data;

    @Option(names = "--out", paramLabel = "FOLDER", description = "where results go (default: runs/SCRIPT-evaluated)")
    private Path out;

    @Option(names = "--overwrite", description = "replace the results of an earlier evaluation")
    private boolean overwrite;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting in place of the script's, e.g. data.folder=mine; may be repeated")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--fail-if",
            paramLabel = "CONDITION",
            description =
                    "end with exit code 3 if this holds of the results, e.g. 'acc < 0.99', or cannot be told; may be repeated")
    private List<String> failIf = new ArrayList<>();

    @Mixin
    private ReportExtras extras;

    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Checks checks = Checks.parse(failIf);
        Script read =
                ScriptReader.named(script, settings, ScriptSections::check).orThrow();
        if (!(read instanceof TaskSequenceScript tasks) || tasks.isGenerator()) {
            throw new InputException(
                    "--script: %s names no one sequence of tasks: name one that is neither a comparison nor a generator"
                            .formatted(script));
        }
        try (RunFolder folder = RunFolder.claim(target(tasks), overwrite)) {
            folder.checkpoints(false).clear();
            ModelEvaluation evaluation = ModelEvaluation.of(model, tasks, data.place(terminal));
            evaluation.warnings().forEach(line -> terminal.err().println("sluice: warning: " + line));
            terminal.say(evaluation.render(terminal.matrixColumns()));
            List<MetricCheck.Result> checked = checks.of(evaluation.metrics());
            Checks.printPassed(checked, terminal.out());
            List<Path> files = folder.fill(evaluation, checked, extras::write);
            folder.remarks().forEach(line -> terminal.err().println("sluice: warning: " + line));
            terminal.out().println("written");
            files.forEach(file -> terminal.out().println("  " + file));
            return Checks.report(checked, terminal.err());
        } catch (OutOfMemoryError full) {
            throw new InputException(Experiment.NOT_ENOUGH_MEMORY, full);
        }
    }

    private Path target(TaskSequenceScript tasks) {
        return out == null ? Path.of("runs", tasks.name() + "-evaluated") : out;
    }
}
