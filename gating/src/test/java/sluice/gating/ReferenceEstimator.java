package sluice.gating;

/** The estimators with published exact values, each at the gates that these are for. */
enum ReferenceEstimator {
    ST_IDENTITY("st-identity", GateSetting.SIGMOID, StraightThrough.IDENTITY),
    ST_SIGMOID("st-sigmoid", GateSetting.SIGMOID, StraightThrough.DERIVATIVE),
    ST_HARD_SIGMOID("st-hard-sigmoid", GateSetting.HARD_SIGMOID, StraightThrough.DERIVATIVE),
    ST_SLOPE_2("st-slope-2", GateSetting.SLOPE_2, StraightThrough.DERIVATIVE),
    UNBIASED("unbiased", GateSetting.SIGMOID, new Unbiased()),
    UNBIASED_HARD_SIGMOID("unbiased-hard-sigmoid", GateSetting.HARD_SIGMOID, new Unbiased()),
    CENTRED_EXACT_BASELINE("centred-exact-baseline", GateSetting.SIGMOID, new Centred()) {
        @Override
        GateEstimation begin(ReferenceProblem problem, GateLayout layout) {
            return new Centred().withBaselines(layout, problem.exact(setting()).baselines());
        }
    };

    private final String key;
    private final GateSetting setting;
    private final GradientEstimator estimator;

    ReferenceEstimator(String key, GateSetting setting, GradientEstimator estimator) {
        this.key = key;
        this.setting = setting;
        this.estimator = estimator;
    }

    String key() {
        return key;
    }

    GateSetting setting() {
        return setting;
    }

    GateEstimation begin(ReferenceProblem problem, GateLayout layout) {
        return estimator.begin(layout);
    }
}
