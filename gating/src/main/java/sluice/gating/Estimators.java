package sluice.gating;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The one table in which scripts look estimators up by name. In Java, pass the value itself. */
public final class Estimators {
    private static final Map<String, Schedule> TEMPERATURE = Map.of("temperature", new Schedule.Constant(0.5));

    /** Estimators by name, in the order in which they are listed. */
    public static final ImmutableMap<String, EstimatorEntry> BY_NAME =
            Maps.uniqueIndex(entries(), entry -> entry.estimator().name());

    private Estimators() {}

    private static List<EstimatorEntry> entries() {
        return List.of(
                straightThrough(
                        StraightThrough.Backward.OPEN_ONLY,
                        "at open gates only, by inverse probability: closed units are not computed (default)",
                        "first order",
                        "after Bengio et al. 2013"),
                straightThrough(
                        StraightThrough.Backward.DERIVATIVE,
                        "times the activation's derivative",
                        "first order",
                        "Bengio et al. 2013"),
                straightThrough(
                        StraightThrough.Backward.IDENTITY,
                        "gradient passed on unchanged: too large by 4 or more",
                        "large",
                        "Bengio et al. 2013"),
                straightThrough(
                        StraightThrough.Backward.ACTIVE_IDENTITY,
                        "unchanged at open gates, 0 at closed ones: for replication",
                        "large",
                        "Pitis 2016 (code)"),
                straightThrough(
                        StraightThrough.Backward.ACTIVE_DERIVATIVE,
                        "times the derivative at open gates, 0 at closed ones: for replication",
                        "large",
                        "Pitis 2016 (code)"),
                straightThrough(
                        StraightThrough.Backward.HARD_SIGMOID,
                        "times 1/2 in the window of the hard-sigmoid neuron, which it needs",
                        "first order",
                        "Bengio et al. 2013"),
                straightThrough(
                        StraightThrough.Backward.CLIPPED,
                        "unchanged in the window of the hard-sigmoid neuron, which it needs",
                        "large",
                        "Hubara et al. 2016"),
                entry(
                        EstimatorFamily.STRAIGHT_THROUGH,
                        "trapezoid rule between the two ends of a gate",
                        "second order",
                        "Liu et al. 2023",
                        Map.of(),
                        values -> new ReinMax()),
                entry(
                        EstimatorFamily.STRAIGHT_THROUGH,
                        "of second order with the least weights; other than reinmax for groups of 3 or more",
                        "second order",
                        "Hooper & Shekhovtsov 2026",
                        Map.of(),
                        values -> new MinimumVariance()),
                entry(
                        EstimatorFamily.SCORE,
                        "score times loss (REINFORCE): high variance",
                        EstimatorEntry.NONE,
                        "Bengio et al. 2013",
                        Map.of(),
                        values -> new Unbiased()),
                entry(
                        EstimatorFamily.SCORE,
                        "score times loss less a running baseline per unit of least variance",
                        EstimatorEntry.NONE,
                        "Bengio et al. 2013",
                        constants("decay", 0.9, "samples", 1),
                        values -> new Centred(values.number("decay"), values.count("samples"))),
                entry(
                        EstimatorFamily.SCORE,
                        "score times loss less the mean loss of the other samples",
                        EstimatorEntry.NONE,
                        "Kool et al. 2019",
                        constants("samples", 2),
                        values -> new LeaveOneOut(values.count("samples"))),
                entry(
                        EstimatorFamily.SCORE,
                        "two antithetic samples, times the uniform number behind them",
                        EstimatorEntry.NONE,
                        "Yin & Zhou 2019",
                        Map.of(),
                        values -> new Antithetic(Antithetic.Form.ARM)),
                entry(
                        EstimatorFamily.SCORE,
                        "two antithetic samples, the uniform number integrated out (U2G)",
                        EstimatorEntry.NONE,
                        "Dong et al. 2020; Yin et al. 2020",
                        Map.of(),
                        values -> new Antithetic(Antithetic.Form.DISARM)),
                entry(
                        EstimatorFamily.CONTROL_VARIATE,
                        "score times loss less its linear expansion at the mean gates (MuProp)",
                        EstimatorEntry.NONE,
                        "Gu et al. 2016",
                        constants("decay", 0.9),
                        values -> new MuProp(values.number("decay"))),
                entry(
                        EstimatorFamily.CONTROL_VARIATE,
                        "score times loss less the relaxed loss, its weight eta tuned",
                        EstimatorEntry.NONE,
                        "Tucker et al. 2017",
                        with(TEMPERATURE, "eta", 1, "decay", 0.99),
                        values -> new Relaxation(
                                Relaxation.Form.REBAR,
                                values.schedule("temperature"),
                                values.number("eta"),
                                values.number("decay"),
                                0)),
                entry(
                        EstimatorFamily.CONTROL_VARIATE,
                        "the same with a learned surrogate beside the relaxed loss",
                        EstimatorEntry.NONE,
                        "Grathwohl et al. 2018",
                        with(TEMPERATURE, "eta", 1, "decay", 0.99, "rate", 0.01),
                        values -> new Relaxation(
                                Relaxation.Form.RELAX,
                                values.schedule("temperature"),
                                values.number("eta"),
                                values.number("decay"),
                                values.number("rate"))),
                entry(
                        EstimatorFamily.RELAXED,
                        "soft gate sigm((a + logistic noise) / temperature)",
                        "falls with temperature",
                        "Maddison et al. 2017; Jang et al. 2017",
                        TEMPERATURE,
                        values -> new BinaryConcrete(values.schedule("temperature"), false)),
                entry(
                        EstimatorFamily.STRAIGHT_THROUGH,
                        "binary gate, derivative of the concrete one",
                        "falls with temperature",
                        "Jang et al. 2017",
                        TEMPERATURE,
                        values -> new BinaryConcrete(values.schedule("temperature"), true)),
                entry(
                        EstimatorFamily.STRAIGHT_THROUGH,
                        "the same, averaged over noise that agrees with the gate",
                        "falls with temperature",
                        "Paulus et al. 2021",
                        with(TEMPERATURE, "samples", 10),
                        values -> new GumbelRao(values.schedule("temperature"), values.count("samples"))),
                entry(
                        EstimatorFamily.RELAXED,
                        "soft choice of a group, softmax((a + Gumbel noise) / temperature): needs groups",
                        "falls with temperature",
                        "Jang et al. 2017; Maddison et al. 2017",
                        TEMPERATURE,
                        values -> new GumbelSoftmax(values.schedule("temperature"), false)),
                entry(
                        EstimatorFamily.STRAIGHT_THROUGH,
                        "one open group, derivative of the soft choice: needs groups",
                        "falls with temperature",
                        "Jang et al. 2017",
                        TEMPERATURE,
                        values -> new GumbelSoftmax(values.schedule("temperature"), true)),
                entry(
                        EstimatorFamily.RELAXED,
                        "concrete gate stretched and clipped: exactly 0 or 1 at times; L0 penalty",
                        "falls with temperature",
                        "Louizos et al. 2018",
                        constants("temperature", 2 / 3.0, "low", -0.1, "high", 1.1),
                        values -> new HardConcrete(
                                values.schedule("temperature"), values.number("low"), values.number("high"))),
                entry(
                        EstimatorFamily.RELAXED,
                        "clip(a + 1/2 + sigma z, 0, 1): exactly 0 or 1 at times; its own penalty",
                        "own objective",
                        "Yamada et al. 2020",
                        constants("sigma", 0.5),
                        values -> new GaussianGates(values.number("sigma"))),
                entry(
                        EstimatorFamily.RELAXED,
                        "stochastic times smooth: sqrt(p) with probability sqrt(p), else 0",
                        "half of the gradient",
                        "Bengio et al. 2013",
                        constants("scale", 1),
                        values -> new SmoothTimesStochastic(values.number("scale"))),
                entry(
                        EstimatorFamily.RELAXED,
                        "max(0, a + scale z), z logistic",
                        "own objective",
                        "Bengio et al. 2013",
                        constants("scale", 1),
                        values -> new NoisyRectifier(values.number("scale"))),
                entry(
                        EstimatorFamily.RELAXED,
                        "sigm(a + sigma z); sigma 0 with slope schedule hat is HAT",
                        "own objective",
                        "Bengio et al. 2013; Serrà et al. 2018",
                        constants("sigma", 1),
                        values -> new NoisySigmoid(NoisySigmoid.Form.ADDITIVE, values.number("sigma"))),
                entry(
                        EstimatorFamily.RELAXED,
                        "sigm(a) (1 + sigma z)",
                        "own objective",
                        "Bengio et al. 2013",
                        constants("sigma", 0.5),
                        values -> new NoisySigmoid(NoisySigmoid.Form.MULTIPLICATIVE, values.number("sigma"))));
    }

    private static EstimatorEntry straightThrough(
            StraightThrough.Backward backward, String description, String bias, String source) {
        return entry(
                EstimatorFamily.STRAIGHT_THROUGH,
                description,
                bias,
                source,
                Map.of(),
                values -> new StraightThrough(backward));
    }

    private static EstimatorEntry entry(
            EstimatorFamily family,
            String description,
            String bias,
            String source,
            Map<String, Schedule> defaults,
            Function<EstimatorEntry.Values, GradientEstimator> maker) {
        return new EstimatorEntry(family, description, bias, source, ImmutableMap.copyOf(defaults), maker);
    }

    private static Map<String, Schedule> constants(Object... namesAndNumbers) {
        return with(Map.of(), namesAndNumbers);
    }

    private static Map<String, Schedule> with(Map<String, Schedule> first, Object... namesAndNumbers) {
        ImmutableMap.Builder<String, Schedule> all =
                ImmutableMap.<String, Schedule>builder().putAll(first);
        for (int i = 0; i < namesAndNumbers.length; i += 2) {
            double number = ((Number) namesAndNumbers[i + 1]).doubleValue();
            all.put((String) namesAndNumbers[i], new Schedule.Constant(number));
        }
        return all.buildOrThrow();
    }
}
