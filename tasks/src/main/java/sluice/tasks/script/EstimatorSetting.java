package sluice.tasks.script;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Range;
import java.util.Map;
import sluice.tasks.InputException;

/**
 * A gradient estimator by name; whoever makes estimators knows which there are and what parameters they take.
 *
 * @param name as written
 * @param parameters values by name, in the order written: numbers of any size, or schedules over a task's epochs
 * @param location where it was written
 */
public record EstimatorSetting(String name, ImmutableMap<String, ScheduleSettings> parameters, Location location) {
    private static final String DEFAULT = "st-open";

    /**
     * @param message what is wrong and what to do
     * @return an error to throw: {@code file:line: gates.estimator: message}
     */
    public InputException error(String message) {
        return Complaint.at(location, "gates.estimator", message);
    }

    static EstimatorSetting read(Section gates) {
        return gates.value("estimator")
                .map(EstimatorSetting::of)
                .orElseGet(() -> new EstimatorSetting(DEFAULT, ImmutableMap.of(), gates.location()));
    }

    private static EstimatorSetting of(Value value) {
        if (!value.isMapping()) {
            return new EstimatorSetting(
                    name(value, value.text()), ImmutableMap.of(), value.node().location());
        }
        ImmutableMap<String, Node> named = value.mapping("a name").entries();
        if (named.size() != 1) {
            throw value.error(
                    "must be a name or {name: {parameter: value}} with one name, got %d names".formatted(named.size()));
        }
        String name = name(value, named.keySet().iterator().next());
        return new EstimatorSetting(
                name,
                parameters(value.children().findFirst().orElseThrow()),
                value.node().location());
    }

    private static String name(Value value, String name) {
        if (name.isBlank()) {
            throw value.error("must be a name, got nothing");
        }
        return name;
    }

    private static ImmutableMap<String, ScheduleSettings> parameters(Value parameters) {
        ImmutableMap.Builder<String, ScheduleSettings> values = ImmutableMap.builder();
        parameters
                .mapping("a mapping of parameters to numbers or schedules")
                .entries()
                .forEach((parameter, node) -> values.put(
                        parameter,
                        ScheduleSection.read(new Value(Keys.child(parameters.key(), parameter), node), Range.all())));
        return values.buildOrThrow();
    }

    Object settings() {
        return parameters.isEmpty()
                ? name
                : Map.of(name, ImmutableMap.copyOf(Maps.transformValues(parameters, ScheduleSettings::settings)));
    }
}
