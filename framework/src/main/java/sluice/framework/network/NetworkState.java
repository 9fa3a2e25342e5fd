package sluice.framework.network;

import java.nio.ByteBuffer;
import java.util.List;
import sluice.framework.internal.model.Parameters;
import sluice.framework.internal.state.State;
import sluice.framework.layer.Layer;

/**
 * A gated network as checkpoints hold it: what is known of tasks, as it was when the task that is learned was begun, and layers as they
 * are, to which that task's training has written back.
 */
public final class NetworkState {
    /** What the layers of a network may take that checkpoints are kept of. */
    public static final long MOST_BYTES = 1L << 30;

    private final NetworkParts parts;
    private byte[] description;
    private byte[] tasks;

    /**
     * Of a network that is to learn its next task.
     *
     * @param network before that task
     */
    public NetworkState(GatedNetwork network) {
        this.parts = network.parts();
    }

    /**
     * {@return bytes that layers, and what tasks have of units for themselves, take in a checkpoint}
     *
     * @param network that is asked about
     */
    public static long bytes(NetworkParts network) {
        return bytes(network.layers()) + network.separateBytes();
    }

    static long bytes(List<Layer> layers) {
        return layers.stream().mapToLong(ModelFile::bytes).sum();
    }

    /**
     * Tells the network, while a task is learned.
     *
     * @param state keeps it
     */
    public void keep(State state) {
        if (description == null) {
            // the same until the task has ended
            description = ModelFile.description(parts);
            tasks = Parameters.array(out -> ModelFile.writeTasks(out, parts));
        }
        state.bytes("description", description);
        state.bytes("layers", Parameters.array(out -> {
            for (Layer layer : parts.layers()) {
                ModelFile.writeLayer(out, layer);
            }
        }));
        state.bytes("tasks", tasks);
    }

    /**
     * Lets a network become the one that was told.
     *
     * @param network of the same inputs, which has learned nothing
     * @param state gives what was kept
     */
    public static void restore(GatedNetwork network, State state) {
        byte[] none = {};
        byte[] described = state.bytes("description", none);
        byte[] layers = state.bytes("layers", none);
        byte[] known = state.bytes("tasks", none);
        ByteBuffer parameters = ByteBuffer.allocate(Math.addExact(layers.length, known.length));
        parameters.put(layers).put(known).flip();
        network.parts().take(ModelFile.restored(described, parameters));
    }
}
