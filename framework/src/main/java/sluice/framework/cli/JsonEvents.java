package sluice.framework.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Stopwatch;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;
import sluice.framework.experiment.MetricCheck;

/** Events for programs, one line of JSON each. For any number of threads. */
final class JsonEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final Stopwatch watch = Stopwatch.createStarted();

    JsonEvents(PrintStream out) {
        this.out = out;
    }

    /** Fields of an event, its name first. */
    Map<String, Object> event(String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", name);
        fields.put("seconds", Math.round(watch.elapsed(TimeUnit.NANOSECONDS) / 1e6) / 1e3);
        return fields;
    }

    synchronized void write(Map<String, Object> event) {
        try {
            out.println(JSON.writeValueAsString(event));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An event of something that ended badly. */
    void writeFailed(Map<String, Object> event, String reason) {
        event.put("status", "failed");
        event.put("reason", reason);
        write(event);
    }

    /** Null where there is none. */
    static Double number(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    /** Figures by name, null where one is undefined; and why these are. */
    static void putMetrics(Map<String, Object> event, RunMetrics metrics) {
        Map<String, Double> values = new LinkedHashMap<>();
        Map<String, String> undefined = new LinkedHashMap<>();
        metrics.values().forEach((name, value) -> {
            values.put(name, number(value.number()));
            if (value instanceof MetricValue.Undefined none) {
                undefined.put(name, none.reason());
            }
        });
        event.put("metrics", values);
        event.put("undefined", undefined);
    }

    static List<String> files(List<Path> files) {
        return files.stream().map(Path::toString).toList();
    }

    static List<Map<String, Object>> checks(List<MetricCheck.Result> results) {
        return results.stream()
                .map(result -> {
                    Map<String, Object> check = new LinkedHashMap<>();
                    check.put("fail_if", result.check().text());
                    check.put("variant", result.variant());
                    check.put("failed", result.failed());
                    check.put("value", number(result.value().number()));
                    return check;
                })
                .toList();
    }
}
