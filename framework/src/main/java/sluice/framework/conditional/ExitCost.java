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
            ImmutableList<Long> costs = shape.costs(p);
            ImmutableList<Long> ungated = shape.ungatedCosts(p);
            ImmutableList<TrainingWork> works = TrainingWork.of(shape, p);
            for (int l = 0; l < works.size(); l++) {
                TrainingWork work = works.get(l);
                long pooling = l == 0 ? shape.pooling(p) : 0;
                // what is above does not ask the heads below
                long asked = l < works.size() - 1 ? seen : 0;
                long down = l > 0 ? passes : adversarial ? examples[p] : 0;
                MultiplyAdds done = new MultiplyAdds(
                        (work.forward() + pooling) * passes + (costs.get(l) + pooling) * asked,
                        work.backward() * down,
                        work.backward() * passes);
                long cost = ungated.get(l);
                MultiplyAdds dense = new MultiplyAdds((cost + pooling) * (passes + asked), cost * down, cost * passes);
                if (l < works.size() - 1) {
                    all.add(new LayerAccount("layer_" + ++layer, done, dense));
                } else {
                    heads = heads.plus(done);
                    ungatedHeads = ungatedHeads.plus(dense);
                }
            }
        }
        return all.add(new LayerAccount("head", heads, ungatedHeads)).build();
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
