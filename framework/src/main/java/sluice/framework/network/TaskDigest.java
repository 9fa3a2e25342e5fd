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
        putBlocks(hasher, network.layersOf(task), network.openOf(task), network.subnetwork(name));
        putOwn(hasher, task);
        putConditional(hasher, task);
        return hasher.hash().toString();
    }

    /** The numbers, biases and weights of the open units of all layers. */
    static void putBlocks(Hasher hasher, List<Layer> layers, Subnetwork subnetwork) {
        putBlocks(hasher, layers, subnetwork, subnetwork);
    }

    /**
     * @param subnetwork the open units, by their places in the layers
     * @param numbers what the same units are called
     */
    private static void putBlocks(Hasher hasher, List<Layer> layers, Subnetwork subnetwork, Subnetwork numbers) {
        for (int l = 0; l < layers.size(); l++) {
            int[] below = l == 0
                    ? CompiledLayer.allOf(layers.get(0).below())
                    : subnetwork.layers().get(l - 1).toArray();
            putBlock(
                    hasher,
                    layers.get(l).block(subnetwork.layers().get(l).toArray(), below),
                    numbers.layers().get(l).toArray());
        }
    }

    private static void putBlock(Hasher hasher, Layer block, int[] numbers) {
        hasher.putString(block.connection().geometry(), StandardCharsets.UTF_8);
        for (int k = 0; k < numbers.length; k++) {
            hasher.putInt(numbers[k]).putFloat(block.biases()[k]);
            putFloats(hasher, block.weights(), k * block.inputs(), block.inputs());
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
        putFloats(hasher, values, 0, values.length);
    }

    private static void putFloats(Hasher hasher, float[] values, int from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values, from, count);
        hasher.putBytes(bytes);
    }
}
