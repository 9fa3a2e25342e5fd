package sluice.gating;

import java.util.function.BiConsumer;

/** Expected values over independent gates, by enumeration. */
final class Expectation {
    private Expectation() {}

    /**
     * @param probabilities of being open, per gate
     * @param size of what is averaged
     * @param function adds its value at the gates to an array, which comes zeroed
     */
    static double[] of(double[] probabilities, int size, BiConsumer<double[], double[]> function) {
        int units = probabilities.length;
        double[] mean = new double[size];
        for (int code = 0; code < 1 << units; code++) {
            double[] gates = new double[units];
            double weight = 1;
            for (int i = 0; i < units; i++) {
                gates[i] = code >> i & 1;
                weight *= gates[i] == 1 ? probabilities[i] : 1 - probabilities[i];
            }
            double[] value = new double[size];
            function.accept(gates, value);
            for (int i = 0; i < size; i++) {
                mean[i] += weight * value[i];
            }
        }
        return mean;
    }
}
