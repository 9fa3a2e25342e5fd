package sluice.framework.plain;

import com.google.common.collect.ImmutableList;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.network.NetworkShape;

/** The multiply-adds of a network's passes, by layer and product: those that are done, inputs and units that are dead left out. */
final class PassAccount {
    private final ImmutableList<NetworkShape.Cost> layers;
    private final long[] forward;
    private final long[] inputGradient;
    private final long[] weightGradient;

    PassAccount(ImmutableList<NetworkShape.Cost> layers) {
        this.layers = layers;
        this.forward = new long[layers.size()];
        this.inputGradient = new long[layers.size()];
        this.weightGradient = new long[layers.size()];
    }

    /** Counts a product, and says how much it is. */
    long forward(int layer, int batch, int inputs) {
        return add(forward, layer, batch, inputs, layers.get(layer).units());
    }

    /** The same of the gradient at a layer's inputs. */
    long inputGradient(int layer, int batch, int inputs, int units) {
        return add(inputGradient, layer, batch, inputs, units);
    }

    /** The same of the gradient of its weights. */
    long weightGradient(int layer, int batch, int inputs, int units) {
        return add(weightGradient, layer, batch, inputs, units);
    }

    private long add(long[] sums, int layer, int batch, int inputs, int units) {
        long product = (long) batch * inputs * units * layers.get(layer).positions();
        sums[layer] += product;
        return product;
    }

    /** Everything since this was last asked, against one pass forward and backward over so many examples. */
    ImmutableList<LayerAccount> take(long examples) {
        ImmutableList.Builder<LayerAccount> accounts = ImmutableList.builder();
        for (int l = 0; l < layers.size(); l++) {
            NetworkShape.Cost cost = layers.get(l);
            long dense = examples * cost.weights() * cost.units() * cost.positions();
            accounts.add(new LayerAccount(
                    l == layers.size() - 1 ? "head" : "layer_" + (l + 1),
                    new MultiplyAdds(forward[l], inputGradient[l], weightGradient[l]),
                    new MultiplyAdds(dense, l == 0 ? 0 : dense, dense)));
            forward[l] = 0;
            inputGradient[l] = 0;
            weightGradient[l] = 0;
        }
        return accounts.build();
    }
}
