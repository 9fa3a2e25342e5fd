package sluice.framework.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sluice.framework.experiment.Experiment;
import sluice.tasks.script.ReportSettings;
import sluice.tasks.script.TaskSequenceScript;

/** What a run prints before it begins: the settings that matter in it. */
record RunSettings(PrintStream out) {
    void print(Experiment experiment) {
        TaskSequenceScript script = experiment.script();
        String description = script.description().isEmpty() ? "" : ": " + script.description();
        out.println(script.name() + ", seed " + script.seed() + description);
        out.printf(
                "  data      %s%n", line(script.data().set(), script.settings().get("data"), "set"));
        if (!script.data().isDivided()) {
            out.printf("  split     %s%n", line("", script.settings().get("split"), ""));
        }
        boolean network =
                !experiment.taskless() || !script.report().references().isEmpty();
        if (network) {
            out.printf("  network   %s%n", line("", script.settings().get("network"), ""));
        }
        out.printf("  scenario  %s%n", script.settings().get("scenario"));
        out.printf("  strategy  %s%n", script.settings().get("strategy"));
        if (experiment.gated()) {
            out.printf("  gates     %s%n", line("", script.settings().get("gates"), ""));
        }
        if (experiment.taskless()) {
            out.printf("  inference %s%n", line("", script.settings().get("inference"), ""));
        }
        if (network) {
            out.printf("  training  %s%n", line("", script.settings().get("training"), ""));
        }
        if (!script.report().equals(ReportSettings.DEFAULT)) {
            out.printf("  report    %s%n", line("", script.settings().get("report"), ""));
        }
    }

    private static String line(String first, Object settings, String without) {
        String rest = ((Map<?, ?>) settings)
                .entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(without))
                        .map(entry -> entry.getKey() + " " + flow(entry.getValue()))
                        .collect(Collectors.joining(", "));
        return first.isEmpty() ? rest : rest.isEmpty() ? first : first + ", " + rest;
    }

    /** A value as a script would have it on one line. */
    private static String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RunSettings::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(value);
    }
}
