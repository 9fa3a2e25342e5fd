package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import sluice.framework.account.MultiplyAdds;

/**
 * What a training of a network that generates takes.
 *
 * @param parameters weights, biases and logits of learned priors
 * @param perSample multiply-adds of a training step for one sample of one example, those of an estimator's further draws
 *     counted as if each went through the whole network
 * @param valuesPerSample numbers that are kept for a sample: units of all layers, and their gradients
 * @param largest weights of the largest matrix
 */
public record GeneratorCost(long parameters, MultiplyAdds perSample, long valuesPerSample, long largest) {
    /**
     * {@return what it takes}
     *
     * @param trainer of the network
     */
    public static GeneratorCost of(GeneratorTrainer trainer) {
        GeneratorShape shape = trainer.shape();
        long parameters = 0;
        long weights = 0;
        long largest = 0;
        long values = (long) shape.given() + shape.generated();
        for (List<Integer> sizes : maps(shape)) {
            for (int i = 1; i < sizes.size(); i++) {
                long matrix = (long) sizes.get(i - 1) * sizes.get(i);
                largest = Math.max(largest, matrix);
                weights += matrix;
                parameters += sizes.get(i);
                values += 2L * sizes.get(i);
            }
        }
        long ofEncoder = 0;
        if (trainer.classLearning().consistency().asks()) {
            // moved examples have a row each
            values *= 2;
            List<Integer> encoder = maps(shape).get(0);
            for (int i = 1; i < encoder.size(); i++) {
                ofEncoder += (long) encoder.get(i - 1) * encoder.get(i);
            }
        }
        long passes = 1;
        for (LatentPlace place : LatentPlace.of(shape)) {
            parameters += place.prior() == LatentPlace.Prior.LEARNED ? place.units() : 0;
            passes +=
                    trainer.estimator().begin(place.layer().layout(1)).probes().size() - 1;
        }
        return new GeneratorCost(
                parameters + weights,
                new MultiplyAdds(passes * weights + FORWARD * ofEncoder, weights + ofEncoder, weights + ofEncoder),
                values,
                largest);
    }

    /** Passes through the encoder of the class that find where to move an example, and the moved ones'. */
    private static final long FORWARD = 5;

    /** Sizes of each map's layers. */
    private static ImmutableList<List<Integer>> maps(GeneratorShape shape) {
        ImmutableList.Builder<List<Integer>> maps = ImmutableList.builder();
        for (LatentPlace place : LatentPlace.of(shape)) {
            maps.add(map(place.encoderTo() - place.encoderFrom(), shape, place.units()));
            if (place.prior() == LatentPlace.Prior.CONDITIONAL) {
                maps.add(map(place.priorTo() - place.priorFrom(), shape, place.units()));
            }
        }
        return maps.add(map(LatentPlace.outputTo(shape) - LatentPlace.outputFrom(shape), shape, shape.generated()))
                .build();
    }

    private static List<Integer> map(int inputs, GeneratorShape shape, int outputs) {
        List<Integer> sizes = new ArrayList<>();
        sizes.add(inputs);
        sizes.addAll(shape.hidden());
        sizes.add(outputs);
        return sizes;
    }
}
