package sluice.framework.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.util.List;

/** What the data call the classes of a model's outputs, as its provenance keeps it. */
public final class ClassNames {
    /** What the provenance calls them. */
    public static final String KEY = "classes";

    private ClassNames() {}

    /**
     * {@return for {@link #parse}}
     *
     * @param names by output
     */
    public static String json(List<String> names) {
        try {
            return new ObjectMapper().writeValueAsString(names);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * {@return names by output}
     *
     * @param json what {@link #json} gave
     * @param outputs how many there are
     * @throws IllegalArgumentException if it is something else
     */
    public static ImmutableList<String> parse(String json, int outputs) {
        String[] names;
        try {
            names = new ObjectMapper().readValue(json, String[].class);
        } catch (JsonProcessingException foreign) {
            throw new IllegalArgumentException("no names of classes: " + json, foreign);
        }
        checkArgument(names != null && names.length == outputs, "%s outputs do not go by the names %s", outputs, json);
        for (String name : names) {
            checkArgument(name != null, "a name is missing in %s", json);
        }
        return ImmutableList.copyOf(names);
    }
}
