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
    private final NetworkParts parts;
    private final byte[] description;
    private final byte[] tasks;

    /**
     * Takes up what is known of tasks.
     *
     * @param network before the next task
     */
    public NetworkState(GatedNetwork network) {
        this.parts = network.parts();
        this.description = ModelFile.content(parts).description();
        this.tasks = ModelFile.tasks(parts);
    }

    /**
     * Tells the network, while a task is learned.
     *
     * @param state keeps it
     */
    public void keep(State state) {
        state.bytes("description", description);
        ByteArrayDataOutput layers = ByteStreams.newDataOutput();
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
