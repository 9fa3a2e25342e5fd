package sluice.framework.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.framework.experiment.Comparison;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.Forecasts;
import sluice.framework.experiment.GeneratorExperiment;
import sluice.framework.experiment.OwnData;
import sluice.framework.experiment.Tuning;
import sluice.framework.script.ScriptSections;
import sluice.framework.strategy.Forecast;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.Script;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.ScriptReading;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;

/** {@code sluice validate}: what can be wrong with scripts, and with the tables, pictures and IDX files that they name. */
@Command(
        name = "validate",
        description = {
            "Checks scripts, and the tables and the folders of pictures or IDX files that they name.",
            "Prints a line 'ok' for each that is well, and of others every mistake at once, with file:line: key or the data's file and line."
                    + " Nothing is downloaded, trained or written."
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes: 0 all are well, 2 one is not.",
            "What needs other data (whether classes exist, whether it fits in memory) is checked by sluice run --dry-run."
        })
final class ValidateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by the command-line library
    private HelpOption help;

    @Parameters(
            paramLabel = "SCRIPT",
            arity = "1..*",
            description = "files of scripts, or names of shipped sequences (see sluice list)")
    private List<String> scripts;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting in place of the scripts', as for sluice run; may be repeated")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--without-data", description = "look at scripts alone")
    private boolean withoutData;

    ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int code = 0;
        for (String script : scripts) {
            try {
                check(script);
            } catch (InputException mistake) {
                Mistakes.lines(mistake).forEach(terminal.err()::println);
                code = Mistakes.USER_MISTAKE;
            }
        }
        return code;
    }

    private void check(String name) {
        ScriptReading reading = ScriptReader.named(name, settings, ScriptSections::check);
        if (!reading.mistakes().isEmpty()) {
            throw new InputException(Stream.concat(
                            reading.mistakes().stream().flatMap(mistake -> mistake.lines().stream()),
                            problemsOfData(reading).stream())
                    .toList());
        }
        Script script = reading.orThrow();
        if (script instanceof ComparisonScript comparison) {
            checkComparison(name, comparison);
        } else if (((TaskSequenceScript) script).isGenerator()) {
            checkGenerator(name, (TaskSequenceScript) script);
        } else {
            Optional<Tuning> tuning = Tuning.of(name, settings);
            checkRun(
                    name,
                    tuning.map(Tuning::untuned).orElse((TaskSequenceScript) script),
                    tuning.map(search -> ", after a search of %d runs"
                                    .formatted(search.search().runs().size()))
                            .orElse(""));
        }
    }

    /** What is wrong with data is told beside what is wrong with the script, where that says which data are meant. */
    private List<String> problemsOfData(ScriptReading reading) {
        return withoutData || !reading.dataAsWritten()
                ? List.of()
                : OwnData.problems(reading.script().orElseThrow(), place());
    }

    private DataPlace place() {
        return new DataOption().place(terminal);
    }

    private void checkComparison(String name, ComparisonScript script) {
        Comparison checked = Comparison.of(script);
        List<String> own = withoutData ? List.of() : OwnData.variants(script);
        if (own.size() < variants(script)) {
            warn(checked.remarks());
        }
        if (!own.isEmpty()) {
            Forecasts forecasts = Comparison.of(script.only(own)).forecast(place());
            warn(own.size() < variants(script) ? List.of() : forecasts.warnings());
        }
        ok(
                name,
                "%s, %d runs of %d variants"
                        .formatted(script.name(), checked.runs().size(), variants(script)));
    }

    private void checkGenerator(String name, TaskSequenceScript script) {
        GeneratorExperiment experiment = GeneratorExperiment.of(script);
        if (!withoutData && OwnData.isNamedBy(script)) {
            warn(experiment.forecast(place()).warnings());
        }
        ok(name, script.name() + ", one run of a generator");
    }

    private void checkRun(String name, TaskSequenceScript script, String search) {
        Experiment experiment = Experiment.of(script);
        String outputs = outputs(script) + search;
        if (withoutData || !OwnData.isNamedBy(script)) {
            warn(experiment.remarks());
            ok(name, script.name() + ", one run" + outputs);
            return;
        }
        Forecasts forecasts = experiment.forecast(place());
        warn(forecasts.warnings());
        List<Forecast.Stretch> tasks = forecasts.runs().get(0).schedule();
        ok(
                name,
                String.format(
                        Locale.ROOT,
                        "%s, one run of %,d training and %,d test examples%s",
                        script.name(),
                        tasks.stream().mapToLong(Forecast.Stretch::train).sum(),
                        tasks.stream().mapToLong(Forecast.Stretch::test).sum(),
                        outputs));
    }

    /** What outputs will stand for in scenario domain, as far as it shows without the data. */
    private static String outputs(TaskSequenceScript script) {
        if (script.scenario() != Scenario.DOMAIN) {
            return "";
        }
        if (script.data().hasTarget()) {
            return "; one output, by the scale of the first task's targets";
        }
        if (script.data().isDivided()) {
            return "; outputs by label if tasks share labels, else by position in each task's classes";
        }
        boolean shared = script.split().sharesClasses();
        return "; outputs by "
                + (shared
                        ? "label, as tasks share labels"
                        : "position in each task's classes, as no two share a label");
    }

    private static int variants(ComparisonScript script) {
        return script.variants().size();
    }

    private void warn(List<String> remarks) {
        remarks.forEach(remark -> terminal.err().println("sluice: warning: " + remark));
    }

    private void ok(String name, String what) {
        terminal.out().println("ok  " + name + ": " + what);
    }
}
