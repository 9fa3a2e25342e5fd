package sluice.framework.network;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import sluice.framework.layer.Layer;
import sluice.gating.ConsolidatedSubnetworks;

/** A digest of all that a network has frozen, each number once, however many tasks share it. */
final class FrozenDigest {
    private FrozenDigest() {}

    /**
     * SHA-256 over the heads of some tasks and what they have of units for themselves, and over the biases and weights that these have frozen.
     *
     * @param network with the parameters as they are now; it may have grown
     * @param consolidated what the tasks use, as it was recorded
     */
    static String of(NetworkParts network, ConsolidatedSubnetworks consolidated) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (String task : consolidated.tasks().keySet()) {
            Layer head = network.state(task).head();
            TaskDigest.putFloats(hasher, head.weights());
            TaskDigest.putFloats(hasher, head.biases());
            TaskDigest.putOwn(hasher, network.state(task));
            TaskDigest.putConditional(hasher, network.state(task));
        }
        for (int l = 0; l < consolidated.widths().size(); l++) {
            Layer layer = network.layers().get(l);
            ByteBuffer row = ByteBuffer.allocate(Float.BYTES * layer.inputs());
            for (int unit : consolidated.used(l).toArray()) {
                hasher.putInt(unit).putFloat(layer.biases()[unit]);
                row.clear();
                if (l == 0) {
                    putAll(row, layer, unit);
                } else {
                    putSome(row, layer, unit, consolidated.frozenInputs(l, unit).toArray());
                }
                hasher.putBytes(row.flip());
            }
        }
        return hasher.hash().toString();
    }

    private static void putAll(ByteBuffer row, Layer layer, int unit) {
        row.asFloatBuffer().put(layer.weights(), unit * layer.inputs(), layer.inputs());
        row.position(Float.BYTES * layer.inputs());
    }

    private static void putSome(ByteBuffer row, Layer layer, int unit, int[] inputs) {
        for (int input : inputs) {
            int from = unit * layer.inputs() + input * layer.span();
            for (int k = 0; k < layer.span(); k++) {
                row.putFloat(layer.weights()[from + k]);
            }
        }
    }
}
