package sluice.framework.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores of tasks that are sums over terms, most of which need not be formed. All tasks are scored by the first few terms; those that are
 * left behind by more than a margin are ruled out, the others scored by as many terms again, and so on: a sequential test between
 * hypotheses (Wald 1945). Where terms are independent, a stage rules the right one of T tasks out with a probability of at most
 * {@code exp(-20)}, as its margin is {@code 20 + log T}; features of images are not, which is why the margin is so wide. So a further task costs a few terms, not all of them. Tasks are added by one thread;
 * then any number may ask.
 */
final class RacedScores {
    /** Terms that every task is scored by. */
    static final int FIRST = 96;

    /** By how much a logarithm must be behind, beside that of the number of tasks. */
    private static final double MARGIN = 20;

    private static final int ROOM = 16;

    private final int terms;
    private final int first;
    /** Where stages end, ascending; the last is the number of terms. */
    private final int[] ends;

    private final List<float[]> weights = new ArrayList<>();
    /** By task and stage, what is added whatever the terms are. */
    private final List<double[]> biases = new ArrayList<>();
    /** Of the first terms of all tasks, [first][room]: a term's weights lie side by side. */
    private float[] front;

    /** Of the first stage, by task. */
    private double[] frontBiases = new double[ROOM];

    private int room = ROOM;

    /**
     * @param terms of an example
     * @param perFeature terms that come together
     */
    RacedScores(int terms, int perFeature) {
        this(terms, ends(terms, perFeature));
    }

    private RacedScores(int terms, int[] ends) {
        this.terms = terms;
        this.ends = ends;
        this.first = ends[0];
        this.front = new float[first * room];
    }

    private static int[] ends(int terms, int perFeature) {
        List<Integer> ends = new ArrayList<>();
        for (long end = (long) FIRST * perFeature; end < terms; end *= 2) {
            ends.add((int) end);
        }
        ends.add(terms);
        return ends.stream().mapToInt(end -> end).toArray();
    }

    /** Stages of a race over so many terms. */
    static int stages(int terms, int perFeature) {
        return ends(terms, perFeature).length;
    }

    int stages() {
        return ends.length;
    }

    int tasks() {
        return weights.size();
    }

    /**
     * Sets a task, or adds the next.
     *
     * @param task its place
     * @param ofTask weights of its terms, kept
     * @param constants what is added for each term whatever it is
     */
    void set(int task, float[] ofTask, double[] constants) {
        double[] ofStages = new double[ends.length];
        for (int stage = 0, k = 0; stage < ends.length; stage++) {
            for (; k < ends[stage]; k++) {
                ofStages[stage] += constants[k];
            }
        }
        setSolved(task, ofTask, ofStages);
    }

    /** The same, by what is added in each stage. */
    void setSolved(int task, float[] ofTask, double[] ofStages) {
        if (task == weights.size()) {
            weights.add(ofTask);
            biases.add(ofStages);
        } else {
            weights.set(task, ofTask);
            biases.set(task, ofStages);
        }
        makeRoom();
        for (int k = 0; k < first; k++) {
            front[k * room + task] = ofTask[k];
        }
        frontBiases[task] = ofStages[0];
    }

    private void makeRoom() {
        if (weights.size() <= room) {
            return;
        }
        float[] wider = new float[first * 2 * room];
        for (int k = 0; k < first; k++) {
            System.arraycopy(front, k * room, wider, k * 2 * room, room);
        }
        front = wider;
        frontBiases = Arrays.copyOf(frontBiases, 2 * room);
        room *= 2;
    }

    /** The same without a task; those after it move up. */
    RacedScores without(int place) {
        RacedScores others = new RacedScores(terms, ends);
        for (int task = 0; task < weights.size(); task++) {
            if (task != place) {
                others.setSolved(others.tasks(), weights.get(task), biases.get(task));
            }
        }
        return others;
    }

    float[] weights(int task) {
        return weights.get(task);
    }

    double[] biases(int task) {
        return biases.get(task);
    }

