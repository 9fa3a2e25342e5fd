package sluice.framework.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.framework.generator.ExampleGenerator;
import sluice.framework.plain.Batch;

/** Learns each task along with as many generated examples of earlier ones; the network of the run sees no stored example. */
final class GeneratedReplayLearner implements TaskLearner {
    private final TaskGenerators generators;
    private final PlainTraining training;
    private final RandomGenerator choices;
    private final List<Past> past = new ArrayList<>();

    GeneratedReplayLearner(PlainTraining training, TaskGenerators generators) {
        this.generators = generators;
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
        training.forward(batch);
        double loss = training.loss(batch, 0, present, share);
        if (batch.size() > present) {
            training.loss(batch, present, batch.size(), 1 - share);
        }
        training.backward();
        training.move();
        return loss / share;
    }

    private static void addGenerated(Batch batch, Past earlier) {
        int label = earlier.generator.next();
        earlier.generator.read(batch.inputs(), batch.add(earlier.task, earlier.outputs[label]));
    }

    @Override
    public void end(LearnedTask task) {
        if (task.index() == training.tasks() - 1) {
            return;
        }
        TaskExamples examples = TaskExamples.of(task, training.network().features());
        long seed = training.random("generator-" + task.index()).nextLong();
        past.add(new Past(task.index(), generators.learn(task.index(), examples.labelled(), seed), examples.targets()));
    }

    @Override
    public float[] scores(Batch batch, int task) {
        return training.forward(batch);
    }

    @Override
    public long memoryBytes() {
        return generators.memoryBytes();
    }

    /** The generator of a task, and which outputs its labels are. */
    private record Past(int task, ExampleGenerator generator, int[] outputs) {}
}
