package sluice.framework;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.Task;

/**
 * The proof of exact retention: a digest of everything that a task froze, and its logits on a sample of its test
 * examples, taken at consolidation and taken again, from the live parameters, after every later task. The matrices that
 * predictions share, which are copies, are held to the same logits.
 */
final class Retention {
    private static final int SAMPLE = 256;

    private final GatedNetwork network;
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final Map<String, Examples> samples = new LinkedHashMap<>();
    private final Map<String, float[]> logits = new LinkedHashMap<>();

    /** Starts with the tasks that the network learned before. */
    Retention(GatedNetwork network) {
        this.network = network;
        network.tasks().forEach(name -> digests.put(name, digest(network, name)));
    }

    /** Records a task that was just consolidated; returns its digest. */
    String record(Task task) {
        Examples sample = sample(task.test());
        String digest = digest(network, task.name());
        digests.put(task.name(), digest);
        samples.put(task.name(), sample);
        logits.put(task.name(), network.logits(task.name(), sample));
        return digest;
    }

    /** The first examples, as many as a comparison takes. */
    static Examples sample(Examples examples) {
        int size = Math.min(SAMPLE, examples.size());
        return examples.select(IntStream.range(0, size).toArray(), label -> label);
    }

    /**
     * Compares every recorded task with its record: frozen parameters of all, and outputs of those recorded here.
     *
     * @return logits found bit for bit the same
     * @throws RetentionException if one bit moved
     */
    long verify() {
        long compared = 0;
        for (Map.Entry<String, String> entry : digests.entrySet()) {
            if (!digest(network, entry.getKey()).equals(entry.getValue())) {
                throw new RetentionException("frozen parameters of task %s changed".formatted(entry.getKey()));
            }
        }
        for (Map.Entry<String, float[]> entry : logits.entrySet()) {
            String name = entry.getKey();
            Examples sample = samples.get(name);
            float[] recorded = entry.getValue();
            compare(name, recorded, network.freshLogits(network.state(name), network.subnetwork(name), sample));
            compare(name, recorded, network.logits(name, sample));
            compared += recorded.length;
        }
        return compared;
    }

    private static void compare(String name, float[] recorded, float[] now) {
        for (int i = 0; i < recorded.length; i++) {
            if (Float.floatToRawIntBits(now[i]) != Float.floatToRawIntBits(recorded[i])) {
                throw new RetentionException(
                        "logit %d of task %s was %s and is %s".formatted(i, name, recorded[i], now[i]));
            }
        }
    }

    /** SHA-256 over subnetwork, gate logits, head, convolutions, and the weights and biases of the open units of a task. */
    static String digest(GatedNetwork network, String name) {
        TaskState task = network.state(name);
        Subnetwork subnetwork = network.subnetwork(name);
        Hasher hasher = Hashing.sha256().newHasher().putString(name, StandardCharsets.UTF_8);
        task.classes().forEach(hasher::putInt);
        task.logits().forEach(ofLayer -> putDoubles(hasher, ofLayer));
        putFloats(hasher, task.head().weights());
        putFloats(hasher, task.head().biases());
        List<DenseLayer> hidden = network.layers();
        for (int l = 0; l < hidden.size(); l++) {
            UnitSet open = subnetwork.layers().get(l);
            UnitSet below = l == 0
                    ? UnitSet.all(hidden.get(0).below())
                    : subnetwork.layers().get(l - 1);
            putBlock(hasher, hidden.get(l), open.toArray(), below.toArray());
        }
        return hasher.hash().toString();
    }

    private static void putBlock(Hasher hasher, DenseLayer layer, int[] units, int[] inputs) {
        if (layer.connection() instanceof Connection.Convolution convolution) {
            hasher.putString(convolution.toString(), StandardCharsets.UTF_8);
        }
        for (int unit : units) {
            hasher.putInt(unit).putFloat(layer.biases()[unit]);
            for (int input : inputs) {
                int from = unit * layer.inputs() + input * layer.span();
                for (int k = 0; k < layer.span(); k++) {
                    hasher.putFloat(layer.weights()[from + k]);
                }
            }
        }
    }

    private static void putFloats(Hasher hasher, float[] values) {
        for (float value : values) {
            hasher.putFloat(value);
        }
    }

    private static void putDoubles(Hasher hasher, double[] values) {
        for (double value : values) {
            hasher.putDouble(value);
        }
    }
}
