package sluice.gating;

import java.util.Arrays;
import java.util.stream.Stream;
import sluice.gating.exact.Gates;

/** The estimators with known values, each at the gates that these are for, and the numbers that it draws for a gate. */
enum ReferenceEstimator {
    ST_IDENTITY("st-identity", GateSetting.SIGMOID, StraightThrough.IDENTITY, "uniform"),
    ST_SIGMOID("st-sigmoid", GateSetting.SIGMOID, StraightThrough.DERIVATIVE, "uniform"),
    ST_ACTIVE_IDENTITY(
            "st-active-identity",
            GateSetting.SIGMOID,
            new StraightThrough(StraightThrough.Backward.ACTIVE_IDENTITY),
            "uniform"),
    ST_ACTIVE_SIGMOID(
            "st-active-sigmoid",
            GateSetting.SIGMOID,
            new StraightThrough(StraightThrough.Backward.ACTIVE_DERIVATIVE),
            "uniform"),
    ST_SIGMOID_AT_HARD_SIGMOID("st-hard-sigmoid", GateSetting.HARD_SIGMOID, StraightThrough.DERIVATIVE, "uniform"),
    ST_HARD_SIGMOID(
            "st-hard-sigmoid",
            GateSetting.HARD_SIGMOID,
            new StraightThrough(StraightThrough.Backward.HARD_SIGMOID),
            "uniform"),
    ST_CLIPPED(
            "st-clipped", GateSetting.HARD_SIGMOID, new StraightThrough(StraightThrough.Backward.CLIPPED), "uniform"),
    ST_SLOPE_2("st-slope-2", GateSetting.SLOPE_2, StraightThrough.DERIVATIVE, "uniform"),
    UNBIASED("unbiased", GateSetting.SIGMOID, new Unbiased(), "uniform"),
    UNBIASED_HARD_SIGMOID("unbiased-hard-sigmoid", GateSetting.HARD_SIGMOID, new Unbiased(), "uniform"),
    CENTRED_EXACT_BASELINE("centred-exact-baseline", GateSetting.SIGMOID, new Centred(), "uniform") {
        @Override
        GateEstimation begin(ReferenceProblem problem, GateLayout layout) {
            return new Centred()
                    .withBaselines(layout, problem.exact(GateSetting.SIGMOID).baselines());
        }
    },
    LEAVE_ONE_OUT("leave-one-out", GateSetting.SIGMOID, new LeaveOneOut(2), "uniform", "second-sample"),
    ARM("arm", GateSetting.SIGMOID, new Antithetic(Antithetic.Form.ARM), "uniform"),
    DISARM("disarm", GateSetting.SIGMOID, new Antithetic(Antithetic.Form.DISARM), "uniform"),
    STS("sts", GateSetting.SIGMOID, new SmoothTimesStochastic(1), "uniform"),
    REINMAX("reinmax", GateSetting.SIGMOID, new ReinMax(), "uniform"),
    MINIMUM_VARIANCE("reinmax", GateSetting.SIGMOID, new MinimumVariance(), "uniform"),
    CONCRETE("concrete", GateSetting.SIGMOID, new BinaryConcrete(Fixed.TEMPERATURE, false), "uniform"),
    ST_CONCRETE("st-concrete", GateSetting.SIGMOID, new BinaryConcrete(Fixed.TEMPERATURE, true), "uniform"),
    GUMBEL_RAO_2(
            "gumbel-rao-2",
            GateSetting.SIGMOID,
            new GumbelRao(Fixed.TEMPERATURE, 2),
            "uniform",
            "uniform-2",
            "uniform-3"),
    GUMBEL_RAO("gumbel-rao", GateSetting.SIGMOID, new GumbelRao(Fixed.TEMPERATURE, 10)),
    MUPROP("muprop", GateSetting.SIGMOID, new MuProp(1), "uniform"),
    REBAR("rebar", GateSetting.SIGMOID, Fixed.relaxation(Relaxation.Form.REBAR), "uniform", "uniform-2"),
    RELAX("relax", GateSetting.SIGMOID, Fixed.relaxation(Relaxation.Form.RELAX), "uniform", "uniform-2") {
        @Override
        GateEstimation begin(ReferenceProblem problem, GateLayout layout) {
            return Fixed.relaxation(Relaxation.Form.RELAX).withSurrogate(layout, EstimatorReference.VALUES.surrogate());
        }
    },
    HARD_CONCRETE(
            "hard-concrete",
            GateSetting.SIGMOID,
            new HardConcrete(new Schedule.Constant(2.0 / 3), -0.1, 1.1),
            "uniform"),
    GAUSSIAN("gaussian", GateSetting.SIGMOID, new GaussianGates(0.5), "normal") {
        /** The reference speaks of means, which are half a unit above the logits. */
        @Override
        Gates gates() {
            return super.gates()
                    .withLogits(Arrays.stream(EstimatorReference.VALUES.gaussianMeans())
                            .map(mean -> mean - 0.5)
                            .toArray());
        }
    },
    NOISY_RECTIFIER("noisy-rectifier", GateSetting.SIGMOID, new NoisyRectifier(1), "uniform"),
    ADDITIVE_NOISE("additive-noise", GateSetting.SIGMOID, new NoisySigmoid(NoisySigmoid.Form.ADDITIVE, 1), "normal"),
    MULTIPLICATIVE_NOISE(
            "multiplicative-noise",
            GateSetting.SIGMOID,
            new NoisySigmoid(NoisySigmoid.Form.MULTIPLICATIVE, 0.5),
            "normal");

    /** Parameters of the reference. */
    private static final class Fixed {
        static final Schedule TEMPERATURE = new Schedule.Constant(0.5);

        private Fixed() {}

        /** Nothing is tuned. */
        static Relaxation relaxation(Relaxation.Form form) {
            return new Relaxation(form, TEMPERATURE, 1, 1, 0);
        }
    }

    private final String key;
    private final GateSetting setting;
    private final GradientEstimator estimator;
    private final String[] noise;

    ReferenceEstimator(String key, GateSetting setting, GradientEstimator estimator, String... noise) {
        this.key = key;
        this.setting = setting;
        this.estimator = estimator;
        this.noise = noise;
    }

    String key() {
        return key;
    }

    GradientEstimator estimator() {
        return estimator;
    }

    Gates gates() {
        return setting.gates();
    }

    GateEstimation begin(ReferenceProblem problem, GateLayout layout) {
        return estimator.begin(layout);
    }

    /** The reference's numbers, gate by gate. */
    FixedNoise noise() {
        double[][] series =
                Stream.of(noise).map(EstimatorReference.VALUES.noise()::get).toArray(double[][]::new);
        double[] values = new double[series.length * 6];
        Arrays.setAll(values, i -> series[i % series.length][i / series.length]);
        return new FixedNoise(values);
    }
}
