package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.primitives.Ints;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import sluice.framework.generator.ExampleGenerator;
import sluice.framework.generator.ReplayForm;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Answering;
import sluice.framework.plain.Batch;
import sluice.framework.plain.LikeliestGenerator;
import sluice.tasks.Examples;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * A generator per class, and the class whose generator finds an example likeliest (van de Ven, Li and Tolias 2021). Each is
 * trained on examples of its class alone, while they are there, and never again, so that there is nothing to forget. The
 * network of the run is not trained; a step is one of the generators', which take turns.
 *
 * @param form of the generators; their steps are those of the run, shared among the classes of a task
 * @param samples of the bound by which an example is judged, in [1, {@value LikeliestGenerator#MOST_SAMPLES}]
 */
public record GenerativeClassifier(ReplayForm form, int samples) implements PlainStrategy {
    /** Checks the range. */
    public GenerativeClassifier {
        checkArgument(
                samples >= 1 && samples <= LikeliestGenerator.MOST_SAMPLES,
                "samples must be in [1, %s], got %s",
                LikeliestGenerator.MOST_SAMPLES,
                samples);
    }

    @Override
    public String name() {
        return "generative-classifier";
    }

    @Override
    public ImmutableSet<Scenario> scenarios() {
        return ImmutableSet.of(Scenario.CLASS);
    }

    @Override
    public StrategyTraits traits() {
        return PlainStrategy.super
                .traits()
                .without(StrategyTraits.Setting.VALIDATION)
                .without(StrategyTraits.Setting.CLASS_WEIGHTS)
                .without(StrategyTraits.Setting.REGRESSION);
    }

    @Override
    public void check(TaskSequence sequence) {
        TaskExamples.checkUnitInterval(name(), sequence);
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, TaskSequence sequence) {
        return OptionalLong.of(sequence.tasks().stream()
                .mapToLong(task -> task.train().distinctLabels().length * form.bytes(sequence.features(), 1))
                .sum());
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(this, training);
    }

    private static final class Learner implements TaskLearner {
        private final GenerativeClassifier strategy;
        private final PlainTraining training;
        private final Map<Integer, ExampleGenerator> ofOutputs = new TreeMap<>();
        private float[] scores = {};

        Learner(GenerativeClassifier strategy, PlainTraining training) {
            this.strategy = strategy;
            this.training = training;
        }

        @Override
        public double step(Batch batch) {
            return 0;
        }

        @Override
        public void end(LearnedTask task) {
            TaskExamples examples = TaskExamples.of(task, training.network().features());
            for (int output : examples.targets()) {
                Examples ofClass = examples.of(output);
                ofOutputs.put(output, ExampleGenerator.train(strategy.form, ofClass, seed(output)));
            }
        }

        private long seed(int output) {
            return training.random("generator-of-class-" + output).nextLong();
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            int[] outputs = new int[state.count("classes", ofOutputs.size())];
            if (!state.restores()) {
                System.arraycopy(Ints.toArray(ofOutputs.keySet()), 0, outputs, 0, outputs.length);
            }
            state.ints("outputs", outputs);
            for (int output : outputs) {
                State own = state.part("generator-" + output);
                if (state.restores()) {
                    int features = training.network().features();
                    ofOutputs.put(output, ExampleGenerator.restored(strategy.form, features, 1, seed(output), own));
                } else {
                    ofOutputs.get(output).state(own);
                }
            }
        }

        @Override
        public float[] scores(Batch batch, int task) {
            int outputs = training.outputs().count();
            if (scores.length < batch.size() * outputs) {
                scores = new float[batch.size() * outputs];
            }
            // whoever asks what hidden units say is told of the network as it began
            training.forward(batch);
            Arrays.fill(scores, Float.NEGATIVE_INFINITY);
            ofOutputs.forEach((output, generator) -> {
                for (int row = 0; row < batch.size(); row++) {
                    scores[row * outputs + output] =
                            (float) generator.logLikelihood(batch.inputs(), row * batch.features(), strategy.samples);
                }
            });
            return scores;
        }

        @Override
        public Optional<Answering> answering() {
            return Optional.of(new LikeliestGenerator(
                    strategy.form,
                    strategy.samples,
                    ImmutableSortedMap.copyOf(Maps.transformValues(ofOutputs, ExampleGenerator::likelihood))));
        }

        @Override
        public boolean answersPresentTask() {
            return false;
        }

        @Override
        public long memoryBytes() {
            return ofOutputs.values().stream()
                    .mapToLong(ExampleGenerator::memoryBytes)
                    .sum();
        }
    }
}
