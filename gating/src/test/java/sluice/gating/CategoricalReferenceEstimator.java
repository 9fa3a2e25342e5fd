package sluice.gating;

/** The estimators from samples of choices with known values, nothing in them tuned. */
enum CategoricalReferenceEstimator {
    CENTRED("centred", new Centred()) {
        @Override
        GateEstimation begin(CategoricalProblem problem, GateLayout layout) {
            return new Centred().withBaselines(layout, problem.sampled().baselines());
        }
    },
    LEAVE_ONE_OUT("leave-one-out", new LeaveOneOut(2)),
    MUPROP("muprop", new MuProp(1));

    private final String key;
    private final GradientEstimator estimator;

    CategoricalReferenceEstimator(String key, GradientEstimator estimator) {
        this.key = key;
        this.estimator = estimator;
    }

    String key() {
        return key;
    }

    GradientEstimator estimator() {
        return estimator;
    }

    GateEstimation begin(CategoricalProblem problem, GateLayout layout) {
        return estimator.begin(layout);
    }

    FixedNoise noise() {
        return new FixedNoise(CategoricalSampledReference.VALUES.noise().get(key));
    }
}
