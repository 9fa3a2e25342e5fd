package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;

/**
 * What training a network with exits takes: parts below the one that learns are computed where it sees them, and learn no more.
 *
 * @param shape of the network
 */
public record ExitCost(ExitShape shape) {
    /** An example once to find its adversary, and then both. */
    private static final int WITH_ADVERSARY = 3;

    /** {@return weights and biases of all maps} */
    public long parameters() {
        return IntStream.range(0, shape.exits())
                .mapToObj(shape::sizes)
                .flatMap(ImmutableList::stream)
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * {@return multiply-adds layer by layer, the lowest first, all heads together last}
     *
     * @param examples that each part learned from, the lowest first
     */
    public ImmutableList<LayerAccount> account(long[] examples) {
        ImmutableList.Builder<LayerAccount> all = ImmutableList.builder();
        MultiplyAdds heads = MultiplyAdds.NONE;
        MultiplyAdds ungatedHeads = MultiplyAdds.NONE;
        int layer = 0;
        for (int p = 0; p < shape.exits(); p++) {
            int part = p;
            boolean adversarial = shape.parts().get(p).layers().get(0).view().adversarial() > 0;
            long passes = examples[p] * (adversarial ? WITH_ADVERSARY : 1);
            long seen = IntStream.range(p + 1, shape.exits())
                    .filter(learning -> shape.lowestFor(learning) <= part)
                    .mapToLong(learning -> examples[learning])
                    .sum();
            ImmutableList<Long> done = shape.costs(p);
            ImmutableList<Long> ungated = shape.ungatedCosts(p);
            for (int l = 0; l < done.size() - 1; l++) {
                Counts counts = new Counts(seen + passes, passes, l > 0 ? passes : adversarial ? examples[p] : 0);
                long pooling = l == 0 ? shape.pooling(p) : 0;
                all.add(new LayerAccount(
                        "layer_" + ++layer, counts.of(done.get(l), pooling), counts.of(ungated.get(l), pooling)));
            }
            Counts ofHead = new Counts(passes, passes, passes);
            heads = heads.plus(ofHead.of(done.get(done.size() - 1), 0));
            ungatedHeads = ungatedHeads.plus(ofHead.of(ungated.get(ungated.size() - 1), 0));
        }
        return all.add(new LayerAccount("head", heads, ungatedHeads)).build();
    }

    /** Examples that go forward through a layer, that its gradient is formed of, and that it passes gradients below for. */
    private record Counts(long forward, long learned, long passedDown) {
        MultiplyAdds of(long cost, long pooling) {
            return new MultiplyAdds((cost + pooling) * forward, cost * passedDown, cost * learned);
        }
    }

    /**
     * {@return the same of all layers}
     *
     * @param examples that each part learns from, the lowest first
     */
    public MultiplyAdds total(long[] examples) {
        return account(examples).stream().map(LayerAccount::done).reduce(MultiplyAdds.NONE, MultiplyAdds::plus);
    }
}
