package sluice.framework.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.GeneratorExperiment;
import sluice.framework.experiment.Plan;
import sluice.framework.script.ExperimentScript;

/** What a run prints before it begins: the settings that matter in it. */
record RunSettings(PrintStream out) {
    void print(GeneratorExperiment experiment) {
        Map<String, Object> settings = experiment.plan().settings();
        begin(experiment.plan());
        out.printf("  generator %s%n", line("", settings.get("generator"), ""));
        out.printf("  training  %s%n", line("", settings.get("training"), ""));
    }

    private void begin(Plan plan) {
        Map<String, Object> settings = plan.settings();
        String description = String.valueOf(settings.get("description"));
        out.println(plan.name() + ", seed " + plan.seed() + (description.isEmpty() ? "" : ": " + description));
        Map<?, ?> data = (Map<?, ?>) settings.get("data");
        out.printf("  data      %s%n", line(String.valueOf(data.get("set")), data, "set"));
    }

    void print(Experiment experiment) {
        Map<String, Object> settings = experiment.plan().settings();
        begin(experiment.plan());
        if (settings.containsKey("split")) {
            out.printf("  split     %s%n", line("", settings.get("split"), ""));
        }
        boolean network = !experiment.taskless()
                || !experiment.plan().report().references().isEmpty();
        if (network) {
            out.printf("  network   %s%n", line("", settings.get("network"), ""));
        }
        out.printf("  scenario  %s%n", settings.get("scenario"));
        out.printf("  strategy  %s%n", settings.get("strategy"));
        if (experiment.gated()) {
            out.printf("  gates     %s%n", line("", settings.get("gates"), ""));
        }
        if (experiment.taskless()) {
            out.printf("  inference %s%n", line("", settings.get("inference"), ""));
        }
        if (network) {
            out.printf("  training  %s%n", line("", settings.get("training"), ""));
        }
        if (!settings.get("report").equals(ExperimentScript.DEFAULT_REPORT)) {
            out.printf("  report    %s%n", line("", settings.get("report"), ""));
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
