package sluice.framework.network;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.internal.predict.CompiledLayer;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.Task;

/**
 * The proof of exact retention: a digest of everything that is frozen, and the logits of every task on a sample of its
 * test examples, taken at consolidation and taken again, from the live parameters, after every later task and after
 * growth. The matrices that predictions share, which are copies, are held to the same logits.
 *
 * <p>What many tasks have frozen is digested once for all of them, so that a proof costs what the network is wide, and a
 * few examples per task.
 */
public final class Retention {
    private static final int SAMPLE = 256;

    /** After so many tasks, those that come have a smaller sample: all samples together are computed after every task. */
    private static final int TASKS_WITH_LARGE_SAMPLE = 32;

    private static final int SMALL_SAMPLE = 32;

    private final GatedNetwork network;
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final Map<String, Examples> samples = new LinkedHashMap<>();
    private final Map<String, float[]> logits = new LinkedHashMap<>();
    private ConsolidatedSubnetworks proven;
    private String frozen;

    /** Starts with the tasks that the network learned before. */
    public Retention(GatedNetwork network) {
        this.network = network;
        network.tasks().forEach(name -> digests.put(name, digest(network, name)));
        takeFrozen();
    }

    private void takeFrozen() {
        proven = network.consolidated();
        frozen = FrozenDigest.of(network, proven);
    }

    /** Records a task that was just consolidated; returns its digest. */
    public String record(Task task) {
        Examples sample = sample(task.test(), samples.size() < TASKS_WITH_LARGE_SAMPLE ? SAMPLE : SMALL_SAMPLE);
        String digest = digest(network, task.name());
        digests.put(task.name(), digest);
        samples.put(task.name(), sample);
        logits.put(task.name(), network.logits(task.name(), sample));
        takeFrozen();
        return digest;
    }

    /** The first examples, as many as a comparison takes. */
    public static Examples sample(Examples examples) {
        return sample(examples, SAMPLE);
    }

    private static Examples sample(Examples examples, int most) {
        int size = Math.min(most, examples.size());
        return examples.select(IntStream.range(0, size).toArray(), label -> label);
    }

    /**
     * Compares every recorded task with its record: frozen parameters of all, and outputs of those recorded here.
     *
     * @return logits found bit for bit the same
     * @throws RetentionException if one bit moved
     */
    public long verify() {
        if (!FrozenDigest.of(network, proven).equals(frozen)) {
            throw new RetentionException("frozen parameters of task %s changed".formatted(changed()));
        }
        long compared = 0;
        for (Map.Entry<String, float[]> entry : logits.entrySet()) {
            String name = entry.getKey();
            Examples sample = samples.get(name);
            float[] recorded = entry.getValue();
            compare(name, recorded, network.fresh().logits(name, sample));
            network.sharedLogits(name, sample).ifPresent(shared -> compare(name, recorded, shared));
            compared += recorded.length;
        }
        return compared;
    }

    private String changed() {
        return digests.entrySet().stream()
                .filter(entry -> !digest(network, entry.getKey()).equals(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("(none alone)");
    }

    private static void compare(String name, float[] recorded, float[] now) {
        for (int i = 0; i < recorded.length; i++) {
            if (Float.floatToRawIntBits(now[i]) != Float.floatToRawIntBits(recorded[i])) {
                throw new RetentionException(
                        "logit %d of task %s was %s and is %s".formatted(i, name, recorded[i], now[i]));
            }
        }
    }

    /**
     * SHA-256 over classes, head, convolutions, the numbers, weights and biases of the open units of a task, and what it has
     * of them for itself.
     */
    public static String digest(GatedNetwork network, String name) {
        ConsolidatedTask task = network.state(name);
        Hasher hasher = Hashing.sha256().newHasher().putString(name, StandardCharsets.UTF_8);
        task.classes().forEach(hasher::putInt);
        putFloats(hasher, task.head().weights());
        putFloats(hasher, task.head().biases());
        putBlocks(hasher, network.layers(), network.subnetwork(name));
        putOwn(hasher, task);
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

    /** What a task has of its units for itself, if anything. */
    static void putOwn(Hasher hasher, ConsolidatedTask task) {
        for (TaskParameters own : task.own()) {
            for (float[] each : own.values()) {
                putFloats(hasher, each);
            }
        }
    }

    static void putFloats(Hasher hasher, float[] values) {
        for (float value : values) {
            hasher.putFloat(value);
        }
    }
}
