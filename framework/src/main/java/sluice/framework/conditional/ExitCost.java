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
        int layer = 0;
        for (int p = 0; p < shape.exits(); p++) {
            int part = p;
            long seen = IntStream.range(p, shape.exits())
                    .filter(learning -> shape.lowestFor(learning) <= part)
                    .mapToLong(learning -> examples[learning])
                    .sum();
            ImmutableList<Long> costs = shape.costs(p);
            for (int l = 0; l < costs.size() - 1; l++) {
                long learned = costs.get(l) * examples[p];
                MultiplyAdds done = new MultiplyAdds(costs.get(l) * seen, l == 0 ? 0 : learned, learned);
                all.add(new LayerAccount("layer_" + ++layer, done, done));
            }
            long head = costs.get(costs.size() - 1) * examples[p];
            heads = heads.plus(new MultiplyAdds(head, head, head));
        }
        return all.add(new LayerAccount("head", heads, heads)).build();
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
