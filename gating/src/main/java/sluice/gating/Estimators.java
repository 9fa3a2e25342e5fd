package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The one table in which scripts look estimators up by name. In Java, pass the value itself. */
public final class Estimators {
    private static final Map<String, Schedule> TEMPERATURE = Map.of("temperature", new Schedule.Constant(0.5));

    /** Estimators by name, in the order in which they are listed. */
    public static final ImmutableMap<String, Entry> BY_NAME =
            Maps.uniqueIndex(entries(), entry -> entry.estimator().name());

    private Estimators() {}

    private static List<Entry> entries() {
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
                        Family.STRAIGHT_THROUGH,
                        "trapezoid rule between the two ends of a gate",
                        "second order",
                        "Liu et al. 2023",
                        Map.of(),
                        values -> new ReinMax()),
                entry(
                        Family.SCORE,
                        "score times loss (REINFORCE): high variance",
                        Entry.NONE,
                        "Bengio et al. 2013",
                        Map.of(),
                        values -> new Unbiased()),
                entry(
                        Family.SCORE,
                        "score times loss less a running baseline per unit of least variance",
                        Entry.NONE,
                        "Bengio et al. 2013",
                        constants("decay", 0.9, "samples", 1),
                        values -> new Centred(values.number("decay"), values.count("samples"))),
                entry(
                        Family.SCORE,
                        "score times loss less the mean loss of the other samples",
                        Entry.NONE,
                        "Kool et al. 2019",
                        constants("samples", 2),
                        values -> new LeaveOneOut(values.count("samples"))),
                entry(
                        Family.SCORE,
                        "two antithetic samples, times the uniform number behind them",
                        Entry.NONE,
                        "Yin & Zhou 2019",
                        Map.of(),
                        values -> new Antithetic(Antithetic.Form.ARM)),
                entry(
                        Family.SCORE,
                        "two antithetic samples, the uniform number integrated out (U2G)",
                        Entry.NONE,
                        "Dong et al. 2020; Yin et al. 2020",
                        Map.of(),
                        values -> new Antithetic(Antithetic.Form.DISARM)),
                entry(
                        Family.CONTROL_VARIATE,
                        "score times loss less the relaxed loss, its weight eta tuned",
                        Entry.NONE,
                        "Tucker et al. 2017",
                        with(TEMPERATURE, "eta", 1, "decay", 0.99),
                        values -> new Relaxation(
                                Relaxation.Form.REBAR,
                                values.schedule("temperature"),
                                values.number("eta"),
                                values.number("decay"),
                                0)),
                entry(
                        Family.CONTROL_VARIATE,
                        "the same with a learned surrogate beside the relaxed loss",
                        Entry.NONE,
                        "Grathwohl et al. 2018",
                        with(TEMPERATURE, "eta", 1, "decay", 0.99, "rate", 0.01),
                        values -> new Relaxation(
                                Relaxation.Form.RELAX,
                                values.schedule("temperature"),
                                values.number("eta"),
                                values.number("decay"),
                                values.number("rate"))),
                entry(
                        Family.RELAXED,
                        "soft gate sigm((a + logistic noise) / temperature)",
                        "falls with temperature",
                        "Maddison et al. 2017; Jang et al. 2017",
                        TEMPERATURE,
                        values -> new BinaryConcrete(values.schedule("temperature"), false)),
                entry(
                        Family.STRAIGHT_THROUGH,
                        "binary gate, derivative of the concrete one",
                        "falls with temperature",
                        "Jang et al. 2017",
                        TEMPERATURE,
                        values -> new BinaryConcrete(values.schedule("temperature"), true)),
                entry(
                        Family.STRAIGHT_THROUGH,
                        "the same, averaged over noise that agrees with the gate",
                        "falls with temperature",
                        "Paulus et al. 2021",
                        with(TEMPERATURE, "samples", 10),
                        values -> new GumbelRao(values.schedule("temperature"), values.count("samples"))),
                entry(
                        Family.RELAXED,
                        "soft choice of a group, softmax((a + Gumbel noise) / temperature): needs groups",
                        "falls with temperature",
                        "Jang et al. 2017; Maddison et al. 2017",
                        TEMPERATURE,
                        values -> new GumbelSoftmax(values.schedule("temperature"), false)),
                entry(
                        Family.STRAIGHT_THROUGH,
                        "one open group, derivative of the soft choice: needs groups",
                        "falls with temperature",
                        "Jang et al. 2017",
                        TEMPERATURE,
                        values -> new GumbelSoftmax(values.schedule("temperature"), true)),
                entry(
                        Family.RELAXED,
                        "concrete gate stretched and clipped: exactly 0 or 1 at times; L0 penalty",
                        "falls with temperature",
                        "Louizos et al. 2018",
                        constants("temperature", 2 / 3.0, "low", -0.1, "high", 1.1),
                        values -> new HardConcrete(
                                values.schedule("temperature"), values.number("low"), values.number("high"))),
                entry(
                        Family.RELAXED,
                        "clip(a + 1/2 + sigma z, 0, 1): exactly 0 or 1 at times; its own penalty",
                        "own objective",
                        "Yamada et al. 2020",
                        constants("sigma", 0.5),
                        values -> new GaussianGates(values.number("sigma"))),
                entry(
                        Family.RELAXED,
                        "stochastic times smooth: sqrt(p) with probability sqrt(p), else 0",
                        "half of the gradient",
                        "Bengio et al. 2013",
                        constants("scale", 1),
                        values -> new SmoothTimesStochastic(values.number("scale"))),
                entry(
                        Family.RELAXED,
                        "max(0, a + scale z), z logistic",
                        "own objective",
                        "Bengio et al. 2013",
                        constants("scale", 1),
                        values -> new NoisyRectifier(values.number("scale"))),
                entry(
                        Family.RELAXED,
                        "sigm(a + sigma z); sigma 0 with slope schedule hat is HAT",
                        "own objective",
                        "Bengio et al. 2013; Serrà et al. 2018",
                        constants("sigma", 1),
                        values -> new NoisySigmoid(NoisySigmoid.Form.ADDITIVE, values.number("sigma"))),
                entry(
                        Family.RELAXED,
                        "sigm(a) (1 + sigma z)",
                        "own objective",
                        "Bengio et al. 2013",
                        constants("sigma", 0.5),
                        values -> new NoisySigmoid(NoisySigmoid.Form.MULTIPLICATIVE, values.number("sigma"))));
    }

    private static Entry straightThrough(
            StraightThrough.Backward backward, String description, String bias, String source) {
        return entry(
                Family.STRAIGHT_THROUGH, description, bias, source, Map.of(), values -> new StraightThrough(backward));
    }

    private static Entry entry(
            Family family,
            String description,
            String bias,
            String source,
            Map<String, Schedule> defaults,
            Function<Values, GradientEstimator> maker) {
        return new Entry(family, description, bias, source, ImmutableMap.copyOf(defaults), maker);
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

    /** What estimators have in common. */
    public enum Family {
        /** A binary gate, and a derivative that stands in for its sampling. */
        STRAIGHT_THROUGH("straight-through"),
        /** The score of the sample times losses. */
        SCORE("score function"),
        /** The score times losses, less a control variate of known mean. */
        CONTROL_VARIATE("control variate"),
        /** A gate that is not binary, through which ordinary backpropagation goes. */
        RELAXED("relaxed");

        private final String words;

        Family(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Values for all parameters of an estimator. */
    public static final class Values {
        private final ImmutableMap<String, Schedule> byName;

        private Values(Map<String, Schedule> byName) {
            this.byName = ImmutableMap.copyOf(byName);
        }

        Schedule schedule(String name) {
            return byName.get(name);
        }

        double number(String name) {
            checkArgument(
                    byName.get(name) instanceof Schedule.Constant, "%s must be a number: it has no schedule", name);
            return ((Schedule.Constant) byName.get(name)).value();
        }

        int count(String name) {
            double number = number(name);
            checkArgument(number == Math.rint(number), "%s must be a whole number, got %s", name, number);
            return (int) number;
        }
    }

    /**
     * One line of the table.
     *
     * @param family what it has in common with others
     * @param description one line for lists
     * @param bias {@link #NONE}, or how large it is
     * @param source where it was published
     * @param defaults the parameters that it takes, with their defaults
     * @param maker the estimator from values for all of them
     */
    public record Entry(
            Family family,
            String description,
            String bias,
            String source,
            ImmutableMap<String, Schedule> defaults,
            Function<Values, GradientEstimator> maker) {
        /** The bias of an unbiased estimator. */
        public static final String NONE = "none";

        /**
         * @return whether it claims to be unbiased
         */
        public boolean unbiased() {
            return bias.equals(NONE);
        }

        /**
         * @return whether it serves only gates that choose one of several groups
         */
        public boolean needsGroups() {
            return estimator() instanceof GumbelSoftmax;
        }

        /**
         * @return forward passes of a step, with the defaults
         */
        public int forwardPasses() {
            return probes().size();
        }

        /**
         * @return backward passes of a step, with the defaults: one per probe that weights or gates learn from
         */
        public int backwardPasses() {
            return (int) probes().stream()
                    .filter(probe -> probe.teaches() || probe.needsUpstream())
                    .count();
        }

        /** Those for the smallest layer of the first kind of neuron that it serves. */
        private List<Probe> probes() {
            int units = needsGroups() ? 2 : 1;
            IllegalArgumentException refusal = null;
            for (GateActivation activation : GateActivation.values()) {
                BinaryNeuron neuron = new BinaryNeuron(activation, BinaryNeuron.Sampling.STOCHASTIC);
                GateLayout layout =
                        new GateLayout(neuron, Granularity.MINI_BATCH, units, 1, units, GateLayout.Logits.SHARED);
                try {
                    return estimator().begin(layout).probes();
                } catch (IllegalArgumentException unfit) {
                    refusal = unfit;
                }
            }
            throw refusal;
        }

        /**
         * @return the estimator with its defaults
         */
        public GradientEstimator estimator() {
            return maker.apply(new Values(defaults));
        }

        /**
         * @param parameters some of the parameters, by name; the others keep their defaults
         * @return the estimator
         * @throws IllegalArgumentException if it has no such parameter, or a value is out of its range
         */
        public GradientEstimator with(Map<String, Schedule> parameters) {
            for (String name : parameters.keySet()) {
                checkArgument(
                        defaults.containsKey(name),
                        "it takes no parameter '%s'; %s",
                        name,
                        defaults.isEmpty() ? "it takes none" : "it takes " + String.join(", ", defaults.keySet()));
            }
            ImmutableMap<String, Schedule> all = ImmutableMap.<String, Schedule>builder()
                    .putAll(defaults)
                    .putAll(parameters)
                    .buildKeepingLast();
            return maker.apply(new Values(all));
        }
    }
}
