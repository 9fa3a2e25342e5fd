package sluice.framework.plain;

import java.util.Arrays;

/**
 * The inputs of a layer that are not 0 in all examples of a batch. The others do nothing forward, and their weights have a
 * gradient of 0: neither is computed. Of MNIST's 784 pixels a mini-batch of 128 has about 500. A rectified unit is an input
 * of the layer above; one that no example of the batch is above 0 at has no gradient to hand down either. A network that
 * learns one task after another has many of those: after the first two tasks of split MNIST, a hidden layer of 400 may
 * have 50 live ones. Overwritten batch by batch, so that a pass allocates nothing.
 */
final class LiveInputs {
    /** A layer of units of which fewer than one in so many is dead is taken as it is: picking costs more than it saves. */
    private static final int WORTH_PICKING = 16;

    /** Per input, the sum of its magnitudes over the batch. */
    private final float[] magnitudes;
    /** A copy of one example. */
    private final float[] example;
    /** Live inputs, ascending. */
    private final int[] inputs;
    /** Per input, and after the last one, how many before it are live. */
    private final int[] before;

    private LiveInputs(int count) {
        this.magnitudes = new float[count];
        this.example = new float[count];
        this.inputs = new int[count];
        this.before = new int[count + 1];
    }

    /** Room for so many inputs, all live. */
    static LiveInputs all(int count) {
        LiveInputs live = new LiveInputs(count);
        Arrays.fill(live.magnitudes, 1);
        live.number();
        return live;
    }

    /** Takes the place of what it held. */
    void find(Batch batch) {
        Arrays.fill(magnitudes, 0);
        for (int row = 0; row < batch.size(); row++) {
            System.arraycopy(batch.inputs(), row * magnitudes.length, example, 0, magnitudes.length);
            addMagnitudes(magnitudes, example);
        }
        number();
    }

    /** The same of rectified units [rows][units], where a few dead ones count as live. */
    void find(float[][] units, int rows) {
        Arrays.fill(magnitudes, 0);
        for (int row = 0; row < rows; row++) {
            addMagnitudes(magnitudes, units[row]);
        }
        numberWorthPicking();
    }

    /** The same of values whose magnitudes are summed up already. */
    void find(float[] sums) {
        System.arraycopy(sums, 0, magnitudes, 0, magnitudes.length);
        numberWorthPicking();
    }

    private void numberWorthPicking() {
        number();
        if (!areAll() && (magnitudes.length - count()) * WORTH_PICKING < magnitudes.length) {
            Arrays.fill(magnitudes, 1);
            number();
        }
    }

    /** Arrays that begin at the same place: of others the JVM does not vectorise the loop. */
    private static void addMagnitudes(float[] sums, float[] values) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += Math.abs(values[i]);
        }
    }

    private void number() {
        int found = 0;
        for (int i = 0; i < magnitudes.length; i++) {
            before[i] = found;
            inputs[found] = i;
            // what is not a number is not 0 either
            found += magnitudes[i] == 0 ? 0 : 1;
        }
        before[magnitudes.length] = found;
    }

    int count() {
        return before[magnitudes.length];
    }

    boolean areAll() {
        return count() == magnitudes.length;
    }

    /** The place of an input among the live ones; of one that is not live, that of the next which is. */
    int place(int input) {
        return before[input];
    }

    boolean isLive(int input) {
        return before[input] < before[input + 1];
    }

    /** The first input after this one that differs from it in being live, at the latest {@code end}. */
    int endOfRun(int input, int end) {
        int next = input + 1;
        while (next < end && isLive(next) == isLive(input)) {
            next++;
        }
        return next;
    }

    /** Copies the live values of one example, to the place that they have or to another. */
    void gather(float[] values, int start, float[] into) {
        int count = count();
        if (areAll()) {
            System.arraycopy(values, start, into, 0, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            into[i] = values[start + inputs[i]];
        }
    }

    /** Puts values back to where they were gathered from, and 0 between them. */
    void spread(float[] gathered, float[] into, int start) {
        Arrays.fill(into, start, start + magnitudes.length, 0);
        int count = count();
        for (int i = 0; i < count; i++) {
            into[start + inputs[i]] = gathered[i];
        }
    }

    /** Adds values to where they were gathered from. */
    void add(float[] gathered, float[] into, int start) {
        int count = count();
        for (int i = 0; i < count; i++) {
            into[start + inputs[i]] += gathered[i];
        }
    }
}
