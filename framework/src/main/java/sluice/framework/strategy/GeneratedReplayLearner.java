package sluice.framework.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sluice.framework.generator.ExampleGenerator;
import sluice.framework.internal.state.State;
import sluice.framework.loss.Distillation;
import sluice.framework.plain.Batch;
import sluice.framework.plain.PlainNetwork;
import sluice.tasks.OutputRange;
import sluice.tasks.Scenario;

/** Learns each task along with as many generated examples of earlier ones; the network of the run sees no stored example. */
final class GeneratedReplayLearner implements WholeNetworkLearner {
    private final TaskGenerators generators;
    private final PlainTraining training;
    private final RandomGenerator choices;
    private final List<Past> past = new ArrayList<>();
    private final double temperature;
    /** The network as it was before the present task; none where generated examples have the labels asked for. */
    private final Optional<PlainNetwork> teacher;

    /**
     * @param temperature of what the network said of generated examples before the present task, which it is held to; 0 holds it
     *     to the labels that were asked for
     */
    GeneratedReplayLearner(PlainTraining training, TaskGenerators generators, double temperature) {
        this.generators = generators;
        this.temperature = temperature;
        this.teacher = temperature > 0 ? Optional.of(training.secondNetwork()) : Optional.empty();
        this.training = training;
        this.choices = training.random("generative-replay");
    }

    @Override
    public double step(Batch batch) {
        int present = batch.size();
        for (int i = 0; i < present && !past.isEmpty(); i++) {
            addGenerated(batch, past.get(choices.nextInt(past.size())));
        }
        double share = 1.0 / (training.task() + 1);
        boolean replays = batch.size() > present;
        float[] taught = replays && teacher.isPresent() ? teacher.get().forward(batch) : new float[0];
        float[] logits = training.forward(batch);
        double loss = training.loss(batch, 0, present, share);
        if (taught.length > 0) {
            distil(batch, present, logits, taught, 1 - share);
        } else if (replays) {
            training.loss(batch, present, batch.size(), 1 - share);
        }
        training.backward();
        training.move();
        return loss / share;
    }

    /** Holds generated examples to what was said of them before the task, each by the outputs that compete for it. */
    private void distil(Batch batch, int from, float[] logits, float[] taught, double weight) {
        int outputs = training.outputs().count();
        for (int row = from; row < batch.size(); row++) {
            OutputRange competing = training.competing(batch.task(row));
            int known = training.scenario() == Scenario.TASK
                    ? competing.to()
                    : training.outputs().learning(training.task() - 1).to();
            new Distillation(temperature, competing.from(), known, competing.to())
                    .ofRow(logits, taught, row * outputs, weight / (batch.size() - from), training.logitGradient());
        }
    }

    private static void addGenerated(Batch batch, Past earlier) {
        int label = earlier.generator.next();
        earlier.generator.read(batch.inputs(), batch.add(earlier.task, earlier.outputs[label]));
    }

    @Override
    public void end(LearnedTask task) {
        if (task.index() == training.tasks() - 1 && !training.goesOn()) {
            return;
        }
        float[] parameters = training.network().parameters();
        teacher.ifPresent(network -> network.write(kept -> System.arraycopy(parameters, 0, kept, 0, kept.length)));
        TaskExamples examples = TaskExamples.of(task, training.network().features());
        past.add(new Past(
                task.index(),
                generators.learn(task.index(), examples.labelled(), seed(task.index())),
                examples.targets()));
    }

    private long seed(int task) {
        return training.random("generator-" + task).nextLong();
    }

    @Override
    public boolean keepsState() {
        return true;
    }

    @Override
    public void state(State state) {
        state.random("choices", choices);
        generators.state(state.part("shared"));
        int count = state.count("past", past.size());
        for (int i = 0; i < count; i++) {
            State own = state.part("past-" + (i + 1));
            if (state.restores()) {
                past.add(restored(own));
            } else {
                own.count("task", past.get(i).task());
                own.count("labels", past.get(i).outputs().length);
                own.ints("outputs", past.get(i).outputs());
                generators.keep(past.get(i).generator(), own.part("generator"));
            }
        }
    }

    private Past restored(State kept) {
        int task = kept.count("task", 0);
        int[] outputs = new int[kept.count("labels", 0)];
        kept.ints("outputs", outputs);
        return new Past(task, generators.restored(task, outputs.length, seed(task), kept.part("generator")), outputs);
    }

    @Override
    public PlainTraining training() {
        return training;
    }

    @Override
    public long memoryBytes() {
        return generators.memoryBytes()
                + teacher.map(network -> (long) Float.BYTES * network.parameters().length)
                        .orElse(0L);
    }

    /** The generator of a task, and which outputs its labels are. */
    private record Past(int task, ExampleGenerator generator, int[] outputs) {}
}
