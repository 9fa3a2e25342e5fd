package sluice.framework.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.conditional.StoredTaskExits;
import sluice.framework.conditional.StoredTaskGaters;
import sluice.framework.layer.Layer;
import sluice.framework.layer.LayerDescription;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.convolution.ConvolutionDescription;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.layer.normalisation.Normalised;
import sluice.tasks.Shape;

/** What a model file says of a gated network. */
record ModelDescription(
        int format,
        int inputs,
        @JsonInclude(JsonInclude.Include.NON_NULL) Maps maps,
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
        return inputs > 0
                && hidden != null
                && !hidden.isEmpty()
                && hidden.stream().allMatch(units -> units != null && units > 0)
                && (maps == null || maps.complete(hidden.size()))
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

    /** Throws IllegalArgumentException where layers do not fit on each other. */
    NetworkShape shape() {
        Shape input = maps == null
                ? new Shape.Vector(inputs)
                : new Shape.Channels(maps.channels(), maps.height(), maps.width());
        return new NetworkShape(
                input,
                IntStream.range(0, hidden.size()).mapToObj(this::layer).collect(ImmutableList.toImmutableList()));
    }

    private LayerShape layer(int l) {
        LayerShape layer = maps != null && l < maps.convolutions().size()
                ? maps.convolutions().get(l).shape(hidden.get(l))
                : new FullyConnected(hidden.get(l));
        return normalisation == null ? layer : Normalised.of(normalisation.get(l), layer);
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
            @JsonInclude(JsonInclude.Include.NON_NULL) StoredTaskExits exits) {
        boolean complete(boolean first, List<Integer> hidden) {
            return name != null
                    && classes != null
                    && !classes.isEmpty()
                    && classes.stream().allMatch(Objects::nonNull)
                    && (first || ModelTasks.complete(layers, hidden))
                    && digest != null;
        }
    }

    /** What the inputs are, and what the lowest layers are that are not fully connected, lowest first. */
    record Maps(
            int channels,
            int height,
            int width,

            @JsonDeserialize(contentAs = ConvolutionDescription.class)
            List<LayerDescription> convolutions) {
        /** Nothing where units say all of every layer. */
        static Optional<Maps> of(List<Layer> layers) {
            List<LayerDescription> described = layers.stream()
                    .flatMap(layer -> layer.connection().description().stream())
                    .toList();
            Layer lowest = layers.get(0);
            return lowest.connection().input(lowest.below()) instanceof Shape.Channels image
                    ? Optional.of(new Maps(image.channels(), image.height(), image.width(), described))
                    : Optional.empty();
        }

        boolean complete(int layers) {
            return convolutions != null
                    && !convolutions.isEmpty()
                    && convolutions.size() <= layers
                    && convolutions.stream().allMatch(each -> each != null && each.complete());
        }
    }
}
