package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * What a model file says of the gaters of a task: their numbers lie in its parameters, each layer's maps, the lowest first, and then its
 * threshold, as floats.
 *
 * @param shape of an example: height and width, perhaps after channels, or one number of features
 * @param pool side of the squares of pixels whose means are looked at
 * @param layers per hidden layer the gater's sizes: features, tanh units, units of the task
 */
public record StoredTaskGaters(List<Integer> shape, int pool, List<List<Integer>> layers) {
    /**
     * {@return what a file says of these}
     *
     * @param gaters of a task
     */
    public static StoredTaskGaters of(TaskGaters gaters) {
        return new StoredTaskGaters(
                StoredShape.dimensions(gaters.shape()),
                gaters.pool(),
                gaters.layers().stream()
                        .<List<Integer>>map(TaskGaters.Layer::sizes)
                        .toList());
    }

    /**
     * {@return parameters as a file has them}
     *
     * @param gaters of a task
     */
    public static byte[] parameters(TaskGaters gaters) {
        ByteArrayDataOutput data = ByteStreams.newDataOutput();
        for (TaskGaters.Layer layer : gaters.layers()) {
            for (float[] map : layer.maps()) {
                for (float value : map) {
                    data.writeFloat(value);
                }
            }
            data.writeFloat(layer.threshold());
        }
        return data.toByteArray();
    }

    /**
     * Makes sure that they can be read.
     *
     * @param features of an example
     * @param open units of the task per hidden layer
     * @throws IllegalArgumentException if something is missing, out of its range, or does not go with something else
     */
    public void check(int features, List<Integer> open) {
        checkArgument(isWhole(shape) && isWhole(layers) && layers.size() == open.size(), "gaters are incomplete");
        checkArgument(StoredShape.of(shape).features() == features, "gaters do not fit the network");
        Pooling pooling = new Pooling(StoredShape.of(shape), pool);
        for (int l = 0; l < open.size(); l++) {
            List<Integer> sizes = layers.get(l);
            checkArgument(
                    isWhole(sizes)
                            && sizes.size() >= 2
                            && sizes.subList(0, sizes.size() - 1).stream().allMatch(size -> size >= 1)
                            && sizes.get(0) == pooling.features()
                            && sizes.get(sizes.size() - 1).equals(open.get(l)),
                    "the gater of layer %s does not fit the task",
                    l + 1);
        }
    }

    private static boolean isWhole(List<?> values) {
        return values != null && values.stream().allMatch(Objects::nonNull);
    }

    /** {@return bytes that {@link #parameters} takes} */
    public long bytes() {
        long floats = 0;
        for (List<Integer> sizes : layers) {
            for (int m = 0; m < sizes.size() - 1; m++) {
                floats = Math.addExact(floats, TaskGaters.Layer.length(ImmutableList.copyOf(sizes), m));
            }
            floats++;
        }
        return Math.multiplyExact(floats, (long) Float.BYTES);
    }

    /**
     * {@return the gaters}
     *
     * @param parameters as {@link #parameters} wrote them; read from where it stands
     */
    public TaskGaters read(ByteBuffer parameters) {
        ImmutableList.Builder<TaskGaters.Layer> read = ImmutableList.builder();
        for (List<Integer> sizes : layers) {
            ImmutableList<Integer> of = ImmutableList.copyOf(sizes);
            ImmutableList.Builder<float[]> maps = ImmutableList.builder();
            for (int m = 0; m < of.size() - 1; m++) {
                float[] map = new float[Math.toIntExact(TaskGaters.Layer.length(of, m))];
                for (int i = 0; i < map.length; i++) {
                    map[i] = parameters.getFloat();
                }
                maps.add(map);
            }
            read.add(new TaskGaters.Layer(of, maps.build(), parameters.getFloat()));
        }
        return new TaskGaters(StoredShape.of(shape), pool, read.build());
    }
}
