package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.Reuse;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.TrainingPlan;
import sluice.gating.BinaryNeuron;
import sluice.gating.Granularity;
import sluice.gating.OpenBudget;
import sluice.gating.Probe;
import sluice.gating.Schedule;
import sluice.gating.SparsityRegulariser;
import sluice.gating.StraightThrough;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * One network that learns to generate task after task, and forgets none: its hidden units are gated per task. When a task ends,
 * its subnetwork is consolidated, and what that uses is frozen: the weights between used inputs and used units, and the used
 * units' biases. Later tasks reuse frozen units as they are, and train free ones. The logits of latents, the map to the
 * generated features and the priors are each task's own. So the samples and likelihoods of a learned task are the same bits
 * ever after. Not thread-safe; the models that it gives are immutable.
 */
public final class GatedGenerator {
    /**
     * Gates that begin nearly all open and move slowly, so that weights learn first what a unit is good for: the terms of a
     * bound are worse with an untrained unit than without it, and what is closed early is never asked again. Sparsity is 10, in
     * nats.
     */
    public static final GateSettings GATES = new GateSettings(
            StraightThrough.OPEN_ONLY,
            BinaryNeuron.STOCHASTIC_SIGMOID,
            Granularity.MINI_BATCH,
            1,
            1,
            new Schedule.Constant(1),
            new SparsityRegulariser(10),
            4,
            0.1,
            6,
            0.05,
            OpenBudget.NONE,
            Reuse.ALLOWED,
            Optional.empty());

    private final GeneratorTrainer trainer;
    private final GateSettings gates;
    private final RandomStreams streams;
    private final ImmutableList<SharedStack> stacks;
    private final Map<String, TaskPart> tasks = new LinkedHashMap<>();

    /** What a task has for itself beside its heads and its subnetworks. */
    private record TaskPart(ImmutableList<float[]> priors, float[] mean, double slope) {
        void state(State state) {
            for (int i = 0; i < priors.size(); i++) {
                state.floats("prior-" + (i + 1), priors.get(i));
            }
            state.floats("mean", mean);
        }

        long numbers() {
            return mean.length
                    + priors.stream().mapToLong(prior -> prior.length).sum();
        }
    }

    /**
     * How full a hidden layer is.
     *
     * @param map which map of the network it lies in: {@code encoder-0}, {@code prior-0} and so on from the side of the image,
     *     the class first where it is a latent, or {@code output}
     * @param layer within the map, from 0
     * @param used units that a learned task uses
     * @param units in all
     */
    public record Occupancy(String map, int layer, int used, int units) {}

    /**
     * An untrained network.
     *
     * @param trainer how each task is trained; its shape has the hidden units of all tasks together, at least one layer of
     *     them, and as many classes as the task with the most
     * @param gates how units are chosen: a sample per mini-batch, a gate per unit, an estimator that asks for one draw and for
     *     nothing at closed gates, such as {@code st-open} or {@code centred}
     * @param seed of everything random
     * @throws IllegalArgumentException if the gates cannot serve; the message says what would
     */
    public GatedGenerator(GeneratorTrainer trainer, GateSettings gates, long seed) {
        checkArgument(!trainer.shape().isLinear(), "a generator without hidden units has nothing to gate");
        checkArgument(
                gates.granularity() == Granularity.MINI_BATCH,
                "the gates of a generator are drawn once per mini-batch, got granularity %s",
                gates.granularity());
        checkArgument(gates.groups() == 1, "the gates of a generator are one per unit, got %s groups", gates.groups());
        List<Probe> probes = gates.estimator().begin(gates.layout(1, 1)).probes();
        checkArgument(
                probes.size() == 1
                        && probes.get(0).values() == Probe.Values.BINARY
                        && !probes.get(0).needsClosedUpstream(),
                "estimator %s does not serve the gates of a generator: use one that draws binary gates once and looks at open"
                        + " ones alone, such as st-open, centred or unbiased",
                gates.estimator().name());
        this.trainer = trainer;
        this.gates = gates;
        this.streams = new RandomStreams(seed);
        try (GeneratorParts untrained = new GeneratorParts(trainer.shape(), 1, -1, streams)) {
            this.stacks = Streams.zip(untrained.names().stream(), untrained.stacks().stream(), SharedStack::new)
                    .collect(ImmutableList.toImmutableList());
        }
    }

    /**
     * {@return an untrained generator of labelled examples to be replayed}
     *
     * @param form of the network and of its training; its hidden units are those of all tasks together
     * @param features of an example
     * @param classes of the task with the most, at least 1
     * @param gates how units are chosen
     * @param seed of everything random
     */
    public static GatedGenerator of(ReplayForm form, int features, int classes, GateSettings gates, long seed) {
        return new GatedGenerator(form.trainer(features, classes, Integer.MAX_VALUE), gates, seed);
    }

