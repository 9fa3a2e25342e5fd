package sluice.framework.strategy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * What is recorded of a strategy.
 *
 * @param name the name that scripts use
 * @param settings as {@link Strategy#settings} has them, or as they are when they have been written and read
 */
record NamedSettings(String name, Object settings) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Parameters by name: numbers, texts, lists and maps. */
    @SuppressWarnings("unchecked")
    Map<String, Object> parameters() {
        return JSON.convertValue(settings, Object.class) instanceof Map<?, ?> named
                        && named.size() == 1
                        && named.values().iterator().next() instanceof Map<?, ?> parameters
                ? (Map<String, Object>) parameters
                : Map.of();
    }
}
