package sluice.gating;

/** {@code L(h) = c + b.h + h'Qh / 2} with a symmetric Q: one example. */
record QuadraticLoss(double constant, double[] linear, double[][] curvature) implements GatedLoss {
    @Override
    public int units() {
        return linear.length;
    }

    @Override
    public int examples() {
        return 1;
    }

    @Override
    public double loss(int example, double[] gates) {
        double loss = constant;
        for (int i = 0; i < gates.length; i++) {
            loss += linear[i] * gates[i];
            for (int j = 0; j < gates.length; j++) {
                loss += gates[i] * curvature[i][j] * gates[j] / 2;
            }
        }
        return loss;
    }

    @Override
    public double[] gradient(int example, double[] gates) {
        double[] gradient = linear.clone();
        for (int i = 0; i < gates.length; i++) {
            for (int j = 0; j < gates.length; j++) {
                gradient[i] += curvature[i][j] * gates[j];
            }
        }
        return gradient;
    }
}
