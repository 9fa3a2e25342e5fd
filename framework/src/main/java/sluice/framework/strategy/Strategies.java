package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.util.Map;
import java.util.function.Function;
import sluice.framework.gates.GateSettings;
import sluice.framework.generator.ReplayForm;
import sluice.tasks.Scenario;

/** The one table in which scripts look strategies up by name. In Java, pass the value itself. */
public final class Strategies {
    /** Strategies by name, in the order in which they are listed. Those of the families of gates and discriminants have sections of their own in scripts, and no parameters. */
    public static final ImmutableMap<String, Entry> BY_NAME = Maps.uniqueIndex(
            ImmutableList.<Entry>builder()
                    .add(
                            entry(
                                    Family.GATES,
                                    "a subnetwork per task, frozen when it is learned; without the task as random-feature-lda (default)",
                                    "Sluice",
                                    conditions -> Map.of(),
                                    Values::gates),
                            entry(
                                    Family.DISCRIMINANT,
                                    "random features that gates choose from, and a streaming linear discriminant of them",
                                    "after Hayes & Kanan 2020; McDonnell et al. 2023; Prabhu et al. 2024",
                                    conditions -> Map.of(),
                                    values -> values.gates().discriminant()),
                            reference(Curriculum.TASK_BY_TASK, "nothing is done against forgetting"),
                            reference(Curriculum.JOINT, "all tasks at once: the upper bound"),
                            reference(Curriculum.CUMULATIVE, "all tasks so far, again and again"),
                            entry(
                                    Family.REFERENCE,
                                    "later tasks train the output layer alone",
                                    "-",
                                    conditions -> Map.of(),
                                    values -> new FrozenFeatures()),
                            entry(
                                    Family.PENALTY,
                                    "moving what the Fisher information says matters has a penalty, task by task",
                                    "Kirkpatrick et al. 2017",
                                    conditions -> parameters(Ewc.defaults(Ewc.Form.PER_TASK, conditions.scenario())),
                                    values -> new Ewc(
                                            Ewc.Form.PER_TASK,
                                            values.number("lambda"),
                                            1,
                                            values.count("fisher_labels"))),
                            entry(
                                    Family.PENALTY,
                                    "the same with one running penalty",
                                    "Schwarz et al. 2018",
                                    conditions -> parameters(Ewc.defaults(Ewc.Form.ONLINE, conditions.scenario())),
                                    values -> new Ewc(
                                            Ewc.Form.ONLINE,
                                            values.number("lambda"),
                                            values.number("gamma"),
                                            values.count("fisher_labels"))),
                            entry(
                                    Family.PENALTY,
                                    "importance is each parameter's part in the fall of the loss",
                                    "Zenke et al. 2017",
                                    conditions -> ImmutableMap.of(
                                            "c",
                                            SynapticIntelligence.defaultStrength(conditions.scenario()),
                                            "xi",
                                            0.1),
                                    values -> new SynapticIntelligence(values.number("c"), values.number("xi"))),
                            entry(
                                    Family.PENALTY,
                                    "importance is how much the answer depends on a parameter",
                                    "Aljundi et al. 2018",
                                    conditions -> Map.of("lambda", Mas.defaultLambda(conditions.scenario())),
                                    values -> new Mas(values.number("lambda"))),
                            entry(
                                    Family.DISTILLATION,
                                    "new examples are to be answered as before, too",
                                    "Li & Hoiem 2017",
                                    conditions -> Map.of("temperature", Lwf.DEFAULT_TEMPERATURE),
                                    values -> new Lwf(values.number("temperature"))),
                            entry(
                                    Family.REPLAY,
                                    "stored examples, a uniform sample of all, are learned along",
                                    "Vitter 1985; Rolnick et al. 2019",
                                    conditions -> Map.of("memory", (double) ExperienceReplay.DEFAULT_MEMORY),
                                    values -> new ExperienceReplay(
                                            values.count("memory"), ExperienceReplay.Kind.RESERVOIR)),
                            entry(
                                    Family.REPLAY,
                                    "the same, equally many of each class",
                                    "Chrysakis & Moens 2020",
                                    conditions -> Map.of("memory", (double) ExperienceReplay.DEFAULT_MEMORY),
                                    values -> new ExperienceReplay(
                                            values.count("memory"), ExperienceReplay.Kind.BALANCED)),
                            entry(
                                    Family.REPLAY,
                                    "stored examples with the logits of their time",
                                    "Buzzega et al. 2020",
                                    conditions -> ImmutableMap.of(
                                            "memory",
                                            (double) ExperienceReplay.DEFAULT_MEMORY,
                                            "alpha",
                                            DarkExperienceReplay.DEFAULT_ALPHA,
                                            "beta",
                                            DarkExperienceReplay.DEFAULT_BETA),
                                    values -> new DarkExperienceReplay(
                                            values.count("memory"), values.number("alpha"), values.number("beta"))),
                            entry(
                                    Family.REPLAY,
                                    "steps that would raise the loss of stored examples are projected",
                                    "Chaudhry et al. 2019",
                                    conditions -> Map.of("memory", (double) ExperienceReplay.DEFAULT_MEMORY),
                                    values -> new AGem(values.count("memory"))),
                            entry(
                                    Family.REPLAY,
                                    "the nearest mean of stored exemplars is the answer",
                                    "Rebuffi et al. 2017",
                                    conditions -> ImmutableMap.of(
                                            "memory",
                                            (double) NearestMean.DEFAULT_MEMORY,
                                            "temperature",
                                            NearestMean.DEFAULT_TEMPERATURE),
                                    values -> new NearestMean(values.count("memory"), values.number("temperature"))),
                            entry(
                                    Family.GENERATION,
                                    "no stored examples: a generator of each task draws labelled ones",
                                    "Shin et al. 2017",
                                    conditions -> generators(400, "temperature", GenerativeReplay.DEFAULT_TEMPERATURE),
                                    values -> new GenerativeReplay(values.generators(), values.number("temperature"))),
                            entry(
                                    Family.GENERATION,
                                    "the same by one generator, whose units are gated and frozen task by task",
                                    "Sluice",
                                    conditions -> generators(600, "sparsity", 10),
                                    values -> new GatedReplay(values.generators(), values.number("sparsity"))),
                            entry(
                                    Family.GENERATION,
                                    "a generator per class; the class whose generator finds an example likeliest",
                                    "van de Ven et al. 2021",
                                    conditions -> generators(200, "samples", 50),
                                    values -> new GenerativeClassifier(values.generators(), values.count("samples"))))
                    .addAll(MaskStrategies.entries())
                    .build(),
            Entry::name);

