package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Range;
import java.util.Map;
import java.util.Set;
import sluice.gating.Schedule;
import sluice.tasks.InputException;
import sluice.tasks.script.Location;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/**
 * One of a family, by name: a gradient estimator or a strategy. Whoever makes these knows which there are and what
 * parameters they take.
 *
 * @param key where it stands, such as {@code gates.estimator}
 * @param name as written
 * @param parameters values by name, in the order written: numbers of any size, or schedules over a task's epochs
 * @param location where it was written
 */
record NamedSetting(String key, String name, ImmutableMap<String, Schedule> parameters, Location location) {
    /**
     * {@return an error to throw: {@code file:line: key: message}}
     *
     * @param message what is wrong and what to do
     */
    public InputException error(String message) {
        return location.error(key, message);
    }

    /**
     * {@return the same of what does not fit others in its section}
     *
     * @param message what is wrong and what to do
     */
    InputException misfit(String message) {
        return location.misfit(key, message);
    }

    /**
     * Reads a key of a section; without it, the default with no parameters.
     *
     * @param names that there are; whoever makes the named says what is wrong with others
     */
    static NamedSetting read(Section section, String name, String otherwise, Set<String> names) {
        return section.value(name)
                .map(value -> of(value, names))
                .orElseGet(() -> new NamedSetting(section.key(name), otherwise, ImmutableMap.of(), section.location()));
    }

    private static NamedSetting of(Value value, Set<String> names) {
        if (!value.isMapping()) {
            return new NamedSetting(value.key(), name(value, value.name(names)), ImmutableMap.of(), value.location());
        }
        ImmutableMap<String, Value> named = value.entries("a name", names);
        if (named.size() != 1) {
            throw value.error(
                    "must be a name or {name: {parameter: value}} with one name, got %d names".formatted(named.size()));
        }
        String name = name(value, named.keySet().iterator().next());
        return new NamedSetting(value.key(), name, parameters(named.get(name)), value.location());
    }

    static String name(Value value, String name) {
        if (name.isBlank()) {
            throw value.error("must be a name, got nothing");
        }
        return name;
    }

    private static ImmutableMap<String, Schedule> parameters(Value parameters) {
        ImmutableMap.Builder<String, Schedule> values = ImmutableMap.builder();
        parameters
                .entries("a mapping of parameters to numbers or schedules", ImmutableList.of())
                .forEach((parameter, value) -> values.put(parameter, ScheduleSection.read(value, Range.all())));
        return values.buildOrThrow();
    }

    Object settings() {
        return parameters.isEmpty()
                ? name
                : Map.of(name, ImmutableMap.copyOf(Maps.transformValues(parameters, ScheduleSection::settings)));
    }
}
