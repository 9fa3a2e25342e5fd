package sluice.gating.exact;

/**
 * Two small losses of six gates on which exact values of estimators are known: of independent gates, and of two choices
 * of one of three.
 */
public final class ReferenceProblems {
    private static final double[] LOGITS = {-1.2, -0.5, 0.1, 0.7, 1.4, -2.0};
    /** The last one is outside of the window: its gate is always open and learns nothing. */
    private static final double[] HARD_LOGITS = {-0.8, -0.35, 0.1, 0.45, 0.8, 1.3};

    private static final int CHOICES = 3;
    private static final double[] CHOICE_LOGITS = {0.5, -0.3, 1.0, -0.8, 0.2, 0.0};

    private ReferenceProblems() {}

    /** {@return a quadratic loss: one example, cross terms and own curvature} */
    public static GatedProblem quadratic() {
        return independent("quadratic", quadraticLoss());
    }

    /** {@return the same loss under choices} */
    public static GatedProblem quadraticChoices() {
        return choices("quadratic-choices", quadraticLoss());
    }

    /** {@return a gated two-layer network: 4 examples, 3 inputs, 6 tanh units, 3 classes} */
    public static GatedProblem network() {
        return independent("network", networkLoss());
    }

    /** {@return the same loss under choices} */
    public static GatedProblem networkChoices() {
        return choices("network-choices", networkLoss());
    }

    private static GatedProblem independent(String name, GatedLoss loss) {
        return GatedProblem.independent(name, loss, LOGITS.clone(), HARD_LOGITS.clone());
    }

    private static GatedProblem choices(String name, GatedLoss loss) {
        return GatedProblem.choices(name, loss, CHOICES, CHOICE_LOGITS.clone());
    }

    private static GatedLoss quadraticLoss() {
        double[] linear = {0.8, -1.1, 0.4, -0.6, 0.3, 0.9};
        double[][] curvature = {
            {1.2, 0.3, -0.5, 0.2, 0.0, 0.1},
            {0.3, -0.8, 0.4, -0.1, 0.6, -0.2},
            {-0.5, 0.4, 0.9, 0.7, -0.3, 0.0},
            {0.2, -0.1, 0.7, 1.5, 0.2, 0.4},
            {0.0, 0.6, -0.3, 0.2, -0.6, 0.5},
            {0.1, -0.2, 0.0, 0.4, 0.5, 0.7}
        };
        return new QuadraticLoss(0.5, linear, curvature);
    }

    private static GatedLoss networkLoss() {
        double[][] inputs = {{0.5, -1.0, 0.8}, {-0.7, 0.3, 1.1}, {1.2, 0.6, -0.4}, {-0.2, -0.9, -1.3}};
        int[] targets = {0, 1, 2, 1};
        double[][] hiddenWeights = {
            {0.9, -0.4, 0.3},
            {-0.6, 0.8, 0.5},
            {0.2, 0.7, -1.0},
            {-0.5, -0.3, 0.9},
            {1.1, 0.2, 0.4},
            {-0.8, 0.6, -0.2}
        };
        double[] hiddenBiases = {0.1, -0.2, 0.0, 0.3, -0.1, 0.2};
        double[][] outputWeights = {
            {1.3, -0.7, 0.5, 0.9, -1.1, 0.4}, {-0.8, 1.2, -0.6, 0.3, 0.7, -1.4}, {0.2, -0.5, 1.1, -1.2, 0.6, 0.8}
        };
        double[] outputBiases = {0.05, -0.1, 0.15};
        return NetworkLoss.of(inputs, targets, hiddenWeights, hiddenBiases, outputWeights, outputBiases);
    }
}
