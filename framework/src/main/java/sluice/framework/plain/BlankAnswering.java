package sluice.framework.plain;

import sluice.framework.internal.state.Snapshot;
import sluice.framework.layer.LayerShape;
import sluice.framework.network.NetworkShape;

/**
 * An {@link Answering} to be made of what its {@link Answering#state} told.
 *
 * @param word of it
 * @param shape of the network that it is for
 * @param outputs of that
 * @param tasks of the sequence
 */
record BlankAnswering(String word, NetworkShape shape, int outputs, int tasks) {
    /**
     * Throws IllegalArgumentException where nothing goes by the word.
     *
     * @param kept what was told
     */
    Answering restored(Snapshot kept) {
        if (saysItsSize()) {
            return LikeliestGenerator.restored(shape.input().features(), outputs, kept);
        }
        Answering answering = made();
        kept.restore(answering::state);
        return answering;
    }

    /** Whether how large it is hangs on what it told, too, and is checked against that. */
    private boolean saysItsSize() {
        return word.equals(LikeliestGenerator.WORD);
    }

    private Answering made() {
        return switch (word) {
            case WholeNetwork.WORD -> new WholeNetwork();
            case UnitGates.WORD -> UnitGates.blank(shape, tasks);
            case KeptParameters.WORD -> new KeptParameters(new int[Math.toIntExact(parameters())]);
            case MaskedParameters.WORD -> MaskedParameters.blank(parameters(), tasks);
            case NearestMeans.WORD -> NearestMeans.blank(shape, outputs);
            default -> throw new IllegalArgumentException("nothing answers as '%s'".formatted(word));
        };
    }

    /** Whether it may hold so many bytes, before any room is taken for it. */
    boolean takes(long bytes) {
        return saysItsSize() ? bytes >= 0 : bytes == bytes();
    }

    private long bytes() {
        return switch (word) {
            case UnitGates.WORD ->
                (long) Float.BYTES
                        * tasks
                        * shape.layers().stream().mapToLong(LayerShape::units).sum();
            case KeptParameters.WORD -> Integer.BYTES * parameters();
            case MaskedParameters.WORD -> (long) Long.BYTES * tasks * MaskedParameters.words(parameters());
            case NearestMeans.WORD -> (long) outputs * (Float.BYTES * NearestMeans.values(shape) + Integer.BYTES);
            default -> 0;
        };
    }

    /** Of the whole network. */
    long parameters() {
        return parameters(shape, outputs);
    }

    static long parameters(NetworkShape shape, int outputs) {
        return shape.costs(outputs).stream()
                .mapToLong(layer -> Math.multiplyExact(layer.units(), layer.weights() + 1))
                .reduce(0, Math::addExact);
    }
}
