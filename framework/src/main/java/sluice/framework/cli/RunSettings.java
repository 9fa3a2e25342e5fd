package sluice.framework.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.GeneratorExperiment;
import sluice.framework.experiment.Plan;
import sluice.framework.script.ExperimentScript;

/** What a run prints before it begins: the settings that matter in it. */
record RunSettings(Terminal terminal) {
    void print(GeneratorExperiment experiment) {
        Map<String, Object> settings = experiment.plan().settings();
        begin(experiment.plan());
        terminal.say("  generator %s", line("", settings.get("generator"), ""));
        terminal.say("  training  %s", line("", settings.get("training"), ""));
    }

    private void begin(Plan plan) {
        Map<String, Object> settings = plan.settings();
        String description = String.valueOf(settings.get("description"));
        terminal.say(plan.name() + ", seed " + plan.seed() + (description.isEmpty() ? "" : ": " + description));
        Map<?, ?> data = (Map<?, ?>) settings.get("data");
        terminal.say("  data      %s", line(String.valueOf(data.get("set")), data, "set"));
    }

    void print(Experiment experiment) {
        Map<String, Object> settings = experiment.plan().settings();
        begin(experiment.plan());
        if (settings.containsKey("split")) {
            terminal.say("  split     %s", line("", settings.get("split"), ""));
        }
        boolean network = !experiment.taskless()
                || !experiment.plan().report().references().isEmpty();
        if (network) {
            terminal.say("  network   %s", line("", settings.get("network"), ""));
        }
        terminal.say("  scenario  %s", settings.get("scenario"));
        terminal.say("  strategy  %s", settings.get("strategy"));
        if (experiment.gated()) {
            terminal.say("  gates     %s", line("", settings.get("gates"), ""));
        }
        if (experiment.taskless()) {
            terminal.say("  inference %s", line("", settings.get("inference"), ""));
        }
        if (settings.containsKey("stream")) {
            terminal.say("  stream    %s", line("", settings.get("stream"), ""));
        }
        if (network) {
            terminal.say("  training  %s", line("", settings.get("training"), ""));
        }
        if (!settings.get("report").equals(ExperimentScript.DEFAULT_REPORT)) {
            terminal.say("  report    %s", line("", settings.get("report"), ""));
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
