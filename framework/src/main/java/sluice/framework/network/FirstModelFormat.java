package sluice.framework.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.GateProbabilities;
import sluice.framework.gates.TaskState;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.gating.GateActivation;
import sluice.gating.Subnetwork;

/**
 * Tasks in model files of format 1, and in those of format 2 with convolutions, which held a head over every unit and the
 * gate logits as doubles: read, never written. The digest of such a task is over these, too.
 */
final class FirstModelFormat {
    static final int FORMAT = 1;

    private static final int FORMAT_OF_MAPS = 2;

    private FirstModelFormat() {}

    /** Whether tasks are held so in files of a format, of networks with convolutions or without. */
    static boolean holds(int format, boolean maps) {
        return format == FORMAT || (format == FORMAT_OF_MAPS && maps);
    }

    /** What a task takes in the file. */
    static long bytes(List<Integer> hidden, int classes, Connection head) {
        long last = (long) hidden.get(hidden.size() - 1) * head.weightsPerUnitBelow();
        long logits = hidden.stream().mapToLong(units -> units).sum();
        return Float.BYTES * (long) classes * (last + 1) + Double.BYTES * logits;
    }

    /**
     * Reads a task and checks its digest.
     *
     * @throws IllegalArgumentException if the parameters do not match the digest
     */
    static ModelTasks.Read read(
            ByteBuffer parameters, ModelDescription.Task description, List<Layer> layers, Connection connection) {
        int last = layers.get(layers.size() - 1).units();
        Layer head = ModelFile.readLayer(parameters, description.classes().size(), last, connection);
        List<double[]> logits = new ArrayList<>();
        ImmutableList.Builder<ConsolidatedTask.GateCount> gates = ImmutableList.builder();
        for (Layer layer : layers) {
            double[] ofLayer = new double[layer.units()];
            parameters.asDoubleBuffer().get(ofLayer);
            parameters.position(parameters.position() + Double.BYTES * ofLayer.length);
            logits.add(ofLayer);
            // which kind of gate it was is not in the file: a sigmoid of slope 1 is the usual one
            gates.add(GateProbabilities.of(GateActivation.SIGMOID, ofLayer, 1).count());
        }
        TaskState task = new TaskState(description.name(), ImmutableList.copyOf(description.classes()), head, logits);
        checkArgument(
                digest(task, layers).equals(description.digest()),
                "the parameters of task %s do not match their digest",
                description.name());
        return new ModelTasks.Read(ConsolidatedTask.of(task, task.subnetwork(), gates.build()), task.subnetwork());
    }

    private static String digest(TaskState task, List<Layer> layers) {
        Subnetwork subnetwork = task.subnetwork();
        Hasher hasher = Hashing.sha256().newHasher().putString(task.name(), StandardCharsets.UTF_8);
        task.classes().forEach(hasher::putInt);
        for (double[] ofLayer : task.logits()) {
            for (double logit : ofLayer) {
                hasher.putDouble(logit);
            }
        }
        TaskDigest.putFloats(hasher, task.head().weights());
        TaskDigest.putFloats(hasher, task.head().biases());
        TaskDigest.putBlocks(hasher, layers, subnetwork);
        return hasher.hash().toString();
    }
}
