package sluice.framework.network;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import sluice.framework.conditional.StoredTaskExits;
import sluice.framework.conditional.StoredTaskGaters;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.internal.predict.CompiledLayer;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;

/** A digest of all that one task has frozen, as models keep it: the same for ever, whatever classes are called. */
final class TaskDigest {
    private TaskDigest() {}

    /**
     * SHA-256 over classes, head, convolutions, the numbers, weights and biases of the open units of a task, and what it has
     * of them for itself, gaters and exits too.
     */
    static String of(NetworkParts network, String name) {
        ConsolidatedTask task = network.state(name);
        Hasher hasher = Hashing.sha256().newHasher().putString(name, StandardCharsets.UTF_8);
        task.classes().forEach(hasher::putInt);
        putFloats(hasher, task.head().weights());
        putFloats(hasher, task.head().biases());
        putBlocks(hasher, network.layers(), network.subnetwork(name));
        putOwn(hasher, task);
        putConditional(hasher, task);
        return hasher.hash().toString();
    }

    /** The numbers, biases and weights of the open units of all layers. */
    static void putBlocks(Hasher hasher, List<Layer> layers, Subnetwork subnetwork) {
        for (int l = 0; l < layers.size(); l++) {
            UnitSet open = subnetwork.layers().get(l);
            int[] below = l == 0
                    ? CompiledLayer.allOf(layers.get(0).below())
                    : subnetwork.layers().get(l - 1).toArray();
            putBlock(hasher, layers.get(l), open.toArray(), below);
        }
    }

    private static void putBlock(Hasher hasher, Layer layer, int[] units, int[] inputs) {
        hasher.putString(layer.connection().geometry(), StandardCharsets.UTF_8);
        int span = layer.span();
        float[] weights = new float[inputs.length * span];
        for (int unit : units) {
            hasher.putInt(unit).putFloat(layer.biases()[unit]);
            int from = unit * layer.inputs();
            for (int i = 0; i < inputs.length; i++) {
                System.arraycopy(layer.weights(), from + inputs[i] * span, weights, i * span, span);
            }
            putFloats(hasher, weights);
        }
    }

    /** What a task has of its units for itself, if anything. */
    static void putOwn(Hasher hasher, ConsolidatedTask task) {
        for (TaskParameters own : task.own()) {
            for (float[] each : own.values()) {
                putFloats(hasher, each);
            }
        }
    }

    /** Gaters and exits, parameters and all that answers hang on beside, if a task has some. */
    static void putConditional(Hasher hasher, ConsolidatedTask task) {
        task.gaters()
                .ifPresent(
                        gaters -> hasher.putString(StoredTaskGaters.of(gaters).toString(), StandardCharsets.UTF_8)
                                .putBytes(StoredTaskGaters.parameters(gaters)));
        task.exits()
                .ifPresent(exits -> hasher.putString(StoredTaskExits.of(exits).toString(), StandardCharsets.UTF_8)
                        .putBytes(StoredTaskExits.parameters(exits)));
    }

    /** As one after the other, but many at once: a hasher takes its bytes in the little-endian order. */
    static void putFloats(Hasher hasher, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        hasher.putBytes(bytes);
    }
}