    /** What one thread needs to score an example. */
    final class Scratch {
        private final float[] sums = new float[weights.size()];
        private final int[] left = new int[weights.size()];
        /** Where terms are not 0. */
        private final int[] present = new int[terms];
    }

    /**
     * Scores an example.
     *
     * @param values of its terms
     * @param into by task; negative infinity of those that are ruled out
     * @param scratch of this thread
     * @return multiply-adds that it took; terms that are 0 take none at first
     */
    long score(float[] values, double[] into, Scratch scratch) {
        float[] sums = scratch.sums;
        int tasks = sums.length;
        Arrays.fill(sums, 0);
        double margin = MARGIN + Math.log(tasks);
        long work = 0;
        int present = present(values, 0, first, scratch.present);
        for (int p = 0; p < present; p++) {
            int k = scratch.present[p];
            addScaled(sums, values[k], front, k * room, tasks);
        }
        work += (long) present * tasks;
        int left = ahead(sums, into, scratch.left, margin);
        for (int stage = 1; stage < ends.length && left > 1; stage++) {
            present = present(values, ends[stage - 1], ends[stage], scratch.present);
            for (int l = 0; l < left; l++) {
                int task = scratch.left[l];
                into[task] += biases.get(task)[stage] + dot(weights.get(task), values, scratch.present, present);
            }
            work += (long) left * present;
            left = fewer(into, scratch.left, left, margin);
        }
        return work;
    }

    /** Adds what is added whatever the terms are, and rules out what is behind by the first terms. */
    private int ahead(float[] sums, double[] scores, int[] left, double margin) {
        double best = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < sums.length; t++) {
            scores[t] = sums[t] + frontBiases[t];
            best = Math.max(best, scores[t]);
        }
        int kept = 0;
        for (int t = 0; t < sums.length; t++) {
            left[kept] = t;
            if (scores[t] >= best - margin) {
                kept++;
            } else {
                scores[t] = Double.NEGATIVE_INFINITY;
            }
        }
        return kept;
    }

    /** Rules out what is behind, and keeps the others in their order. */
    private static int fewer(double[] scores, int[] left, int count, double margin) {
        double best = Double.NEGATIVE_INFINITY;
        for (int l = 0; l < count; l++) {
            best = Math.max(best, scores[left[l]]);
        }
        int kept = 0;
        for (int l = 0; l < count; l++) {
            if (scores[left[l]] >= best - margin) {
                left[kept++] = left[l];
            } else {
                scores[left[l]] = Double.NEGATIVE_INFINITY;
            }
        }
        return kept;
    }

    /** Finds the terms that are not 0: of pictures most are. */
    private static int present(float[] values, int from, int to, int[] into) {
        int count = 0;
        for (int k = from; k < to; k++) {
            if (values[k] != 0) {
                into[count++] = k;
            }
        }
        return count;
    }

    private static void addScaled(float[] sums, float value, float[] weights, int from, int count) {
        for (int t = 0; t < count; t++) {
            sums[t] += value * weights[from + t];
        }
    }

    private static float dot(float[] weights, float[] values, int[] present, int count) {
        float even = 0;
        float odd = 0;
        int p = 0;
        for (; p + 1 < count; p += 2) {
            even += weights[present[p]] * values[present[p]];
            odd += weights[present[p + 1]] * values[present[p + 1]];
        }
        if (p < count) {
            even += weights[present[p]] * values[present[p]];
        }
        return even + odd;
    }

    private static double dot(float[] weights, float[] values, int from, int to) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int k = from;
        for (; k + 3 < to; k += 4) {
            a += weights[k] * values[k];
            b += weights[k + 1] * values[k + 1];
            c += weights[k + 2] * values[k + 2];
            d += weights[k + 3] * values[k + 3];
        }
        for (; k < to; k++) {
            a += weights[k] * values[k];
        }
        return (double) (a + b) + (c + d);
    }

    /** Terms of an example. */
    int terms() {
        return terms;
    }

    /** The score of one task by all terms. */
    double whole(int task, float[] values) {
        double score = Arrays.stream(biases.get(task)).sum();
        return score + dot(weights.get(task), values, 0, terms);
    }
}