    private Strategies() {}

    private static Entry reference(Curriculum curriculum, String description) {
        return entry(Family.REFERENCE, description, "-", conditions -> Map.of(), values -> new FineTuning(curriculum));
    }

    private static ImmutableMap<String, Double> parameters(Ewc ewc) {
        ImmutableMap.Builder<String, Double> parameters = ImmutableMap.builder();
        parameters.put("lambda", ewc.lambda());
        if (ewc.form() == Ewc.Form.ONLINE) {
            parameters.put("gamma", ewc.gamma());
        }
        return parameters.put("fisher_labels", (double) ewc.fisherLabels()).buildOrThrow();
    }

    /** Parameters of generators. */
    private static ImmutableMap<String, Double> generators(double hidden) {
        return ImmutableMap.of(
                "hidden", hidden, "variables", 20.0, "choices", 10.0, "iterations", 4000.0, "learning_rate", 0.003);
    }

    /** Parameters of generators, and one more. */
    private static ImmutableMap<String, Double> generators(double hidden, String name, double value) {
        return ImmutableMap.<String, Double>builder()
                .putAll(generators(hidden))
                .put(name, value)
                .buildOrThrow();
    }

    static Entry entry(
            Family family,
            String description,
            String source,
            Function<Conditions, Map<String, Double>> defaults,
            Function<Values, Strategy> maker) {
        return new Entry(family, description, source, defaults, maker);
    }

