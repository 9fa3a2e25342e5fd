package sluice.gating;

/** A mean loss over examples as a function of gates, small enough that everything about it can be known exactly. */
interface GatedLoss {
    int units();

    int examples();

    double loss(int example, double[] gates);

    double[] gradient(int example, double[] gates);

    default double loss(double[] gates) {
        double sum = 0;
        for (int example = 0; example < examples(); example++) {
            sum += loss(example, gates);
        }
        return sum / examples();
    }

    default double[] gradient(double[] gates) {
        double[] mean = new double[units()];
        for (int example = 0; example < examples(); example++) {
            double[] gradient = gradient(example, gates);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += gradient[i] / examples();
            }
        }
        return mean;
    }
}