    /**
     * Learns a task, and freezes what it uses.
     *
     * @param task a name that no learned task has
     * @param examples with features in [0, 1], labelled from 0 on
     * @return {@link #model} of the task
     * @throws IllegalArgumentException if the task is learned already, or the examples do not fit the network
     */
    public GenerativeModel learn(String task, Examples examples) {
        GeneratorShape shape = trainer.shape();
        checkArgument(!tasks.containsKey(task), "task %s is learned already", task);
        checkArgument(
                examples.features() == TrainedGenerator.features(shape),
                "examples have %s features, the network has %s",
                examples.features(),
                TrainedGenerator.features(shape));
        int most = IntStream.of(examples.distinctLabels()).max().orElse(0);
        checkArgument(
                trainer.labels() == 0 || most < shape.classes(),
                "an example has the label %s, the network has %s classes",
                most,
                shape.classes());
        RandomStreams ofTask =
                new RandomStreams(streams.stream("task", tasks.size()).nextLong());
        Images images = new Images(examples, Normalisation.NONE, trainer.binarisation(), ofTask.seed(), "train");
        images.check();
        train(task, images, ofTask);
        return model(task);
    }

    private void train(String task, Images images, RandomStreams ofTask) {
        ImmutableList<Integer> labelled = trainer.labels() == 0
                ? ImmutableList.of()
                : KnownLabels.choose(
                        images, trainer.labels(), trainer.shape().classes(), ofTask.stream("known-labels"));
        GatedLearning learning = new GatedLearning(
                stacks, gates, trainer.training().optimizer().begin().moments(), ofTask);
        try (GeneratorTraining training = new GeneratorTraining(trainer, images, labelled, ofTask, learning)) {
            training.run();
            learning.consolidate(task);
            TrainingPlan plan = training.plan();
            tasks.put(
                    task,
                    new TaskPart(
                            training.parts().learnedPriors(),
                            training.feed().mean().clone(),
                            trainer.slope().at(plan.last(plan.epochs() - 1))));
        }
    }

    /** {@return the learned tasks, in order} */
    public ImmutableList<String> tasks() {
        return ImmutableList.copyOf(tasks.keySet());
    }

    /**
     * A task's part as a network of its own, which holds the units that it has open and no other. It is put together from the
     * shared network anew by each call, and is always the same. The maps of a network have equally many hidden units: where a
     * map has fewer open than the widest, zeros stand for the rest.
     *
     * @param task a learned task
     * @return the network
     * @throws IllegalArgumentException if there is no such task
     */
    public GenerativeModel model(String task) {
        TaskPart part = tasks.get(task);
        checkArgument(part != null, "no task %s is learned: there are %s", task, tasks.keySet());
        GeneratorShape shape = trainer.shape();
        List<Integer> widths = new ArrayList<>();
        for (int layer = 0; layer < shape.hidden().size(); layer++) {
            widths.add(widest(task, layer));
        }
        ImmutableList.Builder<float[]> parameters = ImmutableList.builder();
        stacks.forEach(stack -> parameters.addAll(stack.compiled(task, widths)));
        part.priors().forEach(prior -> parameters.add(prior.clone()));
        GeneratorShape compiled = new GeneratorShape(
                shape.kind(),
                shape.given(),
                shape.generated(),
                shape.latents(),
                ImmutableList.copyOf(widths),
                shape.classes());
        return new GenerativeModel(compiled, parameters.build(), part.mean().clone(), part.slope());
    }

    private int widest(String task, int layer) {
        return stacks.stream()
                .mapToInt(stack -> Math.max(1, stack.openUnits(task, layer)))
                .max()
                .orElseThrow();
    }

    /**
     * Tells all that is learned, between two tasks.
     *
     * @param state keeps it, or gives what was kept, to a network that has learned nothing
     */
    public void state(State state) {
        List<String> names = new ArrayList<>(tasks.keySet());
        int count = state.count("tasks", names.size());
        for (int t = 0; t < count; t++) {
            State own = state.part("task-" + (t + 1));
            if (state.restores()) {
                names.add(own.text("name", ""));
                TaskPart part = new TaskPart(
                        LatentPlace.of(trainer.shape()).stream()
                                .map(place -> new float[place.prior() == LatentPlace.Prior.LEARNED ? place.units() : 0])
                                .collect(ImmutableList.toImmutableList()),
                        new float[TrainedGenerator.features(trainer.shape())],
                        own.number("slope", 1));
                tasks.put(names.get(t), part);
            } else {
                own.text("name", names.get(t));
                own.number("slope", tasks.get(names.get(t)).slope());
            }
            tasks.get(names.get(t)).state(own);
        }
        stacks.forEach(stack -> stack.state(state.part(stack.name()), names));
    }

    /** {@return how full each hidden layer is, map by map} */
    public ImmutableList<Occupancy> occupancy() {
        ImmutableList.Builder<Occupancy> all = ImmutableList.builder();
        for (SharedStack stack : stacks) {
            for (int layer = 0; layer < stack.hidden().size(); layer++) {
                all.add(new Occupancy(
                        stack.name(),
                        layer,
                        stack.consolidated().used(layer).size(),
                        stack.hidden().get(layer).units()));
            }
        }
        return all.build();
    }

    /** {@return bytes that the network takes: what tasks share once, and what each has for itself} */
    public long memoryBytes() {
        long own = tasks.values().stream().mapToLong(TaskPart::numbers).sum();
        return Float.BYTES * own + stacks.stream().mapToLong(SharedStack::bytes).sum();
    }

    /** What tasks share, map by map. */
    ImmutableList<SharedStack> stacks() {
        return stacks;
    }
}
