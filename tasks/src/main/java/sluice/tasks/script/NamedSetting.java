package sluice.tasks.script;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Range;
import java.util.Map;
import sluice.tasks.InputException;

/**
 * One of a family, by name: a gradient estimator or a strategy. Whoever makes these knows which there are and what
 * parameters they take.
 *
 * @param key where it stands, such as {@code gates.estimator}
 * @param name as written
 * @param parameters values by name, in the order written: numbers of any size, or schedules over a task's epochs
 * @param location where it was written
 */
public record NamedSetting(
        String key, String name, ImmutableMap<String, ScheduleSettings> parameters, Location location) {
    /**
     * @param message what is wrong and what to do
     * @return an error to throw: {@code file:line: key: message}
     */
    public InputException error(String message) {
        return Complaint.at(location, key, message);
    }

    /** Reads a key of a section; without it, the default with no parameters. */
    static NamedSetting read(Section section, String name, String otherwise) {
        return section.value(name)
                .map(NamedSetting::of)
                .orElseGet(() -> new NamedSetting(section.key(name), otherwise, ImmutableMap.of(), section.location()));
    }

    private static NamedSetting of(Value value) {
        if (!value.isMapping()) {
            return new NamedSetting(
                    value.key(),
                    name(value, value.text()),
                    ImmutableMap.of(),
                    value.node().location());
        }
        ImmutableMap<String, Node> named = value.mapping("a name").entries();
        if (named.size() != 1) {
            throw value.error(
                    "must be a name or {name: {parameter: value}} with one name, got %d names".formatted(named.size()));
        }
        String name = name(value, named.keySet().iterator().next());
        return new NamedSetting(
                value.key(),
                name,
                parameters(value.children().findFirst().orElseThrow()),
                value.node().location());
    }

    static String name(Value value, String name) {
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
