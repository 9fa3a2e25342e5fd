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
    ARM("arm", new Antithetic(Antithetic.Form.ARM)),
    DISARM("disarm", new Antithetic(Antithetic.Form.DISARM)),
    MINIMUM_VARIANCE("minimum-variance", new MinimumVariance()) {
        @Override
        double[] mean(CategoricalProblem problem) {
            return problem.sampled().minimumVarianceMean();
        }
    },
    MUPROP("muprop", new MuProp(1)),
    REBAR("rebar", relaxation(Relaxation.Form.REBAR)),
    RELAX("relax", relaxation(Relaxation.Form.RELAX)) {
        @Override
        GateEstimation begin(CategoricalProblem problem, GateLayout layout) {
            return relaxation(Relaxation.Form.RELAX)
                    .withSurrogate(layout, CategoricalSampledReference.VALUES.surrogate());
        }
    };

    private final String key;
    private final GradientEstimator estimator;

    CategoricalReferenceEstimator(String key, GradientEstimator estimator) {
        this.key = key;
        this.estimator = estimator;
    }

    private static Relaxation relaxation(Relaxation.Form form) {
        Schedule temperature = new Schedule.Constant(CategoricalSampledReference.VALUES.temperature());
        return new Relaxation(form, temperature, 1, 1, 0);
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

    /** The exact gradient, unless the estimator is biased. */
    double[] mean(CategoricalProblem problem) {
        return problem.reference().gradient();
    }

    FixedNoise noise() {
        return new FixedNoise(CategoricalSampledReference.VALUES.noise().get(key));
    }
}
