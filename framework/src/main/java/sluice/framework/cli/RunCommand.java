package sluice.framework.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.evaluation.run.TuningTrial;
import sluice.framework.experiment.Comparison;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.GeneratorExperiment;
import sluice.framework.experiment.GeneratorOutcome;
import sluice.framework.experiment.MetricCheck;
import sluice.framework.experiment.Outcome;
import sluice.framework.experiment.RunFolder;
import sluice.framework.experiment.RunStoppedException;
import sluice.framework.experiment.Tuning;
import sluice.framework.internal.kernel.NativeLibraryException;
import sluice.framework.result.DivergedException;
import sluice.framework.script.ScriptSections;
import sluice.tasks.InputException;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.Folder;
import sluice.tasks.script.Script;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

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
            "  sluice run my-sequence.yaml --out runs/mine --overwrite",
            "  sluice run split-mnist --set strategy=ewc --dry-run",
            "  sluice run week-2.yaml --from runs/week-1 --out runs/week-2",
            "  sluice run split-digits --fail-if 'forgetting > 0' --fail-if 'acc < 0.98'",
            "  sluice run estimators-split-mnist --seed 1 --variants st-open,centred"
        })
final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(paramLabel = "SEQUENCE", description = "a shipped sequence (see sluice list) or a script's file")
    private String sequence;

    @Mixin
    private DataOption data;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "where results go (default: runs/NAME-seedSEED; for a comparison runs/NAME)")
    private Path out;

    @Option(
            names = "--allow-other-threads",
            description = "go on from a checkpoint of another number of threads, with other bits")
    private boolean otherThreads;

    @Option(
            names = "--from",
            paramLabel = "RUN",
            description =
                    "the same as --set network.from=RUN: what that run taught, of its folder or a file in it, learns these tasks, too")
    private Path from;

    @Option(
            names = "--more",
            description =
                    "the same as --set inference.known=add: with --from, examples of classes or tasks that random-feature-lda knows are added to its sums")
    private boolean more;

    @Option(names = "--overwrite", description = "replace the results of an earlier run")
    private boolean overwrite;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "the same as --set seed=SEED; of a comparison this seed alone")
    private Long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "the same as --set threads=N; of a comparison, threads for all runs together")
    private Integer threads;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting in place of the script's, e.g. training.epochs=3; may be repeated")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--variants",
            paramLabel = "NAME",
            split = ",",
            description = "of a comparison these variants alone, separated by commas")
    private List<String> variants;

    @Option(
            names = "--fail-if",
            paramLabel = "CONDITION",
            description = "end with exit code 3 if this holds of the results, e.g. 'forgetting > 0' or 'acc < 0.99', or"
                    + " cannot be told; metrics as metrics.csv names them, of a comparison each variant's mean;"
                    + " may be repeated")
    private List<String> failIf = new ArrayList<>();

    @Mixin
    private ReportExtras extras;

    @Option(
            names = "--quiet",
            description = "print the results' line (of a comparison the table) and mistakes, nothing else")
    private boolean quiet;

    @Option(
            names = "--json",
            description =
                    "print one line of JSON per event, and nothing else, on standard output (evaluation/README.md: For build"
                            + " pipelines)")
    private boolean json;

    @Option(
            names = "--dry-run",
            description = "load the data, and say what the run would take; train nothing, write no results")
    private boolean dryRun;

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (json && (quiet || dryRun)) {
            throw new InputException("--json does not go with --quiet or --dry-run: remove one");
        }
        Checks checks = Checks.parse(failIf);
        Script script =
                ScriptReader.named(sequence, overrides(), ScriptSections::check).orThrow();
        Optional<Tuning> tuning = Tuning.of(sequence, overrides());
        try (Interruption interruption = Interruption.listen(terminal.err())) {
            if (tuning.isPresent()) {
                return tuned(tuning.get(), checks, interruption);
            }
            return script instanceof ComparisonScript comparison
                    ? compare(variants == null ? comparison : comparison.only(variants), checks, interruption)
                    : run((TaskSequenceScript) script, checks, interruption, ImmutableList.of());
        } catch (OutOfMemoryError full) {
            throw new InputException(
                    isGenerator(script) ? GeneratorExperiment.NOT_ENOUGH_MEMORY : Experiment.NOT_ENOUGH_MEMORY, full);
        }
    }

    private static boolean isGenerator(Script script) {
        return script instanceof ComparisonScript comparison
                ? comparison.runs().get(0).script().isGenerator()
                : ((TaskSequenceScript) script).isGenerator();
    }

    /** A search, and the run of the settings that it finds. */
    private int tuned(Tuning tuning, Checks checks, Interruption interruption) {
        Comparison search = tuning.search();
        Path target = target(tuning.script(), "-seed" + tuning.script().seed());
        if (dryRun) {
            return comparing().forecast(search);
        }
        Path searching = target.resolveSibling(target.getFileName() + "-search");
        ComparisonRun.Compared compared = comparing().run(search, searching, Checks.parse(List.of()), interruption);
        if (compared.code() == Interruption.STOPPED) {
            return Interruption.STOPPED;
        }
        Tuning.Choice choice = tuning.choose(compared.runs());
        if (!json && !quiet) {
            terminal.out()
                    .println("best by %s on held-out training examples: %s"
                            .formatted(tuning.by().key(), choice.line()));
        }
        return run(choice.script(), checks, interruption, choice.trials());
    }

    private int run(
            TaskSequenceScript script, Checks checks, Interruption interruption, ImmutableList<TuningTrial> trials) {
        if (variants != null) {
            throw new InputException("--variants: %s compares no variants: remove the option".formatted(sequence));
        }
        if (script.isGenerator()) {
            return generator(script, checks, interruption);
        }
        Experiment experiment = Experiment.of(script);
        if (dryRun) {
            new RunSettings(terminal).print(experiment);
            new DryRun(terminal).print(experiment, experiment.forecast(data.place(terminal)));
            return 0;
        }
        try (RunFolder folder = RunFolder.claim(target(script, "-seed" + script.seed()), overwrite);
                RunOutput output = output(script)) {
            output.started(experiment);
            try {
                Outcome outcome = experiment
                        .run(data.place(terminal), output, interruption::requested, folder.checkpoints(otherThreads))
                        .tunedBy(trials);
                List<MetricCheck.Result> checked = checks.of(outcome.metrics());
                output.results(outcome, checked);
                int code = Checks.report(checked, terminal.err());
                List<Path> files = folder.fill(outcome, checked, extras::write);
                folder.remarks().forEach(output::warning);
                output.files(files);
                return code;
            } catch (RunStoppedException stopped) {
                List<Path> kept = folder.keep(experiment.plan(), stopped);
                output.interrupted(experiment, stopped, kept, folder.hasCheckpoint());
                return Interruption.STOPPED;
            } catch (DivergedException | InputException | NativeLibraryException failed) {
                output.failed(failed.getMessage());
                throw failed;
            }
        }
    }

    private int generator(TaskSequenceScript script, Checks checks, Interruption interruption) {
        GeneratorExperiment experiment = GeneratorExperiment.of(script);
        if (dryRun) {
            new RunSettings(terminal).print(experiment);
            new DryRun(terminal).print(experiment.forecast(data.place(terminal)));
            return 0;
        }
        try (RunFolder folder = RunFolder.claim(target(script, "-seed" + script.seed()), overwrite);
                RunOutput output = output(script)) {
            output.started(experiment);
            try {
                GeneratorOutcome outcome = experiment.run(
                        data.place(terminal), output, interruption::requested, folder.checkpoints(otherThreads));
                List<MetricCheck.Result> checked = checks.of(outcome.metrics());
                output.results(outcome, checked);
                int code = Checks.report(checked, terminal.err());
                List<Path> files = folder.fill(outcome, checked, extras::write);
                folder.remarks().forEach(output::warning);
                output.files(files);
                return code;
            } catch (RunStoppedException stopped) {
                output.interrupted(experiment, folder.hasCheckpoint());
                return Interruption.STOPPED;
            } catch (DivergedException | InputException | NativeLibraryException failed) {
                output.failed(failed.getMessage());
                throw failed;
            }
        }
    }

    private int compare(ComparisonScript script, Checks checks, Interruption interruption) {
        Comparison comparison = Comparison.of(script);
        return dryRun
                ? comparing().forecast(comparison)
                : comparing()
                        .run(comparison, target(script, ""), checks, interruption)
                        .code();
    }

    private ComparisonRun comparing() {
        return new ComparisonRun(terminal, data, overwrite, otherThreads, extras, this::output);
    }

    private RunOutput output(TaskSequenceScript script) {
        if (json) {
            return new JsonRun(new JsonEvents(terminal.out()), script);
        }
        return quiet ? new QuietRun(terminal.out()) : new ConsoleProgress(terminal);
    }

    private ComparisonOutput output() {
        if (json) {
            return new JsonComparison(new JsonEvents(terminal.out()));
        }
        return quiet ? new QuietComparison(terminal) : new ComparisonProgress(terminal);
    }

    private List<String> overrides() {
        List<String> overrides = new ArrayList<>(settings);
        if (seed != null) {
            overrides.add("seed=" + seed);
        }
        if (threads != null) {
            overrides.add("threads=" + threads);
        }
        if (from != null) {
            overrides.add("network.from='%s'".formatted(from.toString().replace("'", "''")));
        }
        if (more) {
            overrides.add("inference.known=add");
        }
        return overrides;
    }

    private Path target(Script script, String suffix) {
        Path target = out == null ? named(script, suffix) : out;
        if (from != null && isSame(from, target)) {
            throw new InputException(
                    "--from %s: its results would be replaced, and what it learned could not be asked again: name another folder with --out"
                            .formatted(from));
        }
        return target;
    }

    private static boolean isSame(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private static Path named(Script script, String suffix) {
        return script.output() instanceof Folder.Named named ? named.path() : Path.of("runs", script.name() + suffix);
    }
}
