package sluice.framework.plain;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Arrays;
import sluice.framework.generator.ExampleLikelihood;
import sluice.framework.generator.ReplayForm;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.internal.state.State;

/**
 * An example has the class whose generator finds it likeliest; the network itself is not asked.
 *
 * @param form of the generators
 * @param samples of the bound by which an example is judged, in [1, {@value #MOST_SAMPLES}]
 * @param ofOutputs per output the generator of its class, where it has one
 */
public record LikeliestGenerator(ReplayForm form, int samples, ImmutableSortedMap<Integer, ExampleLikelihood> ofOutputs)
        implements Answering {
    /** The most samples of a bound. */
    public static final int MOST_SAMPLES = 10_000;

    static final String WORD = "likeliest-generator";

    private static final ReplayForm ANY = new ReplayForm(1, 1, 2, 1, 1);

    /** Numbers that are told beside the generators. */
    private static final int NUMBERS = 7;

    /** Checks the range. */
    public LikeliestGenerator {
        checkArgument(
                samples >= 1 && samples <= MOST_SAMPLES, "samples must be in [1, %s], got %s", MOST_SAMPLES, samples);
    }

    /**
     * What was told. How large it is hangs on its form, which is told first: no room is taken for more than there is.
     *
     * @param kept all of it
     */
    static LikeliestGenerator restored(int features, int outputs, Snapshot kept) {
        State state = kept.state();
        ReplayForm form = ANY.told(state.part("form"));
        int samples = state.count("samples", 0);
        int classes = state.count("classes", 0);
        checkArgument(classes >= 1 && classes <= outputs, "%s of %s classes have generators", classes, outputs);
        long own = Math.multiplyExact(ExampleLikelihood.bytes(form, features) + Integer.BYTES, (long) classes);
        checkArgument(kept.size() == Math.addExact(own, NUMBERS * Long.BYTES), "its arrays are not its generators'");
        int[] places = new int[classes];
        state.ints("outputs", places);
        ImmutableSortedMap.Builder<Integer, ExampleLikelihood> ofOutputs = ImmutableSortedMap.naturalOrder();
        for (int output : places) {
            checkArgument(output >= 0 && output < outputs, "there is no output %s", output);
            ofOutputs.put(output, ExampleLikelihood.restored(form, features, state.part(generator(output))));
        }
        return new LikeliestGenerator(form, samples, ofOutputs.buildOrThrow());
    }

    private static String generator(int output) {
        return "generator-" + (output + 1);
    }

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public float[] scores(PlainNetwork network, Batch batch, int task) {
        int outputs = network.outputs();
        float[] scores = new float[batch.size() * outputs];
        Arrays.fill(scores, Float.NEGATIVE_INFINITY);
        ofOutputs.forEach((output, generator) -> {
            double[] bounds = generator.of(batch.inputs(), batch.size(), samples);
            for (int row = 0; row < bounds.length; row++) {
                scores[row * outputs + output] = (float) bounds[row];
            }
        });
        return scores;
    }

    @Override
    public void state(State state) {
        form.told(state.part("form"));
        state.count("samples", samples);
        state.count("classes", ofOutputs.size());
        state.ints("outputs", ofOutputs.keySet().stream().mapToInt(o -> o).toArray());
        ofOutputs.forEach((output, generator) -> generator.state(state.part(generator(output))));
    }
}
