package sluice.framework.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.framework.experiment.Comparison;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.Forecasts;
import sluice.framework.experiment.GeneratorExperiment;
import sluice.framework.strategy.Forecast;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.DataSettings;
import sluice.tasks.script.Script;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

/** {@code sluice validate}: what can be wrong with scripts, and with the tables and pictures that they name. */
@Command(
        name = "validate",
        description = {
            "Checks scripts, and the tables and folders of pictures that they name.",
            "Prints a line 'ok' for each that is well, one with file:line: key, or with the data's file and line, for each that is not."
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
                terminal.err().println(Mistakes.line(mistake));
                code = Mistakes.USER_MISTAKE;
            }
        }
        return code;
    }

    private void check(String name) {
        Script script = ScriptReader.named(name, settings);
        if (script instanceof ComparisonScript comparison) {
            Comparison checked = Comparison.of(comparison);
            warn(checked.remarks());
            ok(
                    name,
                    "%s, %d runs of %d variants"
                            .formatted(script.name(), checked.runs().size(), variants(comparison)));
        } else if (((TaskSequenceScript) script).isGenerator()) {
            GeneratorExperiment.of((TaskSequenceScript) script);
            ok(name, script.name() + ", one run of a generator");
        } else {
            checkRun(name, (TaskSequenceScript) script);
        }
    }

    private void checkRun(String name, TaskSequenceScript script) {
        Experiment experiment = Experiment.of(script);
        String outputs = outputs(script);
        if (withoutData || !namesFiles(script)) {
            warn(experiment.remarks());
            ok(name, script.name() + ", one run" + outputs);
            return;
        }
        Forecasts forecasts = experiment.forecast(new DataOption().place(terminal));
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

    /** Whether the data lie in files of one's own, which nothing has to be fetched for. */
    private static boolean namesFiles(TaskSequenceScript script) {
        return script.data().source() instanceof DataSettings.Tables
                || script.data().source() instanceof DataSettings.Images;
    }

    /** What outputs will stand for in scenario domain, as far as it shows without the data. */
    private static String outputs(TaskSequenceScript script) {
        if (script.scenario() != Scenario.DOMAIN) {
            return "";
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
