package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.framework.internal.dense.DenseStack;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.ParameterUpdate;

/**
 * The maps of a network that generates: per layer of latents the encoder and what the prior is made of, and the map to the
 * generated features.
 */
final class GeneratorParts implements AutoCloseable {
    private final ImmutableList<LatentPlace> places;
    private final List<DenseStack> encoders = new ArrayList<>();
    private final List<DenseStack> priors = new ArrayList<>();
    private final List<LearnedPrior> learned = new ArrayList<>();
    private final DenseStack output;

    /**
     * Untrained maps.
     *
     * @param rows most samples at a time
     * @param running moments per parameter of whoever trains them; -1 where nobody does
     */
    GeneratorParts(GeneratorShape shape, int rows, int running, RandomStreams streams) {
        places = LatentPlace.of(shape);
        for (int i = 0; i < places.size(); i++) {
            LatentPlace place = places.get(i);
            encoders.add(stack(
                    shape,
                    place.encoderTo() - place.encoderFrom(),
                    place.units(),
                    rows,
                    running,
                    streams.stream("initial-encoder", i)));
            boolean conditional = place.prior() == LatentPlace.Prior.CONDITIONAL;
            priors.add(
                    conditional
                            ? stack(
                                    shape,
                                    place.priorTo() - place.priorFrom(),
                                    place.units(),
                                    rows,
                                    running,
                                    streams.stream("initial-prior", i))
                            : null);
            learned.add(new LearnedPrior(place.prior() == LatentPlace.Prior.LEARNED ? place.units() : 0, running));
        }
        int inputs = LatentPlace.outputTo(shape) - LatentPlace.outputFrom(shape);
        output = stack(shape, inputs, shape.generated(), rows, running, streams.stream("initial-output"));
    }

    private static DenseStack stack(
            GeneratorShape shape, int inputs, int outputs, int rows, int running, RandomGenerator random) {
        List<Integer> sizes = new ArrayList<>();
        sizes.add(inputs);
        sizes.addAll(shape.hidden());
        sizes.add(outputs);
        return new DenseStack(sizes, rows, running, random);
    }

    ImmutableList<LatentPlace> places() {
        return places;
    }

    DenseStack encoder(int latent) {
        return encoders.get(latent);
    }

    /** The map of a conditional prior. */
    DenseStack prior(int latent) {
        return priors.get(latent);
    }

    LearnedPrior learned(int latent) {
        return learned.get(latent);
    }

    DenseStack output() {
        return output;
    }

    /** All maps, in a fixed order. */
    ImmutableList<DenseStack> stacks() {
        ImmutableList.Builder<DenseStack> all = ImmutableList.builder();
        for (int i = 0; i < places.size(); i++) {
            all.add(encoders.get(i));
            if (priors.get(i) != null) {
                all.add(priors.get(i));
            }
        }
        return all.add(output).build();
    }

    void move(Lane lane, ParameterUpdate update) {
        stacks().forEach(stack -> stack.move(lane, update));
        moveLearnedPriors(update);
    }

    /** What maps are called, in the order of {@link #stacks}. */
    ImmutableList<String> names() {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        for (int i = 0; i < places.size(); i++) {
            names.add("encoder-" + i);
            if (priors.get(i) != null) {
                names.add("prior-" + i);
            }
        }
        return names.add("output").build();
    }

    /** Moves what is no map. */
    void moveLearnedPriors(ParameterUpdate update) {
        learned.forEach(prior -> prior.move(update));
    }

    /** The logits of learned priors, latent by latent; none where a latent has no such prior. */
    ImmutableList<float[]> learnedPriors() {
        return learned.stream().map(prior -> prior.logits().clone()).collect(ImmutableList.toImmutableList());
    }

    /** Multiply-adds of one sample from what is given to what is generated, priors included. */
    long multiplyAdds() {
        return stacks().stream().mapToLong(DenseStack::multiplyAdds).sum();
    }

    /** Tells all maps and learned priors, and their moments. */
    void state(State state) {
        ImmutableList<String> names = names();
        for (int i = 0; i < names.size(); i++) {
            stacks().get(i).state(state.part(names.get(i)));
        }
        for (int i = 0; i < learned.size(); i++) {
            learned.get(i).state(state.part("learned-prior-" + i));
        }
    }

    /** All parameters in a fixed order: each map's weights and biases, then the learned priors. */
    ImmutableList<float[]> parameters() {
        ImmutableList.Builder<float[]> all = ImmutableList.builder();
        stacks().forEach(stack -> all.addAll(stack.parameters()));
        return all.addAll(learnedPriors()).build();
    }

    /** Gradients as they were formed last, in the order of {@link #parameters}. */
    ImmutableList<float[]> gradient() {
        ImmutableList.Builder<float[]> all = ImmutableList.builder();
        stacks().forEach(stack -> all.addAll(stack.gradient()));
        learned.forEach(prior -> all.add(prior.gradient().clone()));
        return all.build();
    }

    /** Sets all parameters, in the order of {@link #parameters}. */
    void set(ImmutableList<float[]> parameters) {
        int at = 0;
        for (DenseStack stack : stacks()) {
            int maps = stack.parameters().size();
            stack.set(parameters.subList(at, at + maps));
            at += maps;
        }
        for (LearnedPrior prior : learned) {
            float[] values = parameters.get(at++);
            System.arraycopy(values, 0, prior.logits(), 0, values.length);
        }
    }

    @Override
    public void close() {
        stacks().forEach(DenseStack::close);
    }
}
