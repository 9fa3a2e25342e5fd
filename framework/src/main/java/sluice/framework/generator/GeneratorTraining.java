package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import sluice.framework.internal.dense.DenseStack;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.framework.optimizer.TrainingPlan;
import sluice.gating.Progress;

/** Training of a network that generates: owns every buffer of a step. {@link #step} is the whole algorithm. */
final class GeneratorTraining implements AutoCloseable {
    private final GeneratorTrainer trainer;
    private final Lane lane = new Lane();
    private final ImageFeed feed;
    private final GeneratorParts parts;
    private final GeneratorPass pass;
    private final GeneratorBackward back;
    private final ImmutableList<LatentStep> latents;
    private final ParameterUpdate update;
    private final TrainingPlan plan;
    private final SampleWeights weights;
    private final QuadraticVariate variate;
    private final PartsLearning learning;
    /** Null where nothing is learned of images of no known class but by the bound. */
    private final ConsistencyStep consistency;

    private long steps;

    /** A training of all parts. */
    GeneratorTraining(GeneratorTrainer trainer, Images images, ImmutableList<Integer> labelled, RandomStreams streams) {
        this(trainer, images, labelled, streams, new AllParts());
    }

    /**
     * @param labelled positions of examples whose class is known
     * @param learning what learns in a step
     */
    GeneratorTraining(
            GeneratorTrainer trainer,
            Images images,
            ImmutableList<Integer> labelled,
            RandomStreams streams,
            PartsLearning learning) {
        this.trainer = trainer;
        this.update = trainer.training().optimizer().begin();
        this.feed = new ImageFeed(
                trainer.shape(), trainer.training().batchSize(), trainer.samples(), images, labelled, streams);
        int examples = feed.batchSize() * trainer.samples();
        ClassConsistency asked = trainer.classLearning().consistency();
        int rows = asked.asks() ? 2 * examples : examples;
        GeneratorShape shape = trainer.shape();
        this.parts = new GeneratorParts(shape, rows, update.moments(), streams);
        this.pass = new GeneratorPass(
                shape,
                parts,
                rows,
                trainer.samples() > 1,
                trainer.classLearning().labelWeight(),
                lane);
        this.back = new GeneratorBackward(pass, rows);
        this.weights = new SampleWeights(examples, trainer.samples());
        this.latents = IntStream.range(0, pass.latents())
                .mapToObj(i -> new LatentStep(i, pass, back, trainer.estimator(), examples, streams))
                .collect(ImmutableList.toImmutableList());
        this.variate = trainer.variate() ? new QuadraticVariate(shape, parts, rows) : null;
        this.consistency =
                asked.asks() ? new ConsistencyStep(asked, pass, examples, images.shape(), feed.mean(), streams) : null;
        this.plan = TrainingPlan.of(trainer.training().length(), feed.perEpoch());
        feed.startOutput(parts.output().last().biases());
        this.learning = learning;
        learning.begin(parts);
    }

    /** All steps; one whose bound is not finite is left out. */
    void run() {
        for (int epoch = 0; epoch < plan.epochs(); epoch++) {
            beginEpoch();
            Progress[] progress = plan.progress(epoch);
            for (int step = 0; step < progress.length; step++) {
                step(step, progress[step]);
            }
        }
    }

    /** Tells all that it goes on from, between two steps, where all parts learn. */
    void state(State state) {
        parts.state(state.part("parts"));
        feed.state(state.part("feed"));
        for (LatentStep latent : latents) {
            latent.state(state.part("latents-" + (latent.index() + 1)));
        }
        if (consistency != null) {
            consistency.state(state.part("consistency"));
        }
        steps = state.count("steps", steps);
    }

    TrainingPlan plan() {
        return plan;
    }

    void beginEpoch() {
        feed.shuffle();
    }

    /**
     * One training step.
     *
     * @param index of the epoch, from 0
     * @return the mean negative bound of the batch, in nats
     */
    double step(int index, Progress progress) {
        int examples = feed.feed(index, pass);
        double loss = gradient(examples, progress);
        if (Double.isFinite(loss)) {
            steps++;
            double factor = trainer.training().learningRateFactor().at(progress);
            update.beginStep(steps, factor);
            learning.move(lane, update, steps);
        }
        return loss;
    }

    /** Forms the gradient of the mean negative bound of the examples that the pass was given; returns that bound. */
    double gradient(int examples, Progress progress) {
        int rows = examples * trainer.samples();
        learning.draw(progress);
        float slope = (float) trainer.slope().at(progress);
        // of all layers, before probes of one draw those after it
        for (LatentStep latent : latents) {
            pass.slope(latent.index(), slope);
        }
        if (consistency != null) {
            consistency.prepare(
                    lane, trainer.classLearning().consistency().weight().at(progress), rows);
        }
        for (LatentStep latent : latents) {
            latent.draw(lane, slope, progress, rows);
            if (variate != null) {
                variate.prepare(lane, pass, rows);
            }
            answerOthers(latent, rows);
            latent.choose(lane, rows);
            pass.setKnown(rows);
        }
        pass.terms(lane, 0, rows);
        double loss = weights.weigh(pass, rows);
        if (Double.isFinite(loss)) {
            backward(rows);
            learning.answer(loss + pass.labelLoss(lane, rows));
        }
        return loss;
    }

    /** Runs the probes of a layer from which weights do not learn: its later layers are drawn for them. */
    private void answerOthers(LatentStep latent, int rows) {
        for (int probe : latent.others()) {
            latent.set(lane, probe, rows);
            for (int later = latent.index() + 1; later < latents.size(); later++) {
                latents.get(later).follow(lane, latent.isBinary(probe), rows);
            }
            pass.terms(lane, latent.index(), rows);
            latent.answerLosses(probe, rows, variate);
            if (latent.needsUpstream(probe)) {
                double[] even = weights.even(rows);
                back.clearGradients(rows);
                back.outputBackward(lane, even, rows, DenseStack.Back.INPUTS);
                for (int k = Math.max(0, latent.index() - 1); k < latents.size(); k++) {
                    back.valueTermsBackward(lane, k, even, rows, DenseStack.Back.INPUTS);
                }
                for (int later = latents.size() - 1; later > latent.index(); later--) {
                    latents.get(later).backwardThroughMeans(lane, even, rows);
                }
                latent.answerUpstream(probe, rows);
            }
        }
    }

    private void backward(int rows) {
        double[] factors = weights.factors();
        back.clearGradients(rows);
        for (int i = 0; i < latents.size(); i++) {
            parts.learned(i).clearGradient();
        }
        back.outputBackward(lane, factors, rows, DenseStack.Back.BOTH);
        for (int k = 0; k < latents.size(); k++) {
            back.valueTermsBackward(lane, k, factors, rows, DenseStack.Back.BOTH);
        }
        for (int k = latents.size() - 1; k >= 0; k--) {
            LatentStep latent = latents.get(k);
            latent.answerChosen(weights, rows, variate);
            latent.backward(lane, factors, rows, variate, k == 0 ? consistency : null);
        }
    }

    GeneratorParts parts() {
        return parts;
    }

    GeneratorPass pass() {
        return pass;
    }

    ImageFeed feed() {
        return feed;
    }

    long steps() {
        return steps;
    }

    @Override
    public void close() {
        parts.close();
        pass.close();
        back.close();
        if (consistency != null) {
            consistency.close();
        }
        if (variate != null) {
            variate.close();
        }
    }
}
