package sluice.framework.internal.kernel;

/**
 * Passes over logits of Bernoulli and categorical variables, in loops that the JVM vectorises: exponentials by a polynomial
 * and squarings (relative error below 1e-5), {@code log(1 + e)} by its series. Every array is read from its beginning, as an
 * offset keeps Java 17 from vectorising. One thread's own; its scratch grows to the longest row seen and is then reused.
 */
public final class LogitPasses {
    /** Before it is squared six times over. */
    private static final float PART = 1 / 64f;

    /** {@code exp(-60)} is as good as 0, and {@code exp(-90)} would be below what a float can hold. */
    private static final float LARGEST = 60f;

    private float[] exponentials = new float[0];
    private float[] terms = new float[0];

    LogitPasses() {}

    private void reserve(int length) {
        if (length > exponentials.length) {
            exponentials = new float[length];
            terms = new float[length];
        }
    }

    /** {@code exp(-t)} for t in [0, 60]. */
    private static float exponential(float t) {
        float y = -t * PART;
        float e = 1 + y * (1 + y * (1 / 2f + y * (1 / 6f + y * (1 / 24f + y * (1 / 120f + y * (1 / 720f))))));
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        return e * e;
    }

    /**
     * The negative log-likelihood of values under Bernoulli variables, {@code sum of log(1 + exp(a)) - x a}.
     *
     * @param logits a
     * @param values x, as many; binary, or in [0, 1]
     * @param count how many
     * @return the sum, in nats
     */
    public double crossEntropy(float[] logits, float[] values, int count) {
        reserve(count);
        float[] e = exponentials;
        float[] sums = terms;
        for (int i = 0; i < count; i++) {
            e[i] = exponential(Math.min(Math.abs(logits[i]), LARGEST));
        }
        for (int i = 0; i < count; i++) {
            float a = logits[i];
            float z = e[i] / (2 + e[i]);
            float s = z * z;
            // log(1 + e) = 2 artanh(z), z at most 1/3
            float log = 2 * z * (1 + s * (1 / 3f + s * (1 / 5f + s * (1 / 7f + s * (1 / 9f + s * (1 / 11f))))));
            sums[i] = 0.5f * (a + Math.abs(a)) - values[i] * a + log;
        }
        return sum(sums, count);
    }

    /** Eight sums side by side, as one would wait for each addition. */
    private static double sum(float[] values, int count) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i < count - 7; i += 8) {
            s0 += values[i];
            s1 += values[i + 1];
            s2 += values[i + 2];
            s3 += values[i + 3];
            s4 += values[i + 4];
            s5 += values[i + 5];
            s6 += values[i + 6];
            s7 += values[i + 7];
        }
        for (; i < count; i++) {
            s0 += values[i];
        }
        return (double) (s0 + s1) + (s2 + s3) + (s4 + s5) + (s6 + s7);
    }

    /**
     * {@code sigm(a)}.
     *
     * @param logits a
     * @param into receives the probabilities; may be the logits
     * @param count how many
     */
    public void sigmoid(float[] logits, float[] into, int count) {
        reserve(count);
        float[] e = exponentials;
        for (int i = 0; i < count; i++) {
            e[i] = 1 / (1 + exponential(Math.min(Math.abs(logits[i]), LARGEST))) - 0.5f;
        }
        for (int i = 0; i < count; i++) {
            // 1 at positive logits, -1 at negative ones, 0 at 0
            float side = logits[i] / Math.max(Math.abs(logits[i]), Float.MIN_NORMAL);
            into[i] = 0.5f + side * e[i];
        }
    }

    /**
     * {@code tanh(a)}.
     *
     * @param values a, overwritten
     * @param count how many
     */
    public void tanh(float[] values, int count) {
        reserve(count);
        float[] e = exponentials;
        for (int i = 0; i < count; i++) {
            e[i] = exponential(Math.min(2 * Math.abs(values[i]), LARGEST));
        }
        for (int i = 0; i < count; i++) {
            float side = values[i] / Math.max(Math.abs(values[i]), Float.MIN_NORMAL);
            values[i] = side * (1 - e[i]) / (1 + e[i]);
        }
    }

    /**
     * The logarithm of the softmax of each run of K, {@code a - log sum exp(a)}.
     *
     * @param logits a
     * @param into receives the log-probabilities; may be the logits
     * @param count how many, a multiple of K
     * @param choices K
     */
    public void logSoftmax(float[] logits, float[] into, int count, int choices) {
        reserve(count);
        for (int run = 0; run < count; run += choices) {
            float largest = logits[run];
            for (int j = run + 1; j < run + choices; j++) {
                largest = Math.max(largest, logits[j]);
            }
            for (int j = run; j < run + choices; j++) {
                into[j] = logits[j] - largest;
            }
        }
        float[] e = exponentials;
        exponentials(into, e, count);
        for (int run = 0; run < count; run += choices) {
            float sum = 0;
            for (int j = run; j < run + choices; j++) {
                sum += e[j];
            }
            float log = (float) Math.log(sum);
            for (int j = run; j < run + choices; j++) {
                into[j] -= log;
            }
        }
    }

    /**
     * {@code exp(x)} of numbers that are not above 0.
     *
     * @param values x
     * @param into receives the exponentials
     * @param count how many
     */
    public void exponentials(float[] values, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = exponential(Math.min(Math.abs(values[i]), LARGEST));
        }
    }
}