    /** What strategies have in common. */
    public enum Family {
        /** Subnetworks of stochastic gates. */
        GATES("gates"),
        /** Sums over features, of which a discriminant follows. */
        DISCRIMINANT("discriminant"),
        /** What others are measured against. */
        REFERENCE("reference"),
        /** Important parameters are held. */
        PENALTY("penalty"),
        /** Earlier answers are held. */
        DISTILLATION("distillation"),
        /** Earlier examples are stored. */
        REPLAY("replay"),
        /** Generators of earlier examples are kept. */
        GENERATION("generation"),
        /** Later tasks keep out of directions that earlier ones need. */
        PROJECTION("projection"),
        /** Every task has weights or units of its own. */
        MASKS("masks");

        private final String words;

        Family(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * What defaults may depend on.
     *
     * @param scenario of the sequence
     * @param tasks of the sequence, at least 1
     */
    public record Conditions(Scenario scenario, int tasks) {}

    /** Values for all parameters of a strategy. */
    public static final class Values {
        private final ImmutableMap<String, Double> byName;
        private final Gates gates;

        private Values(Map<String, Double> byName, Gates gates) {
            this.byName = ImmutableMap.copyOf(byName);
            this.gates = gates;
        }

        /** What is said of gates, their network and inference beside the strategy's own parameters. */
        Gates gates() {
            return gates;
        }

        double number(String name) {
            return byName.get(name);
        }

        ReplayForm generators() {
            double rate = number("learning_rate");
            return new ReplayForm(count("hidden"), count("variables"), count("choices"), count("iterations"), rate);
        }

        boolean flag(String name) {
            double number = number(name);
            checkArgument(number == 0 || number == 1, "%s must be 0 or 1, got %s", name, number);
            return number == 1;
        }

        int count(String name) {
            double number = number(name);
            checkArgument(
                    number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE,
                    "%s must be a whole number, got %s",
                    name,
                    number);
            return (int) number;
        }
    }

    /**
     * One line of the table.
     *
     * @param family what it has in common with others
     * @param description one line for lists
     * @param source where it was published
     * @param defaults the parameters that it takes, with their defaults
     * @param maker the strategy from values for all of them
     */
    public record Entry(
            Family family,
            String description,
            String source,
            Function<Conditions, Map<String, Double>> defaults,
            Function<Values, Strategy> maker) {
        /** Defaults of a sequence that is not known. */
        private static final Conditions ANY = new Conditions(Scenario.TASK, 2);

        /** {@return the name that scripts and reports use} */
        public String name() {
            return with(Map.of(), ANY).name();
        }

        /** {@return the scenarios that it can serve} */
        public ImmutableSet<Scenario> scenarios() {
            return with(Map.of(), ANY).scenarios();
        }

        /**
         * {@return the strategy}
         *
         * @param parameters some of the parameters, by name; the others have their defaults
         * @param conditions what defaults depend on
         * @throws IllegalArgumentException if it has no such parameter, or a value is out of its range
         */
        public Strategy with(Map<String, Double> parameters, Conditions conditions) {
            return with(parameters, conditions, new Gates(GateSettings.DEFAULT));
        }

        /**
         * {@return the strategy}
         *
         * @param parameters some of the parameters, by name; the others have their defaults
         * @param conditions what defaults depend on
         * @param gates what the families of gates and discriminants are told beside parameters
         * @throws IllegalArgumentException if it has no such parameter, or a value is out of its range
         */
        public Strategy with(Map<String, Double> parameters, Conditions conditions, Gates gates) {
            Map<String, Double> known = defaults.apply(conditions);
            for (String name : parameters.keySet()) {
                checkArgument(
                        known.containsKey(name),
                        "it takes no parameter '%s'; %s",
                        name,
                        known.isEmpty() ? "it takes none" : "it takes " + String.join(", ", known.keySet()));
            }
            return maker.apply(new Values(
                    ImmutableMap.<String, Double>builder()
                            .putAll(known)
                            .putAll(parameters)
                            .buildKeepingLast(),
                    gates));
        }
    }
}
