package sluice.framework.network;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import sluice.framework.conditional.StoredTaskExits;
import sluice.framework.conditional.StoredTaskGaters;
import sluice.framework.layer.normalisation.Normalised;

/** What a model file says of a gated network. */
record ModelDescription(
        int format,
        int inputs,
        @JsonInclude(JsonInclude.Include.NON_NULL) MapsDescription maps,
        List<Integer> hidden,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> normalisation,
        long seed,
        float shift,
        float scale,
        List<Task> tasks,
        List<Integer> created,
        Integer learned,
        Map<String, String> provenance,
        String parametersSha256) {
    boolean complete() {
        return described().complete()
                && (normalisation == null || (!firstTasks() && oneEach(normalisation, hidden.size())))
                && tasks != null
                && tasks.stream().allMatch(task -> task != null && task.complete(firstTasks(), hidden))
                && (created == null || fits(created, hidden))
                && (learned == null || learned >= tasks.size())
                && distinct(tasks.stream().map(Task::name).toList())
                && provenance != null
                && provenance.values().stream().allMatch(Objects::nonNull)
                && parametersSha256 != null;
    }

    /** Whether tasks are held as {@link FirstModelFormat} has them. */
    boolean firstTasks() {
        return FirstModelFormat.holds(format, maps != null);
    }

    private ShapeDescription described() {
        return new ShapeDescription(inputs, maps, hidden);
    }

    /** Throws IllegalArgumentException where layers do not fit on each other. */
    NetworkShape shape() {
        NetworkShape plain = described().shape();
        return normalisation == null
                ? plain
                : new NetworkShape(
                        plain.input(),
                        Streams.zip(normalisation.stream(), plain.layers().stream(), Normalised::of)
                                .collect(ImmutableList.toImmutableList()));
    }

    private static boolean oneEach(List<String> normalisation, int layers) {
        return normalisation.size() == layers && normalisation.stream().allMatch(Objects::nonNull);
    }

    private static boolean distinct(List<String> names) {
        return names.stream().distinct().count() == names.size();
    }

    /** Whether a network of some widths may have been created with others. */
    private static boolean fits(List<Integer> created, List<Integer> hidden) {
        return created.size() == hidden.size()
                && IntStream.range(0, hidden.size())
                        .allMatch(l -> created.get(l) != null && created.get(l) > 0 && created.get(l) <= hidden.get(l));
    }

    record Task(
            String name,
            List<Integer> classes,
            List<ModelTasks.LayerDescription> layers,
            String digest,
            @JsonInclude(JsonInclude.Include.NON_NULL) StoredTaskGaters gaters,
            @JsonInclude(JsonInclude.Include.NON_NULL) StoredTaskExits exits,
            @JsonInclude(JsonInclude.Include.NON_NULL) Boolean separate) {
        /** Whether it has its units for itself. */
        @JsonIgnore
        boolean isSeparate() {
            return Boolean.TRUE.equals(separate);
        }

        boolean complete(boolean first, List<Integer> hidden) {
            return name != null
                    && classes != null
                    && !classes.isEmpty()
                    && classes.stream().allMatch(Objects::nonNull)
                    && (first || ModelTasks.complete(layers, hidden))
                    && digest != null;
        }
    }
}
