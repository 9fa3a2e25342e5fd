package sluice.framework.network;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.tasks.Examples;
import sluice.tasks.Task;

/**
 * The proof of exact retention: a digest of everything that is frozen, and the logits of every task on a sample of its
 * test examples, and what exits answer there, taken at consolidation and taken again, from the live parameters, after every later task and after
 * growth. The matrices that predictions share, which are copies, are held to the same logits.
 *
 * <p>What many tasks have frozen is digested once for all of them, so that a proof costs what the network is wide, and a
 * few examples per task.
 */
public final class Retention {
    private static final int SAMPLE = 256;

    /** Examples of a task that are looked at, at the most. */
    public static final int MOST = SAMPLE;

    /** After so many tasks, those that come have a smaller sample: all samples together are computed after every task. */
    static final int TASKS_WITH_LARGE_SAMPLE = 32;

    private static final int SMALL_SAMPLE = 32;

    /** Tasks whose logits one proof computes, unless it is of all: else a task would cost the more the later it comes. */
    static final int TASKS_AT_ONCE = 8;

    /** Odd, and far from any fraction: Knuth's multiplicative hashing. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final GatedNetwork network;
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final Map<String, Examples> samples = new LinkedHashMap<>();
    private final Map<String, float[]> logits = new LinkedHashMap<>();
    private final Map<String, float[]> exits = new LinkedHashMap<>();
    private ConsolidatedSubnetworks proven;
    private String frozen;

    /** Starts with the tasks that the network learned before. */
    public Retention(GatedNetwork network) {
        this.network = network;
        network.tasks().forEach(name -> digests.put(name, network.digest(name)));
        takeFrozen();
    }

    private void takeFrozen() {
        proven = network.consolidated();
        frozen = FrozenDigest.of(network.parts(), proven);
    }

    /** Records a task that was just consolidated; returns its digest. */
    public String record(Task task) {
        Examples sample = sample(
                task.isTested() ? task.test() : task.train(),
                samples.size() < TASKS_WITH_LARGE_SAMPLE ? SAMPLE : SMALL_SAMPLE);
        String digest = network.digest(task.name());
        digests.put(task.name(), digest);
        samples.put(task.name(), sample);
        logits.put(task.name(), network.logits(task.name(), sample));
        atExits(task.name(), sample).ifPresent(said -> exits.put(task.name(), said));
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
     * Compares recorded tasks with their record: frozen parameters of every task that shares layers, and outputs of those recorded here, all of them where
     * they are few, else of some that lie side by side, others the next time; with them the parameters of tasks that have their units for themselves.
     *
     * @return logits found bit for bit the same
     * @throws RetentionException if one bit moved
     */
    public long verify() {
        ImmutableList<String> all = ImmutableList.copyOf(logits.keySet());
        if (all.size() <= TASKS_WITH_LARGE_SAMPLE) {
            return verify(all);
        }
        // a run that goes on from a checkpoint proves the same as one that was never stopped
        int from = (int) (((all.size() * SPREAD) >>> 33) % all.size());
        return verify(IntStream.range(0, TASKS_AT_ONCE)
                .mapToObj(t -> all.get((from + t) % all.size()))
                .toList());
    }

    /**
     * Compares every recorded task with its record.
     *
     * @return logits found bit for bit the same: those of all tasks recorded here
     * @throws RetentionException if one bit moved
     */
    public long verifyAll() {
        // those of earlier runs, too, of which no logits were recorded
        digests.keySet().stream().filter(name -> !logits.containsKey(name)).forEach(this::verifySeparate);
        return verify(ImmutableList.copyOf(logits.keySet()));
    }

    private long verify(List<String> tasks) {
        if (!FrozenDigest.of(network.parts(), proven).equals(frozen)) {
            throw changed(changed());
        }
        long compared = 0;
        for (String name : tasks) {
            verifySeparate(name);
            Examples sample = samples.get(name);
            float[] recorded = logits.get(name);
            compare(name, recorded, network.fresh().logits(name, sample));
            network.shared().logitsIfCompiled(name, sample).ifPresent(shared -> compare(name, recorded, shared));
            atExits(name, sample).ifPresent(said -> compare(name, exits.get(name), said));
            compared += recorded.length;
        }
        return compared;
    }

    /** Of units that are in no shared layer, whose parameters the digest of all frozen ones does not have. */
    private void verifySeparate(String task) {
        if (network.parts().state(task).separate().isPresent()
                && !network.digest(task).equals(digests.get(task))) {
            throw changed(task);
        }
    }

    /** What is answered within a task's budget, if it has exits. */
    private Optional<float[]> atExits(String task, Examples sample) {
        return NetworkExits.of(network, task)
                .map(asked -> asked.answer(sample, asked.exits().rule()).probabilities());
    }

    private static RetentionException changed(String task) {
        return new RetentionException("frozen parameters of task %s changed".formatted(task));
    }

    private String changed() {
        return digests.entrySet().stream()
                .filter(entry -> !network.digest(entry.getKey()).equals(entry.getValue()))
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
}
