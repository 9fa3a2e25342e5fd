package sluice.framework.network;

import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import java.nio.ByteBuffer;
import sluice.framework.internal.state.State;
import sluice.framework.layer.Layer;

/**
 * A gated network as checkpoints hold it: what is known of tasks, as it was when the task that is learned was begun, and layers as they
 * are, to which that task's training has written back.
 */
public final class NetworkState {
    /** Of layers. */
    private static final long MOST_BYTES = 1L << 30;

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
     * {@return whether a network is not too large to be kept}
     *
     * @param network whose layers are looked at
     */
    public static boolean fits(GatedNetwork network) {
        return network.parts().layers().stream().mapToLong(ModelFile::bytes).sum() <= MOST_BYTES;
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
            tasks = ModelFile.tasks(parts);
        }
        state.bytes("description", description);
        ByteArrayDataOutput layers = ByteStreams.newDataOutput(
                parts.layers().stream().mapToInt(ModelFile::bytes).reduce(0, Math::addExact));
        for (Layer layer : parts.layers()) {
            ModelFile.writeLayer(layers, layer);
        }
        state.bytes("layers", layers.toByteArray());
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
